import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { withLock } from "../command/fileLock.ts";
import { toStderr, withLogsTo } from "../command/foreignLog.ts";
import type { Output } from "../command/output.ts";

/** How long a build waits for that of another command: both would write the same files [ms]. */
const PATIENCE = 10 * 60_000;

/** The file that says who builds. */
export const buildLockOf = ({ config }: HardhatRuntimeEnvironment) => join(config.paths.cache, "fomo-build.lock");

/**
 * Compiles what has changed, so that nothing runs with old bytecode. Whatever the build has to say goes to stderr: stdout
 * belongs to the command's result, which may be a JSON document. The contracts of the tests, which take minutes, are left
 * as they are: no command needs them. Artifacts whose sources are gone are removed, so that a name stands for one contract.
 */
export async function buildContracts(hre: HardhatRuntimeEnvironment): Promise<void> {
  const build = async () => {
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
    await hre.solidity.cleanupArtifacts(await hre.solidity.getRootFilePaths());
  };
  const busy = (pid: number) =>
    `The process ${pid.toString()} has been compiling for ten minutes: wait until it has finished, or stop it.`;
  await withLock(buildLockOf(hre), { patience: PATIENCE, busy }, () => withLogsTo(toStderr, build));
}

/** Compiles what has changed, and shows that it does. */
export async function buildWithProgress(hre: HardhatRuntimeEnvironment, out: Output): Promise<void> {
  await out.during("Compiling the contracts", buildContracts(hre));
}
