import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { toStderr, withLogsTo } from "../command/foreignLog.ts";
import type { Output } from "../command/output.ts";

/**
 * Compiles what has changed, so that nothing runs with old bytecode. Whatever the build has to say goes to stderr: stdout
 * belongs to the command's result, which may be a JSON document. The contracts of the tests, which take minutes, are left
 * as they are: no command needs them. Artifacts whose sources are gone are removed, so that a name stands for one contract.
 */
export async function buildContracts(hre: HardhatRuntimeEnvironment): Promise<void> {
<<<<<<< HEAD
  const noTests = !existsSync(join(hre.config.paths.artifacts, "test"));
  await withLogsTo(toStderr, () => hre.tasks.getTask("build").run({ quiet: true, noTests }));
=======
  const { log } = console;
  console.log = console.error;
  try {
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
    await hre.solidity.cleanupArtifacts(await hre.solidity.getRootFilePaths());
  } finally {
    console.log = log;
  }
>>>>>>> w/vocabulary
}

/** Compiles what has changed, and shows that it does. */
export async function buildWithProgress(hre: HardhatRuntimeEnvironment, out: Output): Promise<void> {
  await out.during("Compiling the contracts", buildContracts(hre));
}
