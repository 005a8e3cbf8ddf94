import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { min } from "../bigints.ts";
import { now } from "../clock.ts";
import { priceAt, rateAt, soldAt, virtualMtOf } from "../expected.ts";
import { SHARE, viewOf } from "../scenes.ts";
import type { ProtocolScene } from "../scenes.ts";
import { STUCK_AFTER } from "../time.ts";

/** The raise clock, which stands still while purchases are paused: what it shows, and when it shows a moment. */
async function raiseClockOf(f: ProtocolScene) {
  const [time, { startedAt, endsAt, pausedBefore }] = [await now(), await f.offering.buyPause()];
  const pausedUntilNow = pausedBefore + min(time, endsAt) - startedAt;
  const wasReached = (moment: bigint) => moment + pausedBefore <= startedAt;
  return {
    shows: time - pausedUntilNow,
    wallTimeOf: (moment: bigint) => moment + (wasReached(moment) ? pausedBefore : pausedUntilNow),
  };
}

/** What graduation has made of a raise, put together from the contracts that hold it. */
async function expectedPool(f: ProtocolScene, modelId: bigint) {
  const [token, graduatedAt] = await f.vault.recordOf(modelId);
  if (token === ZeroAddress) return [0n, ZeroAddress, 0n, 0n, 0n, 0n, 0n, 0n, 0n, Array(5).fill([0n, 0n, 0n])];
  const [pair, lockedLiquidity, unlocksAt] = await f.locker.lockOf(modelId);
  const pool = connectAs("pair", pair, f.keeper);
  const [reserve0, reserve1] = await pool.getReserves();
  const reserves = (await pool.token0()) === token ? [reserve1, reserve0] : [reserve0, reserve1];
  const opening = await f.graduation.openingReservesOf(modelId);
  const shares = await Promise.all(
    Object.values(SHARE).map(async (share) => [
      ...(await f.vault.allocationOf(modelId, share)),
      await f.vault.releasable(modelId, share),
    ]),
  );
  const unvested = await f.vault.unvested(modelId);
  return [graduatedAt, pair, ...reserves, opening.flock, opening.mt, lockedLiquidity, unlocksAt, unvested, shares];
}

/** All fields of the view of a raise in their order, put together from the contracts' own views and the paper's curve. */
async function expectedRaise(f: ProtocolScene, modelId: bigint): Promise<Record<string, unknown>> {
  const { running, curve, terms } = await f.offering.raiseOf(modelId);
  const clock = await raiseClockOf(f);
  const fees = {
    creatorBps: curve.creatorFeeBps,
    protocolBps: curve.protocolFeeBps,
    startBps: running.antiSnipeStartBps,
    window: curve.antiSnipeWindow,
  };
  const failableAt = running.raised < terms.minimumRaise ? running.endsAt : running.endsAt + STUCK_AFTER;
  const identity = await f.registry.identityOf(modelId);
  const usage = await f.registry.usageTermsOf(modelId);
  const [creatorFee, protocolFee] = await f.offering.unclaimedFeesOf(modelId);
  return {
    outcome: running.outcome,
    openingMode: running.openingMode,
    raised: running.raised,
    gross: running.gross,
    sold: soldAt(curve, running.raised),
    target: curve.target,
    minimumRaise: terms.minimumRaise,
    virtualFlock: curve.virtualFlock,
    virtualMt: virtualMtOf(curve),
    priceWad: priceAt(curve, running.raised),
    feeRateWad: rateAt(clock.shows - curve.startAt, fees),
    creatorFeeBps: curve.creatorFeeBps,
    protocolFeeBps: curve.protocolFeeBps,
    antiSnipeStartBps: running.antiSnipeStartBps,
    antiSnipeEndsAt: clock.wallTimeOf(curve.startAt + curve.antiSnipeWindow),
    startsAt: clock.wallTimeOf(curve.startAt + 1n) - 1n,
    endsAt: clock.wallTimeOf(running.endsAt),
    failableAt: clock.wallTimeOf(failableAt),
    bundleMt: soldAt(curve, terms.bundleNet),
    bundleNet: terms.bundleNet,
    creatorFee,
    protocolFee,
    token: await f.offering.tokenOf(modelId),
    metadataHash: identity.metadataHash,
    name: identity.name,
    symbol: identity.symbol,
    issuer: await f.registry.issuerOf(modelId),
    tierId: (await f.registry.modelOf(modelId)).tierId,
    minimumPrice: usage.minimumPrice,
    computeCost: usage.computeCost,
    liveAt: usage.liveAt,
    apiId: await f.registry.apiIdOf(modelId),
    pool: await expectedPool(f, modelId),
  };
}

/** Compares every field of the lens's view of a raise, and returns the view. */
export async function expectRaise(f: ProtocolScene, modelId = 1n) {
  const expected = await expectedRaise(f, modelId);
  const view = await viewOf(f, modelId);
  expect(Object.keys(view)).to.deep.equal(Object.keys(expected));
  for (const [field, value] of Object.entries(expected)) expect(view[field], field).to.deep.equal(value);
  return f.lens.raiseOf(modelId);
}
