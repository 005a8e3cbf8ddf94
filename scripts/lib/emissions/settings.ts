import { show, showFlock } from "../../../sdk/src/units/show.ts";
import { epochAt } from "../../../sdk/src/emissions/epochs.ts";
import { timeOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";

/** What the emission distributor is set to and has, as of now. */
export async function emissionSettingsOf(session: Session) {
  const { emissions } = session.protocol;
  const [settings, unreserved, minimumStake, time] = await Promise.all([
    emissions.emissionSettings(),
    emissions.unreserved(),
    emissions.minimumStake(),
    timeOf(session),
  ]);
  const epoch = epochAt(time);
  const cap = await emissions.capOf(epoch, session.now);
  const holdsNext = epoch >= settings.nextFromEpoch;
  return {
    epoch,
    unreserved,
    minimumStake,
    dailyRate: holdsNext ? settings.nextDailyRate : settings.dailyRate,
    /** What one USDC of net revenue can earn in this epoch [WAD, FLOCK per USDC]. */
    cap,
    maxFlockPerUsdc: holdsNext ? settings.nextMaxFlockPerUsdc : settings.maxFlockPerUsdc,
    maxRewardBps: holdsNext ? settings.nextMaxRewardBps : settings.maxRewardBps,
    /** What governance has announced; null if nothing changes. */
    next: holdsNext
      ? null
      : {
          dailyRate: settings.nextDailyRate,
          maxFlockPerUsdc: settings.nextMaxFlockPerUsdc,
          maxRewardBps: settings.nextMaxRewardBps,
          fromEpoch: settings.nextFromEpoch,
        },
  };
}

/** The two caps of rewards, in words. */
export function describeCaps({ maxFlockPerUsdc, maxRewardBps }: { maxFlockPerUsdc: bigint; maxRewardBps: bigint }) {
  const fixed = `${showFlock(maxFlockPerUsdc)} for one USDC of net revenue`;
  return maxRewardBps === 0n ? fixed : `${fixed}, and ${show(maxRewardBps, 2)}% of its worth at the average price`;
}
