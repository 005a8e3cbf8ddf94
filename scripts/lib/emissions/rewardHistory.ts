import { jsonFlock, jsonMt, jsonUsdc } from "../command/amounts.ts";
import { EPOCH_DURATION, dayOf } from "./epochs.ts";
import { blocksBetween, eventsIn } from "../chain/history.ts";
import type { Session } from "../chain/session.ts";

/** How a user's reward of one model and epoch came about. */
export interface EarnedIn {
  modelId: bigint;
  epoch: bigint;
  /** The user's eligible weight [USDC units]. */
  ownWeight: bigint;
  /** What closing the epoch came to; undefined if nobody has rolled the model since. */
  rolled: Rolled | undefined;
}

/** What closing an epoch of a model came to. */
export interface Rolled {
  /** All eligible weight [USDC units]. */
  weight: bigint;
  /** Of emissions, of the staking fund [FLOCK wei], and of the incentive reserve [MT wei]. */
  emission: bigint;
  fund: bigint;
  reserve: bigint;
  /** The model's part of the epoch's emission, and what waits for later [FLOCK wei]. */
  share: bigint;
  carriedEmission: bigint;
}

/** A user's part of a pool, as the contract rounds it. */
export function rewardOf({ weight, emission, fund, reserve }: Rolled, ownWeight: bigint) {
  if (weight === 0n) return { flock: 0n, mt: 0n };
  return { flock: ((emission + fund) * ownWeight) / weight, mt: (reserve * ownWeight) / weight };
}

/** How a user's rewards came about since a moment [s], from events, and what was paid of them. */
export async function rewardHistory(session: Session, user: string, since: bigint, until: bigint) {
  const { emissions } = session.protocol;
  // Whole epochs: a weight counts up from the first use of its day.
  const blocks = await blocksBetween(session, (since / EPOCH_DURATION) * EPOCH_DURATION, until + 1n);
  const added = await eventsIn(session, blocks, (from, to) =>
    emissions.queryFilter(emissions.filters.WeightAdded(undefined, user), from, to),
  );
  const claims = await eventsIn(session, blocks, (from, to) =>
    emissions.queryFilter(emissions.filters.RewardClaimed(undefined, user), from, to),
  );
  // The last event of a model and epoch has the sum.
  const latest = new Map(added.map((event) => [`${event.modelId.toString()}/${event.epoch.toString()}`, event]));
  const rolls = new Map<string, Rolled>();
  for (const modelId of new Set(added.map((event) => event.modelId))) {
    const found = await eventsIn(session, blocks, (from, to) =>
      emissions.queryFilter(emissions.filters.ModelRolled(modelId), from, to),
    );
    for (const event of found) rolls.set(`${modelId.toString()}/${event.epoch.toString()}`, event);
  }
  const earned = [...latest].map(([key, { modelId, epoch, weight }]): EarnedIn => ({
    modelId,
    epoch,
    ownWeight: weight,
    rolled: rolls.get(key),
  }));
  return { earned, claims: claims.map(({ modelId, flock, mt }) => ({ modelId, flock, mt })) };
}

/** How a reward came about, in a JSON document. */
export function jsonEarned({ modelId, epoch, ownWeight, rolled }: EarnedIn, usdcDecimals: number) {
  const common = {
    modelId: Number(modelId),
    epoch: Number(epoch),
    day: dayOf(epoch),
    ...jsonUsdc("ownWeight", ownWeight, usdcDecimals),
    rolled: rolled !== undefined,
  };
  if (rolled === undefined) return common;
  const { flock, mt } = rewardOf(rolled, ownWeight);
  return {
    ...common,
    ...jsonUsdc("totalWeight", rolled.weight, usdcDecimals),
    ...jsonFlock("share", rolled.share),
    ...jsonFlock("poolEmission", rolled.emission),
    ...jsonFlock("poolFund", rolled.fund),
    ...jsonMt("pool", rolled.reserve),
    ...jsonFlock("carried", rolled.carriedEmission),
    ...jsonFlock("reward", flock),
    ...jsonMt("reward", mt),
  };
}
