import { expect } from "chai";

import { launchPayment, networkHelpers, workedExample } from "../support/fixtures.ts";
import { REENTRANT_CALL, hookCallsOf, hookedProtocolFixture, hookedStakingFixture, setHook } from "../support/hooks.ts";
import type { HookToken, HookedScene, RoomCall } from "../support/hooks.ts";
import { mockFlockOffering } from "../support/mockFlock.ts";
import { OUTCOME, deployMock, standIn, deployAs } from "../support/scenes.ts";
import { DAY, LOCK_DURATION, NO_DEADLINE } from "../support/time.ts";
import { tokens } from "../support/units.ts";
import { SEATS } from "../support/usage/seatNames.ts";
import { DEPOSIT_BY_PARTS, signDeposit } from "../support/usage/signatures.ts";
import { ownVoucher } from "../support/usage/vouchers.ts";

const hookFixture = () => mockFlockOffering("HookFlock");

/** A raise on the hooking token that has reached its target, or ended below its minimum. */
async function hookSoldOutFixture() {
  const f = await hookFixture();
  await f.offering.connect(f.bob).buyExactIn(1n, tokens(100_000), 0n, f.bob, NO_DEADLINE);
  return f;
}
async function hookMissedFixture() {
  const f = await hookFixture();
  await f.offering.connect(f.bob).buyExactIn(1n, tokens(9_000), 0n, f.bob, NO_DEADLINE);
  await networkHelpers.time.increase(8n * DAY);
  return f;
}

/** A hooking token has called back, and each time the guard of the room it came from refused it. */
async function expectGuarded(token: HookToken) {
  const calls = await hookCallsOf(token);
  expect(calls).to.not.be.empty;
  for (const call of calls) expect(call).to.deep.equal({ succeeded: false, result: REENTRANT_CALL });
}

describe("Threats: reentrancy through a token's callback (G7)", () => {
  let f: Awaited<ReturnType<typeof hookFixture>>;

  const hook = (data: string) => setHook(f.token, f.offering, data);

  /** Every state-changing entry of the offering that moves money, as a callback would call it. */
  const entries = (): Record<string, string> => {
    const abi = f.offering.interface;
    const bob = f.bob.address;
    return {
      launch: abi.encodeFunctionData("launch", [workedExample(), launchPayment()]),
      buyExactIn: abi.encodeFunctionData("buyExactIn", [1n, tokens(1), 0n, bob, NO_DEADLINE]),
      buyExactOut: abi.encodeFunctionData("buyExactOut", [1n, tokens(1), tokens(1), bob, NO_DEADLINE]),
      graduate: abi.encodeFunctionData("graduate", [1n]),
      claim: abi.encodeFunctionData("claim", [1n, bob]),
      refund: abi.encodeFunctionData("refund", [1n, bob]),
      refundBundle: abi.encodeFunctionData("refundBundle", [1n]),
      claimCreatorFee: abi.encodeFunctionData("claimCreatorFee", [1n, bob]),
      claimProtocolFee: abi.encodeFunctionData("claimProtocolFee", [1n, bob]),
      claimLaunchFees: abi.encodeFunctionData("claimLaunchFees", [bob]),
    };
  };
  const NAMES = [
    "launch",
    "buyExactIn",
    "buyExactOut",
    "graduate",
    "claim",
    "refund",
    "refundBundle",
    "claimCreatorFee",
    "claimProtocolFee",
    "claimLaunchFees",
  ];

  for (const name of NAMES) {
    it(`G7 ${name} cannot be entered from the payment of a purchase`, async () => {
      f = await networkHelpers.loadFixture(hookFixture);
      await hook(entries()[name]!);
      await f.offering.connect(f.bob).buyExactIn(1n, tokens(1_000), 0n, f.bob, NO_DEADLINE);
      await expectGuarded(f.token);
    });
  }

  for (const name of NAMES) {
    it(`G7 ${name} cannot be entered from the payments of a graduation`, async () => {
      f = await networkHelpers.loadFixture(hookSoldOutFixture);
      await hook(entries()[name]!);
      await f.offering.graduate(1n);
      await expectGuarded(f.token);
      expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Graduated);
    });
  }

  for (const name of NAMES) {
    it(`G7 ${name} cannot be entered from a refund`, async () => {
      f = await networkHelpers.loadFixture(hookMissedFixture);
      const { flockNet } = await f.offering.positionOf(1n, f.bob);
      const before = await f.flock.balanceOf(f.bob);
      await hook(entries()[name]!);
      await f.offering.refund(1n, f.bob);
      await expectGuarded(f.token);
      expect((await f.flock.balanceOf(f.bob)) - before).to.equal(flockNet);
    });
  }

  it("G7 fail, which has no guard, sees a final state: it cannot undo a graduation from within", async () => {
    f = await networkHelpers.loadFixture(hookSoldOutFixture);
    await networkHelpers.time.increase(31n * DAY);
    await hook(f.offering.interface.encodeFunctionData("fail", [1n]));
    await f.offering.graduate(1n);
    const calls = await hookCallsOf(f.token);
    expect(calls).to.not.be.empty;
    for (const { succeeded, result } of calls) {
      expect(succeeded).to.equal(false);
      expect(f.offering.interface.parseError(result)?.name).to.equal("Offering_NotFailable");
    }
    expect((await f.lens.raiseOf(1n)).outcome).to.equal(OUTCOME.Graduated);
  });

  it("G7 a release of the vault cannot be doubled from within its own transfer", async () => {
    f = await networkHelpers.loadFixture(hookSoldOutFixture);
    await f.offering.graduate(1n);
    await networkHelpers.time.increase(90n * DAY);
    await setHook(f.token, f.vault, f.vault.interface.encodeFunctionData("release", [1n, 3n]));
    await f.vault.release(1n, 3n);
    const [call, ...others] = await hookCallsOf(f.token);
    expect(others).to.deep.equal([]);
    expect(call!.succeeded).to.equal(false);
    expect(f.vault.interface.parseError(call!.result)?.name).to.equal("Vault_NothingVested");
    const { released } = await f.vault.allocationOf(1n, 3n);
    expect(await f.flock.balanceOf(f.treasury)).to.equal(released);
  });
});

/** Names of the calls in a table, for the titles of the tests. */
const METER = ["deposit", "depositWithAuthorization", "depositCredit", "withdraw", "settle", "settleCard"] as const;
const STAKING = ["stake", "claimAndStake", "withdraw"] as const;
const EMISSIONS = ["fund", "record", "roll", "claim", "claimIssuerBonus", "sweep"] as const;
const BUYBACK = ["buyFlock", "buyFlock for a model", "buyMt"] as const;

/**
 * The rooms after graduation. In every pair the attacker makes the outer call, the token calls the attacker in the middle
 * of it, and the attacker makes the inner one, with every role and every claim that it needs: the guard alone stops it.
 * Nothing else can be entered: `permitFlock`, `permitUsdc` and `permitMt` call a token, but write nothing before or after,
 * and `pokeRoute` and `pokeModel` only read. The MT that the vault pays, and that sweep and buyback burn, calls nobody.
 */
describe("Threats: reentrancy of the rooms after graduation (G7)", () => {
  let f: HookedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(hookedProtocolFixture);
  });

  describe("of the meter, from USDC", () => {
    const calls = async (): Promise<Record<(typeof METER)[number], RoomCall>> => {
      const room = f.meter;
      const value = tokens(7);
      const sums = { units: 2n, list: tokens(50_010), paid: tokens(50_010) };
      const row = await ownVoucher(f, f.bob, sums);
      const card = { modelId: 1n, units: 1n, list: tokens(10), paid: tokens(10) };
      return {
        deposit: { room, fn: "deposit", args: [value] },
        depositWithAuthorization: {
          room,
          fn: DEPOSIT_BY_PARTS,
          args: await signDeposit(f.usdc, f.bob, f.addresses.meter, value),
        },
        depositCredit: { room, fn: "depositCredit", args: [f.bob.address, value] },
        withdraw: { room, fn: "withdraw", args: [f.attacker.address] },
        settle: { room, fn: "settle", args: [1n, [row]] },
        settleCard: { room, fn: "settleCard", args: [[card]] },
      };
    };

    for (const outer of METER) {
      for (const inner of METER) {
        it(`G7 ${inner} cannot be entered from ${outer}`, async () => {
          const table = await calls();
          await f.attacker.reenter(f.usdcToken, table[inner]);
          await f.attacker.act(table[outer]);
          await expectGuarded(f.usdcToken);
          const accounts = await Promise.all([f.bob, f.attacker.contract].map((user) => f.meter.accountOf(user)));
          const booked = accounts.reduce((sum, { deposited, credit }) => sum + deposited + credit, 0n);
          expect(await f.usdc.balanceOf(f.meter)).to.equal(booked);
        });
      }
    }
  });

  describe("of the distributor, from FLOCK", () => {
    const settleCard = (): RoomCall => {
      const card = { modelId: 1n, units: 1n, list: tokens(10), paid: tokens(10) };
      return { room: f.meter, fn: "settleCard", args: [[card]] };
    };
    const calls = (): Record<(typeof EMISSIONS)[number], RoomCall> => {
      const room = f.emissions;
      return {
        fund: { room, fn: "fund", args: [tokens(7)] },
        record: { room, fn: "record", args: [1n, 1n, 1n, []] },
        roll: { room, fn: "roll", args: [1n] },
        claim: { room, fn: "claim", args: [f.bob.address, [1n]] },
        claimIssuerBonus: { room, fn: "claimIssuerBonus", args: [1n, f.attacker.address] },
        sweep: { room, fn: "sweep", args: [1n] },
      };
    };

    for (const outer of EMISSIONS) {
      for (const inner of EMISSIONS) {
        it(`G7 ${inner} cannot be entered from ${outer}`, async () => {
          await f.attacker.reenter(f.flockToken, calls()[inner]);
          // Only the meter records: a settlement makes it do so.
          await f.attacker.act(outer === "record" ? settleCard() : calls()[outer]);
          await expectGuarded(f.flockToken);
        });
      }

      // From a settlement it would be the meter's guard that stops it.
      if (outer === "record") continue;
      it(`G7 a settlement, which no guard of the meter stops, cannot record from ${outer}`, async () => {
        await f.attacker.reenter(f.flockToken, settleCard());
        await f.attacker.act(calls()[outer]);
        await expectGuarded(f.flockToken);
      });
    }
  });

  describe("of the buyback", () => {
    const calls = (): Record<(typeof BUYBACK)[number], RoomCall> => {
      const room = f.buyback;
      return {
        buyFlock: { room, fn: "buyFlock", args: [0n, 0n, NO_DEADLINE] },
        "buyFlock for a model": { room, fn: "buyFlock", args: [1n, 0n, NO_DEADLINE] },
        buyMt: { room, fn: "buyMt", args: [1n, 0n, NO_DEADLINE] },
      };
    };

    for (const inner of BUYBACK) {
      for (const outer of BUYBACK) {
        it(`G7 ${inner} cannot be entered from the FLOCK of ${outer}`, async () => {
          await f.attacker.reenter(f.flockToken, calls()[inner]);
          await f.attacker.act(calls()[outer]);
          await expectGuarded(f.flockToken);
          expect(await f.flock.balanceOf(f.buyback)).to.equal(await f.buyback.flockOf(1n));
        });
      }

      // `buyMt` moves no USDC.
      for (const outer of ["buyFlock", "buyFlock for a model"] as const) {
        it(`G7 ${inner} cannot be entered from the USDC of ${outer}`, async () => {
          await f.attacker.reenter(f.usdcToken, calls()[inner]);
          await f.attacker.act(calls()[outer]);
          await expectGuarded(f.usdcToken);
        });
      }
    }
  });

  describe("of the waterfall, which has no guard", () => {
    const claim = (amount: bigint): RoomCall => ({
      room: f.waterfall,
      fn: "claim",
      args: [SEATS.issuer(1n), amount, f.attacker.address],
    });

    it("G7 a claim can be entered again for what is left of the credit, and for no unit more", async () => {
      const credit = await f.waterfall.creditOf(SEATS.issuer(1n));
      const part = credit / 3n;
      const held = await f.usdc.balanceOf(f.waterfall);
      const before = await f.usdc.balanceOf(f.attacker.address);
      await f.attacker.reenter(f.usdcToken, claim(part));
      await f.attacker.act(claim(part));
      // The third transfer's call finds less than a part; the two before it went through.
      const [refused, ...others] = await hookCallsOf(f.usdcToken);
      expect(refused!.succeeded).to.equal(false);
      const error = f.waterfall.interface.parseError(refused!.result);
      expect(error?.name).to.equal("Waterfall_AboveCredit");
      expect([...error!.args]).to.deep.equal([SEATS.issuer(1n), part, credit - 3n * part]);
      expect(others.map(({ succeeded }) => succeeded)).to.deep.equal([true, true]);

      expect(await f.waterfall.creditOf(SEATS.issuer(1n))).to.equal(credit - 3n * part);
      expect((await f.usdc.balanceOf(f.attacker.address)) - before).to.equal(3n * part);
      expect(held - (await f.usdc.balanceOf(f.waterfall))).to.equal(3n * part);
    });

    it("G7 a claim of the whole credit leaves nothing to enter for", async () => {
      const credit = await f.waterfall.creditOf(SEATS.issuer(1n));
      const before = await f.usdc.balanceOf(f.attacker.address);
      await f.attacker.reenter(f.usdcToken, claim(credit));
      await f.attacker.act(claim(credit));
      const [call, ...others] = await hookCallsOf(f.usdcToken);
      expect(others).to.deep.equal([]);
      expect(call!.succeeded).to.equal(false);
      expect(f.waterfall.interface.parseError(call!.result)?.name).to.equal("Waterfall_AboveCredit");
      expect((await f.usdc.balanceOf(f.attacker.address)) - before).to.equal(credit);
      expect(await f.waterfall.creditOf(SEATS.issuer(1n))).to.equal(0n);
    });
  });

  describe("of the locker, which has no guard", () => {
    it("G7 a release cannot be doubled by liquidity tokens that call back, which a pair's do not", async () => {
      const liquidity = await deployMock("HookFlock");
      const dexFactory = await standIn(f.dexFactory.interface, { getPair: [await liquidity.getAddress()] });
      const locker = await deployAs("locker", [f.flock, dexFactory, f.vault, f.registry], f.deployer);
      await liquidity.getFunction("transfer").send(locker, tokens(100));
      await networkHelpers.time.increase(LOCK_DURATION);
      await f.attacker.reenter(liquidity, { room: locker, fn: "release", args: [1n] });
      await locker.release(1n);
      const [call, ...others] = await hookCallsOf(liquidity);
      expect(others).to.deep.equal([]);
      expect(call!.succeeded).to.equal(false);
      expect(locker.interface.parseError(call!.result)?.name).to.equal("Locker_NothingLocked");
      const held = liquidity.getFunction("balanceOf");
      expect(await held.staticCall(f.treasury)).to.equal(tokens(100));
      expect(await held.staticCall(locker)).to.equal(0n);
    });
  });
});

describe("Threats: reentrancy of the staking room, from an MT that calls back, which the protocol's own does not (G7)", () => {
  for (const outer of STAKING) {
    for (const inner of STAKING) {
      it(`G7 ${inner} cannot be entered from ${outer}`, async () => {
        const { staking, mt, attacker } = await networkHelpers.loadFixture(hookedStakingFixture);
        const calls = {
          stake: { room: staking, fn: "stake", args: [1n, tokens(100)] },
          claimAndStake: { room: staking, fn: "claimAndStake", args: [1n, tokens(100)] },
          withdraw: { room: staking, fn: "withdraw", args: [1n] },
        };
        await attacker.reenter(mt, calls[inner]);
        await attacker.act(calls[outer]);
        await expectGuarded(mt);
        const { active, warming, exiting } = await staking.stakeRecordOf(1n, attacker.contract);
        expect(await mt.getFunction("balanceOf").staticCall(staking)).to.equal(active + warming + exiting);
      });
    }
  }
});
