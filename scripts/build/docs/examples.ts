import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** In which examples each name of the package is used, by their paths in sdk/examples. */
export function examplesByName(root: string): Map<string, string[]> {
  const folder = join(root, "sdk", "examples");
  const found = new Map<string, string[]>();
  for (const file of globSync("*/*.ts", { cwd: folder }).sort()) {
    const text = readFileSync(join(folder, file), "utf8");
    const imported = [...text.matchAll(/^import \{([^}]+)\} from "fomo-sdk[\w/]*";/gm)].flatMap(([, names]) =>
      names!.split(",").map((name) => name.trim()),
    );
    for (const name of imported) found.set(name, [...(found.get(name) ?? []), file.replaceAll("\\", "/")]);
  }
  return found;
}
