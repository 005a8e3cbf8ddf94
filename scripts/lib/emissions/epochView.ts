import { jsonFlock, jsonMt, jsonRate, jsonUsdc } from "../command/amounts.ts";
import { show, showFlock, showPercent, showShare } from "../../../sdk/src/units/show.ts";
import { EPOCH_DURATION, epochAt } from "../../../sdk/src/emissions/epochs.ts";
import { allowanceOf } from "../../../sdk/src/emissions/pool.ts";
import { ageFactorWad, shareOf } from "../../../sdk/src/emissions/score.ts";
import { blocksBetween, eventsIn } from "../chain/history.ts";
import type { Session } from "../chain/session.ts";
import { tableOf } from "../command/table.ts";

/** Where a model's pool of an epoch stands. */
type PoolState = "open" | "to be rolled" | "filled" | "nobody eligible";

/** One model in one epoch. */
export interface ModelInEpoch {
  modelId: bigint;
  score: bigint;
  ageFactorWad: bigint;
  weight: bigint;
  /** Net revenue of eligible use [USDC units], and what it can earn at most [FLOCK wei]. */
  net: bigint;
  allowance: bigint;
  share: bigint;
  bonus: bigint;
  state: PoolState;
  pool: { flock: bigint; mt: bigint };
}

/** Every model with revenue in an epoch: its score from the last event of the epoch, its pool from the books. */
export async function modelsInEpoch(session: Session, epoch: bigint, current: bigint, emission: bigint, total: bigint) {
  const { emissions, registry } = session.protocol;
  const from = epoch * EPOCH_DURATION;
  const blocks = await blocksBetween(session, from, from + EPOCH_DURATION);
  const filter = emissions.filters.UsageRecorded(undefined, epoch);
  const recorded = await eventsIn(session, blocks, (first, last) => emissions.queryFilter(filter, first, last));
  const latest = new Map(recorded.map(({ args }) => [args.modelId, args]));
  return await Promise.all(
    [...latest.values()].map(async ({ modelId, score, weight, net, totals: { cap } }): Promise<ModelInEpoch> => {
      const [{ liveAt }, { openEpoch }, pool] = await Promise.all([
        registry.usageTermsOf(modelId),
        emissions.modelRewardsOf(modelId),
        emissions.poolOf(modelId, epoch),
      ]);
      const state =
        epoch === current
          ? "open"
          : openEpoch === epoch
            ? "to be rolled"
            : weight === 0n
              ? "nobody eligible"
              : "filled";
      return {
        modelId,
        score,
        ageFactorWad: ageFactorWad(epochAt(liveAt), epoch),
        weight,
        net,
        allowance: allowanceOf(net, cap, session.usdcDecimals),
        ...shareOf(emission, score, total),
        state,
        pool: { flock: pool.flock, mt: pool.mt },
      };
    }),
  );
}

/** The models of an epoch as a table. */
export function epochTable(models: ModelInEpoch[], total: bigint, usdcDecimals: number): string {
  return tableOf(
    [">model", ">age factor", ">of the score", ">share (FLOCK)", ">issuer (FLOCK)", ">weight (USDC)", "pool"],
    models.map((one) => [
      one.modelId.toString(),
      showPercent(one.ageFactorWad),
      showShare(one.score, total, 2),
      show(one.share, 18, 2),
      show(one.bonus, 18, 2),
      show(one.weight, usdcDecimals, 2),
      one.state === "filled" ? `${showFlock(one.pool.flock)} and ${show(one.pool.mt)} MT` : one.state,
    ]),
  );
}

/** A model of an epoch in a JSON document. */
export const jsonModelInEpoch = (one: ModelInEpoch, usdcDecimals: number) => ({
  modelId: Number(one.modelId),
  score: one.score.toString(),
  ...jsonRate("ageFactor", one.ageFactorWad),
  ...jsonFlock("share", one.share),
  ...jsonFlock("issuerBonus", one.bonus),
  ...jsonFlock("allowance", one.allowance),
  ...jsonUsdc("weight", one.weight, usdcDecimals),
  ...jsonUsdc("net", one.net, usdcDecimals),
  state: one.state,
  ...jsonFlock("pool", one.pool.flock),
  ...jsonMt("pool", one.pool.mt),
});
