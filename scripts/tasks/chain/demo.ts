import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import ora from "ora";

import { exitCodeOf } from "../../demo/chapter.ts";
import { renderJson, renderText } from "../../demo/render.ts";
import { openStage } from "../../demo/stage.ts";
import { playStory } from "../../demo/story.ts";
import { buildContracts } from "../../lib/chain/build.ts";

/** `fomo demo`: builds, plays the story on an embedded chain, prints it, and fails if a figure differs. */
export default async function demo({ json }: { json: boolean }, hre: HardhatRuntimeEnvironment): Promise<void> {
  const progress = ora({ stream: process.stderr }).start("Building the contracts (half a minute the first time)");
  try {
    await buildContracts(hre);
    const stage = await openStage(await hre.network.create(), (what) => {
      progress.text = what;
    });
    const chapters = await playStory(stage);
    progress.stop();
    process.stdout.write(json ? renderJson(chapters) : renderText(chapters));
    process.exitCode = exitCodeOf(chapters);
  } finally {
    progress.stop();
  }
}
