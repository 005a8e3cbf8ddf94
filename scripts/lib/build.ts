import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Output } from "./output.ts";

/** Compiles what has changed, so that a deployment never uses old bytecode. */
export async function buildContracts(hre: HardhatRuntimeEnvironment, out: Output): Promise<void> {
  await out.during("Compiling the contracts", hre.tasks.getTask("build").run({ quiet: true }));
}
