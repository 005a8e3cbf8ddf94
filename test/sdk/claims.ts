import { expect } from "chai";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import { callOf } from "../../sdk/src/actions/action.ts";
import type { Action } from "../../sdk/src/actions/action.ts";
import { claimsOf } from "../../sdk/src/actions/claims.ts";
import { dueActions } from "../../sdk/src/actions/due.ts";
import { isWholeLot, lotOf } from "../../sdk/src/buyback/lot.ts";
import { seatOf } from "../../sdk/src/names/seats.ts";
import { accountOf, dueOf, raiseOf } from "../../sdk/src/reads/lens.ts";
import { answerOf, readOf, requestOf } from "../../sdk/src/reads/read.ts";
import { earn, earningFixture as marketWithRevenue, marketFixture } from "../support/buyback.ts";
import { now } from "../support/clock.ts";
import { deploymentIn } from "../support/deployment.ts";
import { settle, toNoonIn, twoModelsFixture, usedFixture } from "../support/earning.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { missedFixture, soldOutFixture } from "../support/scenes.ts";
import { COOLDOWN, DAY, OBSERVATION_AGE, REFILL, USAGE_DELAY } from "../support/time.ts";
import { tokens, usdc } from "../support/units.ts";

type Scene = Parameters<typeof deploymentIn>[0];

/** What an account can claim now, as a page would find out: by the lens, and by two reads for each model of an issuer. */
async function claimsFor(f: Scene, account: string, modelIds: bigint[]): Promise<Action[]> {
  const deployment = deploymentIn(f);
  const raises = new Map();
  const credits = new Map();
  for (const modelId of modelIds) {
    const raise = raiseOf(deployment, modelId);
    raises.set(modelId, answerOf(raise, await ethers.provider.call(requestOf(raise))));
    const credit = readOf(deployment, "waterfall", "creditOf", [seatOf("issuer", modelId)]);
    credits.set(modelId, answerOf(credit, await ethers.provider.call(requestOf(credit))));
  }
  const read = accountOf(deployment, account, modelIds);
  const view = answerOf(read, await ethers.provider.call(requestOf(read)));
  return claimsOf(deployment, { account, view, time: await now(), raises, credits });
}

async function send(signer: HardhatEthersSigner, actions: Action[]): Promise<string[]> {
  for (const action of actions) await (await signer.sendTransaction(callOf(action))).wait();
  return actions.map(({ what }) => what);
}

describe("SDK: everything that an account can claim", () => {
  it("is nothing where there is nothing", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    expect(await claimsFor(f, f.stranger.address, [1n])).to.deep.equal([]);
    expect(await claimsFor(f, f.stranger.address, [])).to.deep.equal([]);
  });

  it("is all of a failed raise, of its issuer too, before anybody has settled the failure", async () => {
    const f = await networkHelpers.loadFixture(missedFixture);
    expect(await send(f.bob, await claimsFor(f, f.bob.address, [1n]))).to.deep.equal(["Refund"]);
    expect(await claimsFor(f, f.bob.address, [1n])).to.deep.equal([]);
    const ofIssuer = await claimsFor(f, f.alice.address, [1n]);
    const { bundleNet } = await f.lens.raiseOf(1n);
    expect(ofIssuer.map(({ what }) => what)).to.deep.equal([
      ...(bundleNet === 0n ? [] : ["Refund the bundle"]),
      "Claim creator fees",
    ]);
    await send(f.alice, ofIssuer);
    expect(await claimsFor(f, f.alice.address, [1n])).to.deep.equal([]);
  });

  it("is all of a graduated and used model: rewards of several models at once, stake, prepaid USDC", async () => {
    const f = await networkHelpers.loadFixture(twoModelsFixture);
    for (const modelId of [f.modelId, f.secondId]) await settle(f, modelId, [{ user: f.carol, list: usdc(100) }]);
    await toNoonIn(1n);
    await f.staking.connect(f.carol).requestExit(1n, tokens(1));
    await f.meter.connect(f.carol).requestWithdrawal(usdc(5));
    const [stakeAt, prepaidAt] = [(await now()) + COOLDOWN, (await now()) + USAGE_DELAY];
    const whats = async () => (await claimsFor(f, f.carol.address, [1n, 2n])).map(({ what }) => what);
    expect(await whats()).to.deep.equal(["Collect"]);
    await networkHelpers.time.increaseTo(prepaidAt);
    expect(await whats()).to.deep.equal(["Collect", "Withdraw"]);
    await networkHelpers.time.increaseTo(prepaidAt + USAGE_DELAY);
    expect(await whats()).to.deep.equal(["Collect"]);
    await networkHelpers.time.increaseTo(stakeAt);
    expect(await send(f.carol, await claimsFor(f, f.carol.address, [1n, 2n]))).to.deep.equal(["Withdraw", "Collect"]);
    expect(await claimsFor(f, f.carol.address, [1n, 2n])).to.deep.equal([]);
  });

  it("is all of an issuer: fees, bonus, what has vested, and credit", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    await networkHelpers.time.increase(10n * DAY);
    await f.emissions.roll(1n);
    const claims = await claimsFor(f, f.alice.address, [1n]);
    expect(await send(f.alice, claims)).to.deep.equal([
      ...["Collect the bonus", "Claim creator fees", "Release", "Claim credit"],
    ]);
    const left = await claimsFor(f, f.alice.address, [1n]);
    expect(left.map(({ what }) => what)).to.deep.equal(["Release"]); // a few seconds' worth
  });
});

describe("SDK: everything that is due", () => {
  const dueIn = async (f: Scene, modelIds: bigint[]) => {
    const deployment = deploymentIn(f);
    const read = dueOf(deployment, modelIds);
    const due = answerOf(read, await ethers.provider.call(requestOf(read)));
    return dueActions(deployment, due, { time: await now(), slippageBps: 50n, patience: 600n });
  };

  it("is a graduation of a raise that has sold out, and a failure of one that has missed", async () => {
    const sold = await networkHelpers.loadFixture(soldOutFixture);
    const actions = await dueIn(sold, [1n]);
    expect(actions.map(({ what }) => what)).to.include("Graduate model 1");
    await send(sold.keeper, actions);
    expect(await sold.offering.hasGraduated(1n)).to.equal(true);
    const missed = await networkHelpers.loadFixture(missedFixture);
    expect((await dueIn(missed, [1n])).map(({ what }) => what)).to.include("Fail model 1");
  });

  it("is an epoch to be closed", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    const whats = await send(f.keeper, await dueIn(f, [1n]));
    expect(whats).to.include("Roll model 1");
    expect((await dueIn(f, [1n])).map(({ what }) => what)).not.to.include("Roll model 1");
  });

  it("are observations first, and then lots, of FLOCK one at a time, until all is spent", async () => {
    const f = await networkHelpers.loadFixture(marketFixture);
    await earn(f, usdc(1));
    expect(await send(f.keeper, await dueIn(f, [1n]))).to.deep.equal(["Poke the route"]);
    await networkHelpers.time.increase(OBSERVATION_AGE);
    const done = [];
    for (let round = 0; round < 6; ++round) {
      done.push(...(await send(f.keeper, await dueIn(f, [1n]))));
      await networkHelpers.time.increase(REFILL);
    }
    expect(done.filter((what) => what.startsWith("Buy"))).to.deep.equal([
      ...["Buy FLOCK for burning", "Buy FLOCK for model 1", "Buy MT of model 1"],
    ]);
    expect((await f.lens.dueOf([1n])).flockLot.credit).to.equal(0n);
  });

  it("is no part of a lot", async () => {
    const f = await networkHelpers.loadFixture(marketWithRevenue);
    expect(await send(f.keeper, await dueIn(f, [1n]))).to.include("Buy FLOCK for burning");
    expect((await dueIn(f, [1n])).filter(({ what }) => what.startsWith("Buy FLOCK"))).to.deep.equal([]);
    const lot = {
      wait: 0n,
      pair: "0x" as const,
      credit: 10n,
      amountIn: 4n,
      amountOut: 1n,
      amountOutMin: 1n,
      nextAt: 7n,
    };
    expect([6n, 7n].map((time) => isWholeLot(lotOf(lot), time))).to.deep.equal([false, true]);
    expect(isWholeLot(lotOf({ ...lot, amountIn: 10n }), 0n)).to.equal(true);
    expect(isWholeLot(lotOf({ ...lot, wait: 6n, amountIn: 10n }), 9n)).to.equal(false);
  });
});
