import { dirname, join, relative, resolve } from "node:path";

import type { Rolldown } from "tsdown";

const SOURCES = join(import.meta.dirname, "..", "src");

/**
 * Lets another subpath import the modules of `.`, so that there is one of each: an error of one is an error of the other,
 * and no ABI is packed twice.
 * @param own The folders whose modules stand in the subpath's own file.
 */
export function sharedModules(...own: string[]): Rolldown.Plugin {
  return {
    name: "fomo-shared-modules",
    resolveId(source, importer) {
      if (importer === undefined || !source.startsWith(".")) return null;
      const module = relative(SOURCES, resolve(dirname(importer), source));
      if (module.startsWith("..") || own.includes(module.split("/")[0]!)) return null;
      return { id: `../${module.replace(/\.ts$/, ".js")}`, external: true };
    },
  };
}
