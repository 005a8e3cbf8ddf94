import { epochAt } from "./epochs.ts";
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
  const holdsNext = epoch >= settings.nextFromEpoch;
  return {
    epoch,
    unreserved,
    minimumStake,
    dailyRate: holdsNext ? settings.nextDailyRate : settings.dailyRate,
    cap: holdsNext ? settings.nextMaxFlockPerUsdc : settings.maxFlockPerUsdc,
    /** What governance has announced; null if nothing changes. */
    next: holdsNext
      ? null
      : { dailyRate: settings.nextDailyRate, cap: settings.nextMaxFlockPerUsdc, fromEpoch: settings.nextFromEpoch },
  };
}

/** A model's part of an emission [FLOCK wei], rounded down, and the issuer's tenth of that. */
export function shareOf(emission: bigint, score: bigint, totalScore: bigint) {
  const share = totalScore === 0n ? 0n : (emission * score) / totalScore;
  return { share, bonus: share / 10n };
}
