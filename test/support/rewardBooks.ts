import { assert } from "chai";

import type { EmissionModel, ModelBooks } from "./model/emissions.ts";
import { MODEL_IDS, USERS } from "./rewards.ts";
import type { ModelState, RewardHistory, RewardWorlds, WorldState } from "./rewards.ts";

/** A check of many numbers that costs nothing while they agree. */
function same(actual: bigint, expected: bigint, what: string): void {
  if (actual !== expected) assert.fail(actual, expected, `${what}: the chain says ${actual}, the model ${expected}`);
}

/**
 * The chain agrees with the day-by-day books to the wei: budget, the day's totals, what everybody was paid, can claim and
 * waits for, what was burned; and it holds all that it owes.
 */
export function expectBooks(state: WorldState, { model, paid }: RewardHistory, where: string): void {
  same(state.unreserved, model.budget, `${where}, budget`);
  same(state.totalScore, model.totalScore, `${where}, total score`);
  same(state.emission, model.emission, `${where}, emission`);
  same(state.treasury, 0n, `${where}, treasury`);
  same(state.flockSupply, 10n ** 27n - paid.flockBurned, `${where}, supply of FLOCK`);
  for (const [i, balance] of state.holders.entries()) same(balance, paid.holders[i]!, `${where}, holder ${i}`);
  for (const [i, balance] of state.users.entries()) same(balance, paid.users[i]!, `${where}, FLOCK of user ${i}`);

  let owed = state.unreserved + state.emission;
  for (const [index, modelId] of MODEL_IDS.entries()) {
    const at = `${where}, model ${modelId}`;
    const onChain = state.models[index]!;
    const books = model.models.get(modelId);
    same(onChain.heldByDistributor, 0n, `${at}, MT held`);
    if (books === undefined) continue;
    same(onChain.bonus, books.bonus, `${at}, bonus`);
    same(onChain.supply, 10n ** 27n - paid.burned.get(modelId)!, `${at}, supply`);
    same(onChain.sweptEpoch, books.sweptOn ?? 0n, `${at}, swept`);
    owed += books.bonus + books.carriedEmission;
    for (const [i, user] of USERS.entries()) {
      const { flock, mt } = model.claimableOf(user, modelId);
      const claimable = onChain.users[i]!;
      same(claimable.flock, flock, `${at}, FLOCK for user ${i}`);
      same(claimable.mt, mt, `${at}, MT for user ${i}`);
      same(claimable.mtBalance, paid.usersMt.get(modelId)![i]!, `${at}, MT of user ${i}`);
      owed += flock + (books.cutOf.get(user)?.flock ?? 0n);
    }
    same(onChain.cutFlock, books.cut.flock, `${at}, FLOCK cut`);
    same(onChain.cutMt, books.cut.mt, `${at}, MT cut`);
    owed += books.cut.flock;
    // Until it is rolled, the chain has not drawn yet what went from the fund into the last pool.
    owed -= books.releasedFund - onChain.releasedFund;
    const isRolled = onChain.openEpoch === 0n || onChain.openEpoch === model.day;
    if (isRolled) expectRolled(onChain, books, at);
  }
  same(state.held, owed + model.dust, `${where}, FLOCK held`);
}

/** What the chain knows of a model once somebody has rolled it. */
function expectRolled(onChain: ModelState, books: ModelBooks, at: string): void {
  same(onChain.carriedEmission, books.carriedEmission, `${at}, carried emission`);
  same(onChain.releasedFund, books.releasedFund, `${at}, released fund`);
  same(onChain.releasedReserve, books.releasedReserve, `${at}, released reserve`);
  same(onChain.openScore, books.score, `${at}, score`);
  const uses = [...books.uses.values()];
  same(
    onChain.openWeight,
    uses.reduce((sum, { weight }) => sum + weight, 0n),
    `${at}, weight`,
  );
  same(
    onChain.openNet,
    uses.reduce((sum, { net }) => sum + net, 0n),
    `${at}, net`,
  );
}

/** Every pool that was ever filled, to the wei. All models are rolled. */
export async function expectPools(worlds: RewardWorlds, index: number, model: EmissionModel, where: string) {
  for (const [modelId, books] of model.models) {
    const days = [...books.pools.keys()];
    const pools = await worlds.poolsOf(index, modelId, days);
    for (const [i, day] of days.entries()) {
      const expected = books.pools.get(day)!;
      const at = `${where}, model ${modelId}, pool of day ${day}`;
      same(pools[i]!.flock, expected.flock, `${at}, FLOCK`);
      same(pools[i]!.mt, expected.mt, `${at}, MT`);
      same(pools[i]!.weight, expected.weight, `${at}, weight`);
      same(pools[i]!.price, expected.price, `${at}, price`);
      same(pools[i]!.cap, expected.cap, `${at}, cap`);
    }
  }
}
