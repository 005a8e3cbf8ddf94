import { MaxUint256 } from "ethers";

import { eventOf } from "../lib/chain/events.ts";
import { DAY, waitUntil } from "./stage.ts";
import type { Stage } from "./stage.ts";

/** How long a bucket takes to empty, and how old an observation has to be before the next one is made [s]. */
const REFILL = 300n;
const OBSERVATION_AGE = 1_800n;
/** A keeper who waits longer than this for the last lot gives up [s]. */
const PATIENCE = DAY / 2n;
/** `Wait.None` of the contract: a lot can be bought now. */
const NOTHING_IN_THE_WAY = 0n;

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

/** Waits until the buckets are empty. */
export async function refill(stage: Stage): Promise<void> {
  await pass(stage, REFILL);
}

/** Buys and burns a model's MT until its FLOCK is spent: a lot whenever one is due, and observations in between. */
export async function burnAllMt(stage: Stage, modelId: bigint): Promise<Lots> {
  const { buyback } = stage.protocol;
  const lots: Lots = { spent: [], burned: 0n };
  for (let waited = 0n; waited < PATIENCE; waited += REFILL) {
    if (waited % OBSERVATION_AGE === 0n) await buyback.pokeModel(modelId);
    const { wait, amountOutMin } = await buyback.nextMtLot(modelId);
    if (wait === NOTHING_IN_THE_WAY) {
      const sent = await buyback.buyMt(modelId, amountOutMin, MaxUint256);
      const { args } = eventOf(buyback, (await sent.wait())!, "MtBurned");
      lots.spent.push(args.flockIn);
      lots.burned += args.mtOut;
      if (args.flockLeft === 0n) return lots;
    }
    await pass(stage, REFILL);
  }
  throw new Error("The buyback has not spent a model's FLOCK in half a day.");
}

async function pass(stage: Stage, seconds: bigint): Promise<void> {
  await waitUntil(stage, BigInt(await stage.connection.networkHelpers.time.latest()) + seconds);
}
