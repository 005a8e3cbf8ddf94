import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import ora from "ora";

import { FULL_CROWD } from "../../bench/crowd.ts";
import { exitCodeOf } from "../../bench/measurement.ts";
import { renderJson, renderText } from "../../bench/render.ts";
import { runBench } from "../../bench/run.ts";
import { buildContracts } from "../../lib/chain/build.ts";

/** `fomo bench`: builds, measures on an embedded chain, prints, and fails if a budget is missed. */
export default async function bench({ json }: { json: boolean }, hre: HardhatRuntimeEnvironment): Promise<void> {
  const progress = ora({ stream: process.stderr }).start("Building the contracts (half a minute the first time)");
  try {
    await buildContracts(hre);
    const measurements = await runBench(await hre.network.create(), FULL_CROWD, (what) => {
      progress.text = what;
    });
    progress.stop();
    process.stdout.write(json ? renderJson(measurements) : renderText(measurements));
    process.exitCode = exitCodeOf(measurements);
  } finally {
    progress.stop();
  }
}
