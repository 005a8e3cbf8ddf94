import { MaxUint256 } from "ethers";

import { eventOf } from "../../sdk/src/events/decode.ts";
import { OBSERVATION_AGE } from "../../sdk/src/buyback/observation.ts";
import { DAY, waitUntil } from "./stage.ts";
import type { Stage } from "./stage.ts";
import { USDC } from "./usage.ts";

/** A keeper who waits longer than this for the last lot gives up [s]. */
const PATIENCE = 14n * DAY;
/** `Wait.None` of the contract: a lot can be bought now. */
const NOTHING_IN_THE_WAY = 0n;

/** The USDC/FLOCK pool of the embedded chain, at 1 FLOCK = 1 dollar. */
export const POOL_USDC = 2_000_000n * USDC;
export const POOL_FLOCK = 2_000_000n * 10n ** 18n;
/** What the paper's month spends in each of two lots on FLOCK [USDC units]. */
export const MONTHS_LOT = 3_000n * USDC;

/** Lots that a keeper has bought. */
export interface Lots {
  /** What each of them spent, in order [FLOCK wei]. */
  spent: bigint[];
  burned: bigint;
}

/** Observes the route and the model's pair twice, half an hour apart, after which there is an average price. */
export async function observe(stage: Stage, modelId: bigint): Promise<void> {
  const { buyback } = stage.protocol;
  for (let turn = 0; turn < 2; turn++) {
    await pass(stage, OBSERVATION_AGE);
    await buyback.pokeRoute();
    await buyback.pokeModel(modelId);
  }
}

/** Waits until the buckets of the route are empty. */
export async function refillRoute(stage: Stage): Promise<void> {
  const { routeRefillDuration } = await stage.protocol.buyback.buybackSettings();
  await pass(stage, routeRefillDuration);
}

/** Buys and burns a model's MT until its FLOCK is spent: a lot whenever a whole one is due, and two observations before. */
export async function burnAllMt(stage: Stage, modelId: bigint): Promise<Lots> {
  const { buyback } = stage.protocol;
  const lots: Lots = { spent: [], burned: 0n };
  const { modelRefillDuration } = await buyback.buybackSettings();
  for (let waited = 0n; waited < PATIENCE; waited += modelRefillDuration) {
    const { wait, amountOutMin } = await buyback.nextMtLot(modelId);
    if (wait === NOTHING_IN_THE_WAY) {
      const sent = await buyback.buyMt(modelId, amountOutMin, MaxUint256);
      const { args } = eventOf(stage.protocol, (await sent.wait())!, "buyback", "MtBurned");
      lots.spent.push(args.flockIn);
      lots.burned += args.mtOut;
      if (args.flockLeft === 0n) return lots;
    }
    await pass(stage, modelRefillDuration - OBSERVATION_AGE);
    await buyback.pokeModel(modelId);
    await pass(stage, OBSERVATION_AGE);
    await buyback.pokeModel(modelId);
  }
  throw new Error("The buyback has not spent a model's FLOCK in two weeks.");
}

async function pass(stage: Stage, seconds: bigint): Promise<void> {
  await waitUntil(stage, BigInt(await stage.connection.networkHelpers.time.latest()) + seconds);
}
