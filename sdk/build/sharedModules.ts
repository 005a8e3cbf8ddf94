import { dirname, join, relative, resolve } from "node:path";

import type { Rolldown } from "tsdown";

const SOURCES = join(import.meta.dirname, "..", "src");

/** What stands in dist/ethers a second time: it must use the caller's ethers. All else is imported from the other modules. */
const OWN = /^(ethers|codec)\//;

/**
 * Lets `./ethers` import the modules of `.`, so that there is one of each: an error of one is an error of the other, and no
 * ABI is packed twice.
 */
export function sharedModules(): Rolldown.Plugin {
  return {
    name: "fomo-shared-modules",
    resolveId(source, importer) {
      if (importer === undefined || !source.startsWith(".")) return null;
      const module = relative(SOURCES, resolve(dirname(importer), source));
      if (module.startsWith("..") || OWN.test(module)) return null;
      return { id: `../${module.replace(/\.ts$/, ".js")}`, external: true };
    },
  };
}
