import { expect } from "chai";

import { DAY, tokens } from "../support/expected.ts";
import { NO_DEADLINE, launchPayment, networkHelpers, workedExample } from "../support/fixtures.ts";
import { mockFlockOffering } from "../support/mockFlock.ts";
import { OUTCOME } from "../support/scenes.ts";

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

describe("Threats: reentrancy through a token's callback (G7)", () => {
  let f: Awaited<ReturnType<typeof hookFixture>>;

  /** Sets the callback and returns what its last call ended with. */
  const hook = (data: string) => f.token.getFunction("setHook")(f.addresses.offering, data);
  const hookCalls = async () => (await f.token.getFunction("hookCalls").staticCall()) as bigint;
  const hookSucceeded = async () => (await f.token.getFunction("hookSucceeded").staticCall()) as boolean;
  const expectGuarded = async () => {
    expect((await hookCalls()) > 0n).to.equal(true);
    expect(await hookSucceeded()).to.equal(false);
    const result = (await f.token.getFunction("hookResult").staticCall()) as string;
    expect(f.offering.interface.parseError(result)?.name).to.equal("ReentrancyGuardReentrantCall");
  };

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
      await expectGuarded();
    });

    it(`G7 ${name} cannot be entered from the payments of a graduation`, async () => {
      f = await networkHelpers.loadFixture(hookSoldOutFixture);
      await hook(entries()[name]!);
      await f.offering.graduate(1n);
      await expectGuarded();
      expect((await f.offering.offeringOf(1n)).outcome).to.equal(OUTCOME.Graduated);
    });

    it(`G7 ${name} cannot be entered from a refund`, async () => {
      f = await networkHelpers.loadFixture(hookMissedFixture);
      const { flockNet } = await f.offering.positionOf(1n, f.bob);
      const before = await f.flock.balanceOf(f.bob);
      await hook(entries()[name]!);
      await f.offering.refund(1n, f.bob);
      await expectGuarded();
      expect((await f.flock.balanceOf(f.bob)) - before).to.equal(flockNet);
    });
  }

  it("G7 fail, which has no guard, sees a final state: it cannot undo a graduation from within", async () => {
    f = await networkHelpers.loadFixture(hookSoldOutFixture);
    await networkHelpers.time.increase(31n * DAY);
    await hook(f.offering.interface.encodeFunctionData("fail", [1n]));
    await f.offering.graduate(1n);
    expect(await hookSucceeded()).to.equal(false);
    expect((await f.offering.offeringOf(1n)).outcome).to.equal(OUTCOME.Graduated);
  });

  it("G7 a release of the vault cannot be doubled from within its own transfer", async () => {
    f = await networkHelpers.loadFixture(hookSoldOutFixture);
    await f.offering.graduate(1n);
    await networkHelpers.time.increase(90n * DAY);
    const data = f.vault.interface.encodeFunctionData("release", [1n, 3n]);
    await f.token.getFunction("setHook")(f.addresses.vault, data);
    await f.vault.release(1n, 3n);
    expect(await hookSucceeded()).to.equal(false);
    const { released } = await f.vault.allocationOf(1n, 3n);
    expect(await f.flock.balanceOf(f.treasury)).to.equal(released);
  });
});
