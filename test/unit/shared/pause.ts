import { Signature, ZeroAddress } from "ethers";

import { behavesLikePause } from "../../behaviours/pause.ts";
import type { PausableScene, PauseCase } from "../../behaviours/pause.ts";
import { WAIT, pokeAll } from "../../support/buyback.ts";
import { at } from "../../support/clock.ts";
import { launchPayment, workedExample } from "../../support/fixtures.ts";
import { NO_DEADLINE, OBSERVATION_AGE } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";
import { DEPOSIT_BY_BYTES, DEPOSIT_BY_PARTS, signDeposit } from "../../support/usage/signatures.ts";

/** Launches a model of the platform's, which holds FLOCK. */
const launch = (f: PausableScene, bundleFlock = 0n) =>
  f.offering.connect(f.platform).launch(workedExample(), launchPayment({ bundleFlock }));

/** Deposits USDC of the platform's by a signature. */
const depositBySignature = async (f: PausableScene) =>
  f.meter[DEPOSIT_BY_PARTS](...(await signDeposit(f.usdc, f.platform, f.addresses.meter, 1n)));
const depositByBytes = async (f: PausableScene) => {
  const [user, amount, after, before, nonce, v, r, s] = await signDeposit(f.usdc, f.platform, f.addresses.meter, 1n);
  return f.meter[DEPOSIT_BY_BYTES](user, amount, after, before, nonce, Signature.from({ v, r, s }).serialized);
};

/** Keepers go on while buybacks are paused: the averages are ready when the pause ends. */
async function observeBefore(f: PausableScene, endsAt: bigint) {
  for (const time of [endsAt - OBSERVATION_AGE - 100n, endsAt - 50n]) {
    await at(time);
    await pokeAll(f);
  }
}

const PAUSES: PauseCase[] = [
  {
    what: "Launches",
    contractOf: (f) => f.offering,
    entrances: [
      { fn: "launch", enter: (f) => launch(f) },
      { fn: "launch with a bundle", enter: (f) => launch(f, tokens(100)) },
    ],
    refusal: { error: "Offering_LaunchesPaused", args: (endsAt) => [endsAt] },
  },
  {
    what: "Buys",
    contractOf: (f) => f.offering,
    entrances: [
      {
        fn: "buyExactIn",
        enter: (f) => f.offering.connect(f.carol).buyExactIn(f.openId, tokens(10), 0n, f.carol, NO_DEADLINE),
      },
      {
        fn: "buyExactOut",
        enter: (f) => f.offering.connect(f.carol).buyExactOut(f.openId, 1n, tokens(10), f.carol, NO_DEADLINE),
      },
      { fn: "launch with a bundle", enter: (f) => launch(f, tokens(100)) },
    ],
    refusal: { error: "Offering_BuysPaused", args: (endsAt) => [endsAt] },
    alsoReported: (pausedBefore) => [pausedBefore],
  },
  {
    what: "Deposits",
    contractOf: (f) => f.meter,
    entrances: [
      { fn: "deposit", enter: (f) => f.meter.connect(f.platform).deposit(1n) },
      { fn: "depositCredit", enter: (f) => f.meter.connect(f.platform).depositCredit(f.bob, 1n) },
      { fn: "depositWithAuthorization", enter: depositBySignature },
      { fn: "depositWithAuthorization in bytes", enter: depositByBytes },
    ],
    refusal: { error: "Meter_DepositsPaused", args: (endsAt) => [endsAt] },
  },
  {
    what: "Buybacks",
    contractOf: (f) => f.buyback,
    entrances: [
      { fn: "buyFlock", enter: (f) => f.buyback.buyFlock(0n, 0n, NO_DEADLINE) },
      { fn: "buyFlock for a model", enter: (f) => f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE) },
      { fn: "buyMt", enter: (f) => f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE) },
    ],
    refusal: { error: "Buyback_Wait", args: () => [WAIT.Paused, ZeroAddress] },
    beforeEnd: observeBefore,
  },
];

describe("PauseWindow", () => {
  for (const pause of PAUSES) {
    describe(`the pause of ${pause.what.toLowerCase()}`, () => {
      behavesLikePause(pause);
    });
  }
});
