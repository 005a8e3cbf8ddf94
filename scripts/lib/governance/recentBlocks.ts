import { blocksBetween } from "../chain/history.ts";
import type { Blocks } from "../chain/history.ts";
import { timeOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";

/** How far back schedules are looked for [s]; the delay of 48 hours and the week after it are shorter. */
const LOOK_BACK = 14n * 86_400n;

/** The blocks of the last two weeks: whatever still waits was announced in them. */
export async function recentBlocks(session: Session): Promise<Blocks> {
  const time = await timeOf(session);
  return await blocksBetween(session, time > LOOK_BACK ? time - LOOK_BACK : 0n, time + 1n);
}
