import { expect } from "chai";
import type { Result } from "ethers";

import type { Protocol } from "../../../sdk/src/ethers/connect.ts";
import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { now } from "../clock.ts";
import { OUTCOME } from "../scenes.ts";
import { STUCK_AFTER } from "../time.ts";

type Token = Pick<Protocol["flock"], "balanceOf">;
/** A protocol in which purchases were never paused: its raise clock shows the time. */
type Unpaused = Omit<Protocol, "flock" | "usdc"> & { flock: Token; usdc: Token };

/** All fields of what an account has in one model in their order, put together from the contracts' own views. */
async function expectedInModel(f: Unpaused, user: string, modelId: bigint): Promise<Record<string, unknown>> {
  const { running, terms } = await f.offering.raiseOf(modelId);
  const failableAt = running.raised < terms.minimumRaise ? running.endsAt : running.endsAt + STUCK_AFTER;
  const isFailable = running.outcome === OUTCOME.Open && (await now()) >= failableAt;
  const isRefunded = running.outcome === OUTCOME.Failed || isFailable;
  const hasToken = running.outcome === OUTCOME.Graduated;
  const position = await f.offering.positionOf(modelId, user);
  const isIssuer = (await f.registry.issuerOf(modelId)) === user;
  const [weightEpoch, weight, weightNet] = await f.emissions.weightOf(user, modelId);
  return {
    modelId,
    outcome: running.outcome,
    position,
    claimable: hasToken ? position.mt : 0n,
    refundable: isRefunded ? position.flockNet : 0n,
    mt: hasToken ? await connectAs("modelToken", await f.offering.tokenOf(modelId), f.lens.runner).balanceOf(user) : 0n,
    stake: await f.staking.stakeRecordOf(modelId, user),
    stakeThatCounts: await f.staking.stakeOf(modelId, user),
    discountWad: await f.staking.discountOf(modelId, user),
    usage: await f.meter.usageOf(user, user, modelId),
    weightEpoch,
    weight,
    weightNet,
    reward: await f.emissions.claimableOf(user, modelId),
    isIssuer,
    issuerBonus: isIssuer ? await f.emissions.issuerBonusOf(modelId) : 0n,
    bundleRefundable: isIssuer && isRefunded ? terms.bundleNet : 0n,
  };
}

function expectFields(view: object, expected: Record<string, unknown>) {
  const fields = (view as Result).toObject() as Record<string, unknown>;
  expect(Object.keys(fields)).to.deep.equal(Object.keys(expected));
  for (const [field, value] of Object.entries(expected)) expect(fields[field], field).to.deep.equal(value);
}

/** Compares every field of the lens's view of an account, and returns the view. */
export async function expectAccount(f: Unpaused, user: { address: string }, modelIds: readonly bigint[]) {
  const view = await f.lens.accountOf(user.address, [...modelIds]);
  expectFields(view, {
    flock: await f.flock.balanceOf(user.address),
    usdc: await f.usdc.balanceOf(user.address),
    prepaid: await f.meter.accountOf(user.address),
    available: await f.meter.availableOf(user.address),
    models: view.models,
  });
  expect(view.models.length).to.equal(modelIds.length);
  for (const [i, modelId] of modelIds.entries()) {
    expectFields(view.models[i]!, await expectedInModel(f, user.address, modelId));
  }
  return view;
}

/** The same for one model; returns what the account has in it. */
export async function expectInModel(f: Unpaused, user: { address: string }, modelId = 1n) {
  return (await expectAccount(f, user, [modelId])).models[0]!;
}
