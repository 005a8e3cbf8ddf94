import type { Chapter, ChapterFunction } from "./chapter.ts";
import { missedMinimum } from "./chapters/missedMinimum.ts";
import { qwenAliceGraduation } from "./chapters/qwenAliceGraduation.ts";
import { qwenAliceLive } from "./chapters/qwenAliceLive.ts";
import { qwenAliceBurn } from "./chapters/qwenAliceBurn.ts";
import { qwenAliceDay } from "./chapters/qwenAliceDay.ts";
import { qwenAliceMonth } from "./chapters/qwenAliceMonth.ts";
import { qwenAliceRaise } from "./chapters/qwenAliceRaise.ts";
import { qwenAliceVesting } from "./chapters/qwenAliceVesting.ts";
import { sixMonthsOn } from "./chapters/sixMonthsOn.ts";
import { workedExample } from "./chapters/workedExample.ts";
import type { Stage } from "./stage.ts";

/** The story in the order in which it is played. Each chapter goes on from where the one before it stopped. */
export const STORY: readonly ChapterFunction[] = [
  workedExample,
  missedMinimum,
  qwenAliceRaise,
  qwenAliceGraduation,
  qwenAliceVesting,
  qwenAliceLive,
  qwenAliceMonth,
  qwenAliceDay,
  qwenAliceBurn,
  sixMonthsOn,
];

/** Plays every chapter on a stage. */
export async function playStory(stage: Stage): Promise<Chapter[]> {
  const chapters: Chapter[] = [];
  for (const play of STORY) chapters.push(await play(stage));
  return chapters;
}
