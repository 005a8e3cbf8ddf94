import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

/**
 * Builds the contracts before a command that runs on the embedded chain. Whatever the build has to say goes to stderr:
 * stdout belongs to the command's result, which may be a JSON document.
 */
export async function buildFirst(hre: HardhatRuntimeEnvironment): Promise<void> {
  const { log } = console;
  console.log = console.error;
  try {
    await hre.tasks.getTask("build").run({ quiet: true });
  } finally {
    console.log = log;
  }
}
