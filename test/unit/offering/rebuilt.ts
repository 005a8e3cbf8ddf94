import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { ethers, launchPayment, networkHelpers, protocolFixture, workedExample } from "../../support/fixtures.ts";
import { BUNDLE_PAID, LOCAL_SETTINGS, MODE, OUTCOME, govern, structOf } from "../../support/scenes.ts";
import type { ProtocolScene } from "../../support/scenes.ts";
import { ANTI_SNIPE_WINDOW, DAY, MAX_PAUSE_DURATION, MIN_PAUSE_INTERVAL, NO_DEADLINE } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";

/** A raise as its events tell it. */
interface Raise {
  token: string;
  record: Record<"running" | "curve" | "terms" | "claimedFees", Record<string, unknown>>;
  fees: { creator: bigint; protocol: bigint };
  claimed: { creator: bigint; protocol: bigint };
  positions: Map<string, [mt: bigint, flockNet: bigint]>;
}

/** The state of the offering from its events alone: it copies and adds, and knows no formula and asks no contract. */
async function rebuild(f: ProtocolScene) {
  const raises = new Map<bigint, Raise>();
  const state = {
    raises,
    settings: undefined as unknown,
    launchFees: { collected: 0n, claimed: 0n },
    buyPause: [0n, 0n, 0n],
  };
  for (const log of await ethers.provider.getLogs({ address: f.addresses.offering, fromBlock: 0 })) {
    const { name, args: values } = f.offering.interface.parseLog(log)!;
    const args = structOf(values);
    const number = (field: string) => args[field] as bigint;
    const time = BigInt((await log.getBlock()).timestamp);
    const raise = raises.get(number("modelId"))!;
    switch (name) {
      case "AuthorityUpdated":
        break; // OpenZeppelin's, and tested with the roles
      case "OfferingSettingsChanged":
        state.settings = args["settings"];
        break;
      case "BuysPaused":
        state.buyPause = [time, number("endsAt"), number("pausedBefore")];
        break;
      case "BuysUnpaused":
        state.buyPause[1] = time;
        break;
      case "ModelLaunched":
        raises.set(number("modelId"), launched(args));
        state.launchFees.collected = number("launchFees");
        break;
      case "LaunchFeesClaimed":
        state.launchFees.claimed = number("claimed");
        break;
      case "BundleBought":
        Object.assign(raise.record.running, { raised: args["flockNet"], gross: args["flockIn"] });
        raise.record.terms["bundleNet"] = args["flockNet"];
        raise.fees = { creator: number("creatorFees"), protocol: number("protocolFees") };
        break;
      case "Bought": {
        Object.assign(raise.record.running, { raised: args["raised"], gross: args["gross"] });
        raise.fees = { creator: number("creatorFees"), protocol: number("protocolFees") };
        const recipient = args["recipient"] as string;
        const [mt, flockNet] = raise.positions.get(recipient) ?? [0n, 0n];
        raise.positions.set(recipient, [mt + number("mtOut"), flockNet + number("flockNet")]);
        break;
      }
      case "TargetReached":
        raise.record.running["endsAt"] = args["endsAt"];
        break;
      case "RaiseGraduated":
        raise.record.running["outcome"] = OUTCOME.Graduated;
        break;
      case "RaiseFailed":
        raise.record.running["outcome"] = OUTCOME.Failed;
        break;
      case "Claimed":
      case "Refunded":
        raise.positions.set(args["account"] as string, [0n, 0n]);
        break;
      case "BundleRefunded":
        raise.record.terms["bundleNet"] = 0n;
        break;
      case "CreatorFeeClaimed":
        raise.record.claimedFees["creator"] = raise.claimed.creator = number("claimed");
        break;
      case "ProtocolFeeClaimed":
        raise.record.claimedFees["protocol"] = raise.claimed.protocol = number("claimed");
        break;
      default:
        throw new Error(`the rebuilt offering does not know ${name}`);
    }
  }
  return state;
}

/** A raise as its launch leaves it. */
function launched({ terms, settings, ...args }: Record<string, unknown>): Raise {
  const [of, by] = [structOf(terms as object), structOf(settings as object)];
  return {
    token: args["token"] as string,
    record: {
      running: {
        raised: 0n,
        gross: 0n,
        endsAt: args["endsAt"],
        outcome: OUTCOME.Open,
        antiSnipeStartBps: by["antiSnipeStartBps"],
        openingMode: of["openingMode"],
      },
      curve: {
        target: of["target"],
        virtualFlock: args["virtualFlock"],
        startAt: args["startsAt"],
        antiSnipeWindow: by["antiSnipeWindow"],
        creatorFeeBps: by["creatorFeeBps"],
        protocolFeeBps: by["protocolFeeBps"],
      },
      terms: { minimumRaise: of["minimumRaise"], commitment: args["commitment"], bundleNet: 0n },
      claimedFees: { creator: 0n, protocol: 0n },
    },
    fees: { creator: 0n, protocol: 0n },
    claimed: { creator: 0n, protocol: 0n },
    positions: new Map(),
  };
}

/** Three raises that go every way: sold out and graduated, failed and refunded, open in the middle of a pause. */
async function livedFixture() {
  const f = await protocolFixture();
  const { offering, alice, bob, carol, dave, guardian, treasury } = f;
  const launch = (terms = {}, bundleFlock = 0n) =>
    offering.connect(alice).launch(workedExample(terms), launchPayment({ bundleFlock }));
  const buy = (id: bigint, flockIn: bigint, recipient = bob) =>
    offering.connect(bob).buyExactIn(id, flockIn, 0n, recipient, NO_DEADLINE);
  await launch({}, BUNDLE_PAID);
  await offering.connect(guardian).pauseBuys();
  await launch({ openingMode: MODE.CurvePrice, saleDuration: 3n * DAY });
  await networkHelpers.time.increase(DAY);
  await offering.connect(guardian).unpauseBuys();
  await networkHelpers.time.increase(100n); // within the window of the high fee
  await buy(1n, tokens(77));
  await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
  await buy(1n, tokens(10_000) + 1n);
  await buy(1n, tokens(3), dave);
  await offering.connect(carol).buyExactOut(1n, tokens(1_000), tokens(1_000), carol, NO_DEADLINE);
  await buy(2n, tokens(7), dave);
  await offering.connect(alice).claimCreatorFee(1n, carol);
  await offering.connect(carol).buyExactIn(1n, tokens(100_000), 0n, carol, NO_DEADLINE);
  await offering.connect(treasury).claimProtocolFee(1n, dave);
  await offering.connect(treasury).claimLaunchFees(dave);
  await offering.graduate(1n);
  await offering.claim(1n, bob);
  await launch({ minimumRaise: tokens(40_000) }, tokens(1_000));
  await buy(3n, tokens(5));
  await networkHelpers.time.increase(8n * DAY);
  await offering.refund(3n, bob);
  await offering.refundBundle(3n);
  const settings = { ...LOCAL_SETTINGS, launchFee: tokens(5), creatorFeeBps: 7n };
  await govern(f, f.addresses.offering, offering.interface.encodeFunctionData("setOfferingSettings", [settings]));
  await networkHelpers.time.increase(MIN_PAUSE_INTERVAL);
  await launch({ saleDuration: 30n * DAY });
  await buy(4n, tokens(11), carol);
  await offering.connect(guardian).pauseBuys();
  await networkHelpers.time.increase(MAX_PAUSE_DURATION / 2n);
  return f;
}

describe("RealModelOffering: its state, rebuilt from events alone", () => {
  let f: ProtocolScene;
  let rebuilt: Awaited<ReturnType<typeof rebuild>>;
  before(async () => {
    f = await networkHelpers.loadFixture(livedFixture);
    rebuilt = await rebuild(f);
  });

  it("has every raise, with its record and the address of its token", async () => {
    expect(BigInt(rebuilt.raises.size)).to.equal(await f.registry.modelCount());
    for (const [modelId, { record, token }] of rebuilt.raises) {
      const stored = await f.offering.raiseOf(modelId);
      for (const [part, fields] of Object.entries(record)) {
        expect(structOf(stored[part as keyof typeof record]), `${modelId} ${part}`).to.deep.equal(fields);
      }
      expect(await f.offering.tokenOf(modelId)).to.equal(token);
      expect(token).to.not.equal(ZeroAddress);
    }
    const outcomes = [...rebuilt.raises.values()].map(({ record }) => record.running["outcome"]);
    expect(outcomes).to.deep.equal([OUTCOME.Graduated, OUTCOME.Open, OUTCOME.Failed, OUTCOME.Open]);
  });

  it("has every position", async () => {
    for (const [modelId, { positions }] of rebuilt.raises) {
      for (const account of [f.alice, f.bob, f.carol, f.dave, f.stranger]) {
        const expected = positions.get(account.address) ?? [0n, 0n];
        expect(await f.offering.positionOf(modelId, account)).to.deep.equal(expected);
      }
    }
  });

  it("has the fees that were not claimed, to the wei and without dividing anything", async () => {
    for (const [modelId, { fees, claimed }] of rebuilt.raises) {
      expect(await f.offering.unclaimedFeesOf(modelId)).to.deep.equal([
        fees.creator - claimed.creator,
        fees.protocol - claimed.protocol,
      ]);
    }
    const { collected, claimed } = rebuilt.launchFees;
    expect(await f.offering.unclaimedLaunchFees()).to.equal(collected - claimed);
  });

  it("has the settings and the raise clock", async () => {
    expect(await f.offering.offeringSettings()).to.deep.equal(rebuilt.settings);
    expect(await f.offering.buyPause()).to.deep.equal(rebuilt.buyPause);
  });
});
