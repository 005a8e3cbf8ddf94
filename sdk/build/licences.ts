import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Rolldown } from "tsdown";

/** Where the licences of bundled packages stand in the package. */
const LICENCES_FILE = "vendor/LICENSES.txt";

/** Keeps the licence of every package of which something is bundled. */
export function licences(): Rolldown.Plugin {
  return {
    name: "fomo-licences",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((output) => (output.type === "chunk" ? output.moduleIds : []));
      const folders = new Set(modules.filter((id) => id.includes("/node_modules/")).map(packageOf));
      const source = [...folders].map(licenceOf).sort().join("\n");
      this.emitFile({ type: "asset", fileName: LICENCES_FILE, source });
    },
  };
}

/** The folder of the package that a file belongs to. Some have a package.json without a name in between. */
function packageOf(file: string): string {
  const folder = dirname(file);
  const isPackage = existsSync(join(folder, "package.json")) && manifestOf(folder).name !== undefined;
  return isPackage ? folder : packageOf(folder);
}

const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name?: string; version?: string };

function licenceOf(folder: string): string {
  const { name, version } = manifestOf(folder);
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (file === undefined) throw new Error(`${name!} has no licence to keep`);
  return `${name!} ${version!}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
}
