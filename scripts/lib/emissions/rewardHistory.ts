import { EPOCH_DURATION, dayOf } from "../../../sdk/src/emissions/epochs.ts";
import { rewardOf } from "../../../sdk/src/emissions/pool.ts";
import type { OwnUse, Reward, RewardPool } from "../../../sdk/src/emissions/pool.ts";
import { jsonFlock, jsonMt, jsonUsdc } from "../command/amounts.ts";
import { blocksBetween, eventsIn } from "../chain/history.ts";
import type { Session } from "../chain/session.ts";

/** How a user's reward of one model and epoch came about. */
export interface EarnedIn {
  modelId: bigint;
  epoch: bigint;
  /** The user's eligible use. */
  own: OwnUse;
  /** What closing the epoch came to, and the reward; undefined if nobody has rolled the model since. */
  rolled: Rolled | undefined;
  reward: (Reward & { isCut: boolean }) | undefined;
}

/** What closing an epoch of a model came to. */
export interface Rolled {
  pool: RewardPool;
  /** Of the staking fund and of emissions [FLOCK wei]. */
  fund: bigint;
  emission: bigint;
  /** The model's part of the epoch's emission [FLOCK wei]. */
  share: bigint;
  /** What waits for later [FLOCK wei]. */
  totals: { carriedEmission: bigint };
}

/** A model in an epoch, as a key. */
const keyOf = ({ modelId, epoch }: { modelId: bigint; epoch: bigint }) => `${modelId.toString()}/${epoch.toString()}`;

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
  const latest = new Map(added.map(({ args }) => [keyOf(args), args]));
  const rolls = new Map<string, Rolled>();
  for (const modelId of new Set(added.map(({ args }) => args.modelId))) {
    const found = await eventsIn(session, blocks, (from, to) =>
      emissions.queryFilter(emissions.filters.ModelRolled(modelId), from, to),
    );
    for (const { args } of found) rolls.set(keyOf(args), args);
  }
  const earned = [...latest].map(([key, { modelId, epoch, weight, net }]): EarnedIn => {
    const [own, rolled] = [{ weight, net }, rolls.get(key)];
    if (rolled === undefined) return { modelId, epoch, own, rolled, reward: undefined };
    const { flock, mt, cut } = rewardOf(rolled.pool, own, session.usdcDecimals);
    return { modelId, epoch, own, rolled, reward: { flock, mt, isCut: cut.flock + cut.mt !== 0n } };
  });
  return { earned, claims: claims.map(({ args: { modelId, flock, mt } }) => ({ modelId, flock, mt })) };
}

/** How a reward came about, in a JSON document; what closing the epoch comes to is null as long as nobody has. */
export function jsonEarned(earned: EarnedIn, usdcDecimals: number) {
  const { modelId, epoch, own, rolled, reward } = earned;
  return {
    modelId: Number(modelId),
    epoch: Number(epoch),
    day: dayOf(epoch),
    ...jsonUsdc("ownWeight", own.weight, usdcDecimals),
    ...jsonUsdc("ownNet", own.net, usdcDecimals),
    rolled: rolled !== undefined,
    ...jsonUsdc("totalWeight", rolled?.pool.weight ?? null, usdcDecimals),
    ...jsonFlock("share", rolled?.share ?? null),
    ...jsonFlock("poolEmission", rolled?.emission ?? null),
    ...jsonFlock("poolFund", rolled?.fund ?? null),
    ...jsonMt("pool", rolled?.pool.mt ?? null),
    ...jsonFlock("carried", rolled?.totals.carriedEmission ?? null),
    ...jsonFlock("reward", reward?.flock ?? null),
    ...jsonMt("reward", reward?.mt ?? null),
    isCut: reward?.isCut ?? null,
  };
}
