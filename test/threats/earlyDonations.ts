import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { pairAddressOf, raiseInOrder } from "../support/donations.ts";
import type { RaiseShape } from "../support/donations.ts";
import { soldAt } from "../support/expected.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { splitProceeds } from "../support/model/graduation.ts";
import { EXAMPLE, MODE, OUTCOME, SHARE, launchBy, marketOf } from "../support/scenes.ts";
import { NO_DEADLINE } from "../support/time.ts";
import { tokens } from "../support/units.ts";

/** Sizes of donations; the largest is 10% of a raise that is sold out. */
const AMOUNTS = [1n, tokens(1), tokens(5_000)];
/** What is bought: all of the sale, or more than its minimum. */
const PURCHASES = { "sold out": tokens(100_000), "a partial success": tokens(30_000) };

/** Every shape of a raise that graduates. */
const SHAPES = [true, false].flatMap((flockFirst) =>
  Object.entries(MODE).flatMap(([mode, openingMode]) =>
    Object.entries(PURCHASES).map(([success, flockIn]) => ({
      what: `FLOCK ${flockFirst ? "below" : "above"} MT, ${mode}, ${success}`,
      shape: { flockFirst, openingMode, flockIn } satisfies RaiseShape,
    })),
  ),
);

type Scene = Awaited<ReturnType<typeof raiseInOrder>>;

/** The addresses that can be known before a graduation, and whether what lies there goes to the treasury. */
const knownBefore = (f: Scene) => [
  { where: "the pair", address: pairAddressOf(f, f.token), cleared: true },
  { where: "the graduation contract", address: f.addresses.graduation, cleared: true },
  { where: "the token", address: f.token, cleared: false },
  { where: "the vault", address: f.addresses.vault, cleared: false },
  { where: "the locker", address: f.addresses.locker, cleared: false },
  { where: "the offering", address: f.addresses.offering, cleared: false },
  { where: "the registry", address: f.addresses.registry, cleared: false },
  { where: "the buyback", address: f.addresses.buyback, cleared: false },
  { where: "the token factory", address: f.addresses.tokenFactory, cleared: false },
  { where: "the DEX factory", address: f.addresses.dexFactory, cleared: false },
];

/** Graduates and checks all that graduation promises, as if nothing had been sent before. */
async function expectAsPromised(f: Scene, shape: Required<RaiseShape>): Promise<void> {
  const { raised } = await f.lens.raiseOf(1n);
  await f.offering.graduate(1n);
  const sold = soldAt(EXAMPLE, raised);
  const { virtualFlock } = EXAMPLE;
  const meant = {
    flock: splitProceeds(raised).pool,
    mt: shape.openingMode === MODE.AveragePrice ? sold / 2n : (sold * virtualFlock) / (2n * (virtualFlock + raised)),
  };
  const { mt, pair, pairAddress, reserves } = await marketOf(f);
  expect(reserves).to.deep.equal(meant);
  expect(await f.flock.balanceOf(pair)).to.equal(meant.flock);
  expect(await mt.balanceOf(pair)).to.equal(meant.mt);
  expect(pairAddress).to.equal(pairAddressOf(f, f.token));
  for (const token of [f.flock, mt, pair]) expect(await token.balanceOf(f.graduation)).to.equal(0n);
  expect(await pair.totalSupply()).to.equal((await pair.balanceOf(f.locker)) + 1_000n);
  expect((await f.vault.allocationOf(1n, SHARE.StakingFund)).total).to.equal(splitProceeds(raised).stakingFund);
  expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Graduated);
}

describe("Threats: tokens at an address before there is code at it (G17, G18)", () => {
  for (const { what, shape } of SHAPES) {
    for (const pairExists of [false, true]) {
      describe(`given ${what}, the pair ${pairExists ? "created early" : "not created yet"}`, () => {
        let f: Scene;
        beforeEach(async () => {
          f = await raiseInOrder(shape);
          expect(BigInt(f.addresses.flock) < BigInt(f.token)).to.equal(shape.flockFirst);
          expect(await f.dexFactory.getPair(f.addresses.flock, f.token)).to.equal(ZeroAddress);
          if (pairExists) await f.dexFactory.connect(f.stranger).createPair(f.addresses.flock, f.token);
        });

        it("a donation to any address that can be known changes nothing, and the treasury gets what can be cleared", async () => {
          const before = await networkHelpers.takeSnapshot();
          for (const { where, address, cleared } of knownBefore(f)) {
            for (const amount of AMOUNTS) {
              const note = `${amount} wei in ${where}`;
              await f.flock.connect(f.deployer).transfer(address, amount);
              const held = await f.flock.balanceOf(address);
              const owned = await f.flock.balanceOf(f.treasury);
              await expectAsPromised(f, shape);
              expect((await f.flock.balanceOf(f.treasury)) - owned, note).to.equal(cleared ? amount : 0n);
              if (where === "the token") expect(await f.flock.balanceOf(address), note).to.equal(held);
              await before.restore();
            }
          }
        });

        it("donations to all of them at once change nothing either", async () => {
          for (const { address } of knownBefore(f)) await f.flock.connect(f.deployer).transfer(address, tokens(7));
          const owned = await f.flock.balanceOf(f.treasury);
          await expectAsPromised(f, shape);
          expect((await f.flock.balanceOf(f.treasury)) - owned).to.equal(tokens(14));
        });
      });
    }
  }

  it("the pair created after the donation holds it, and graduates as well", async () => {
    const shape = { flockFirst: true, openingMode: MODE.AveragePrice, flockIn: tokens(100_000) };
    const f = await raiseInOrder(shape);
    await f.flock.connect(f.deployer).transfer(pairAddressOf(f, f.token), 1n);
    await f.dexFactory.connect(f.stranger).createPair(f.addresses.flock, f.token);
    await expectAsPromised(f, shape);
  });

  it("another token in the pair stays there and disturbs nothing", async () => {
    const shape = { flockFirst: false, openingMode: MODE.CurvePrice, flockIn: tokens(30_000) };
    const f = await raiseInOrder(shape);
    const pair = pairAddressOf(f, f.token);
    await f.usdc.connect(f.deployer).transfer(pair, 1n);
    await networkHelpers.setBalance(pair, 10n ** 18n);
    await networkHelpers.setBalance(f.token, 10n ** 18n);
    await expectAsPromised(f, shape);
    expect(await f.usdc.balanceOf(pair)).to.equal(1n);
    expect(await ethers.provider.getBalance(f.token)).to.equal(10n ** 18n);
  });

  it("what the protocol itself pays to the pair's future address is no exception: the issuer's own fee", async () => {
    const shape = { flockFirst: true, openingMode: MODE.AveragePrice, flockIn: tokens(30_000) };
    const f = await raiseInOrder(shape);
    await f.offering.connect(f.alice).claimCreatorFee(1n, pairAddressOf(f, f.token));
    await expectAsPromised(f, shape);
  });

  it("what reaches the graduation contract after a graduation goes to the treasury with the next one", async () => {
    const f = await raiseInOrder({ flockFirst: true });
    await f.offering.graduate(1n);
    await f.flock.connect(f.deployer).transfer(f.graduation, tokens(3));
    await launchBy(f, { symbol: "NEXT" });
    await f.offering.connect(f.bob).buyExactIn(2n, tokens(100_000), 0n, f.bob, NO_DEADLINE);
    await expect(f.offering.graduate(2n)).to.changeTokenBalances(
      ethers,
      f.flock,
      [f.graduation, f.treasury],
      [-tokens(3), tokens(3)],
    );
  });
});
