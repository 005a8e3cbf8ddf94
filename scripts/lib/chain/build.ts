import { existsSync } from "node:fs";
import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { toStderr, withLogsTo } from "../command/foreignLog.ts";
import type { Output } from "../command/output.ts";

/**
 * Compiles what has changed, so that nothing runs with old bytecode. Whatever the build has to say goes to stderr: stdout
 * belongs to the command's result, which may be a JSON document. The contracts of the tests, which take minutes, are left
 * alone on a fresh clone; once they have been built they are kept, because a build without them would remove them.
 */
export async function buildContracts(hre: HardhatRuntimeEnvironment): Promise<void> {
  const noTests = !existsSync(join(hre.config.paths.artifacts, "test"));
  await withLogsTo(toStderr, () => hre.tasks.getTask("build").run({ quiet: true, noTests }));
}

/** Compiles what has changed, and shows that it does. */
export async function buildWithProgress(hre: HardhatRuntimeEnvironment, out: Output): Promise<void> {
  await out.during("Compiling the contracts", buildContracts(hre));
}
