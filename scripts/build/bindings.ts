import { rmSync } from "node:fs";
import { join } from "node:path";

import { config } from "hardhat";
import { runTypeChain } from "typechain";
import { outputTransformers } from "typechain/dist/codegen/outputTransformers/index.js";

import { BINDINGS_DIR, BOUND_ARTIFACTS } from "./boundArtifacts.ts";

/**
 * Writes typechain-types/ anew, from the artifacts of the last build. Only what is deployed and the interfaces that are
 * used get bindings. They are sorted, so that the same contracts give the same files.
 */
const files = BOUND_ARTIFACTS.map((artifact) => join(config.paths.artifacts, artifact)).sort();
rmSync(BINDINGS_DIR, { recursive: true, force: true });
// Prettier takes longer than all the rest, and nobody reads the files.
outputTransformers.splice(
  outputTransformers.findIndex(({ name }) => name === "prettierOutputTransformer"),
  1,
);
// Node wants the whole path of a module.
outputTransformers.push((output) =>
  output.replaceAll(/^(import type \* as .* from ['"]\.[^'"]*?)(['"];?)$/gm, "$1/index.js$2"),
);
await runTypeChain({
  cwd: config.paths.root,
  outDir: BINDINGS_DIR,
  target: "ethers-v6",
  filesToProcess: files,
  allFiles: files,
  flags: {
    alwaysGenerateOverloads: false,
    discriminateTypes: false,
    tsNocheck: false,
    environment: undefined,
    node16Modules: true,
  },
});
