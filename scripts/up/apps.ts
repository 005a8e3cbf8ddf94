import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { z } from "zod";

/** What an app says of itself in its package.json, under "fomo". */
const appSchema = z.object({
  fomo: z
    .strictObject({
      /** What it is, for the screen. */
      what: z.string(),
      /** Where it listens once `npm run up` of its folder has started it, and what answers there when it is ready. */
      url: z.url(),
      ready: z.string(),
      /** Whether it is installed if it is not. */
      always: z.boolean().default(false),
    })
    .optional(),
});

/** An app of the house that can be started. */
export interface App {
  name: string;
  folder: string;
  what: string;
  url: string;
  ready: string;
}

/** The apps that can be started: those that are installed, and those without which nothing could be shown. */
export async function installedApps(root: string, say: (line: string) => void): Promise<App[]> {
  const folder = join(root, "apps");
  const apps: App[] = [];
  for (const name of readdirSync(folder).sort()) {
    const file = join(folder, name, "package.json");
    if (!existsSync(file)) continue;
    const { fomo } = appSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    if (fomo === undefined) continue;
    const isInstalled = existsSync(join(folder, name, "node_modules"));
    if (!isInstalled && !fomo.always) {
      say(`apps/${name} is not installed and is left out: npm ci --prefix apps/${name} installs it.`);
      continue;
    }
    if (!isInstalled) await install(join(folder, name), `apps/${name}`, say);
    apps.push({ name, folder: join(folder, name), what: fomo.what, url: fomo.url, ready: fomo.ready });
  }
  return apps;
}

async function install(folder: string, name: string, say: (line: string) => void): Promise<void> {
  say(`Installing what ${name} needs …`);
  const child = spawn("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) throw new Error(`What ${name} needs could not be installed: try npm ci in its folder.`);
}
