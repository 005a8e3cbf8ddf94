import { WAD, ceilDiv } from "../../../sdk/src/units/numbers.ts";
import { jsonFlock, jsonMt, jsonUsdc } from "../command/amounts.ts";
import { allowanceOf } from "./settings.ts";
import { EPOCH_DURATION, dayOf } from "./epochs.ts";
import { blocksBetween, eventsIn } from "../chain/history.ts";
import type { Session } from "../chain/session.ts";

/** How a user's reward of one model and epoch came about. */
export interface EarnedIn {
  modelId: bigint;
  epoch: bigint;
  /** The user's eligible weight, and the net revenue of the same use [USDC units]. */
  ownWeight: bigint;
  ownNet: bigint;
  /** What closing the epoch came to; undefined if nobody has rolled the model since. */
  rolled: Rolled | undefined;
}

/** What closing an epoch of a model came to. */
export interface Rolled {
  /** The pool: FLOCK, MT, all eligible weight, what MT counts for, and the cap [wei, USDC units, WAD]. */
  pool: { flock: bigint; mt: bigint; weight: bigint; price: bigint; cap: bigint };
  /** Of the staking fund and of emissions [FLOCK wei]. */
  fund: bigint;
  emission: bigint;
  /** The model's part of the epoch's emission [FLOCK wei]. */
  share: bigint;
  /** What waits for later [FLOCK wei]. */
  totals: { carriedEmission: bigint };
}

/** A user's part of a pool by weight, at most what its own net revenue can earn, as the contract rounds it. */
export function rewardOf({ rolled, ownWeight, ownNet }: EarnedIn, usdcDecimals: number) {
  if (rolled === undefined || rolled.pool.weight === 0n) return { flock: 0n, mt: 0n, isCut: false };
  const { pool } = rolled;
  const [flock, mt] = [(pool.flock * ownWeight) / pool.weight, (pool.mt * ownWeight) / pool.weight];
  const worth = flock + ceilDiv(mt * pool.price, WAD);
  const max = allowanceOf(ownNet, pool.cap, usdcDecimals);
  if (worth <= max) return { flock, mt, isCut: false };
  return { flock: (flock * max) / worth, mt: (mt * max) / worth, isCut: true };
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
  const earned = [...latest].map(([key, { modelId, epoch, weight, net }]): EarnedIn => ({
    modelId,
    epoch,
    ownWeight: weight,
    ownNet: net,
    rolled: rolls.get(key),
  }));
  return { earned, claims: claims.map(({ args: { modelId, flock, mt } }) => ({ modelId, flock, mt })) };
}

/** How a reward came about, in a JSON document; what closing the epoch comes to is null as long as nobody has. */
export function jsonEarned(earned: EarnedIn, usdcDecimals: number) {
  const { modelId, epoch, ownWeight, ownNet, rolled } = earned;
  const { flock, mt, isCut } = rewardOf(earned, usdcDecimals);
  const ifRolled = <Value>(value: Value) => (rolled === undefined ? null : value);
  return {
    modelId: Number(modelId),
    epoch: Number(epoch),
    day: dayOf(epoch),
    ...jsonUsdc("ownWeight", ownWeight, usdcDecimals),
    ...jsonUsdc("ownNet", ownNet, usdcDecimals),
    rolled: rolled !== undefined,
    ...jsonUsdc("totalWeight", rolled?.pool.weight ?? null, usdcDecimals),
    ...jsonFlock("share", rolled?.share ?? null),
    ...jsonFlock("poolEmission", rolled?.emission ?? null),
    ...jsonFlock("poolFund", rolled?.fund ?? null),
    ...jsonMt("pool", rolled?.pool.mt ?? null),
    ...jsonFlock("carried", rolled?.totals.carriedEmission ?? null),
    ...jsonFlock("reward", ifRolled(flock)),
    ...jsonMt("reward", ifRolled(mt)),
    isCut: ifRolled(isCut),
  };
}
