import { expect } from "chai";

import { pointAt, priceAt, raisedAt, soldAt, virtualFlock, virtualMt, SALE_SUPPLY } from "../../sdk/src/raise/curve.ts";
import { feeOn, feeRateAt, feesOf, grossFor } from "../../sdk/src/raise/fees.ts";
import { quoteExactIn, quoteExactOut } from "../../sdk/src/raise/fill.ts";
import type { PurchaseQuote } from "../../sdk/src/raise/fill.ts";
import { checkLaunch, MAX_TARGET } from "../../sdk/src/raise/launch.ts";
import { sharesAt } from "../../sdk/src/raise/shares.ts";
import { explainRevert } from "../../sdk/src/errors/explain.ts";
import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import { OPENING_MODES } from "../../sdk/src/names/enums.ts";
import { drawTarget, drawUpTo } from "../support/cases.ts";
import { QuickRandom } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import { expectQuoted, resultsOf, statesOf } from "../support/states.ts";
import { DAY } from "../support/time.ts";

const CURVES = scaled(8_000, 120_000);
const PURCHASES = scaled(22_000, 300_000);
const LAUNCHES = scaled(3_000, 40_000);

/** Whole FLOCK that the sale brings at its first price for one wei of that price, as the contract works it out. */
const SALE_TOKENS = 400_000n;

/** The smallest and the largest first price that a launch may have [WAD]. */
function boundsOfPrice(target: bigint): { min: bigint; max: bigint } {
  const least = (target * 50n + 99n) / 100n;
  return { min: (least + SALE_TOKENS - 1n) / SALE_TOKENS, max: (target * 99n) / 100n / SALE_TOKENS };
}

/** The terms of a curve that a launch may have: targets of every size, first prices from one bound to the other. */
function drawCurve(random: Random): { target: bigint; startPriceWad: bigint } {
  const target = drawTarget(random);
  const { min, max } = boundsOfPrice(target);
  return min > max ? drawCurve(random) : { target, startPriceWad: min + drawUpTo(random, max - min) };
}

describe("SDK: quotes of raises, against the contracts to the wei", function () {
  this.timeout(120_000);

  it(`curve, opening pool and who gets what agree in ${CURVES.toLocaleString("en-US")} states`, async () => {
    const random = new QuickRandom("quotes of curves");
    const states = statesOf(CURVES, () => {
      const { target, startPriceWad } = drawCurve(random);
      const raised = drawUpTo(random, target);
      const bundleNet = drawUpTo(random, raised);
      const mode = random.uniform(0n, 1n);
      return [target, startPriceWad, raised, drawUpTo(random, SALE_SUPPLY), bundleNet, mode] as const;
    });
    await expectQuoted("RaiseStates", "curves", states, ([target, startPriceWad, raised, sold, bundleNet, mode]) => {
      const terms = { target, startPriceWad };
      const x0 = virtualFlock(terms);
      const openingMode = OPENING_MODES[Number(mode)]!;
      const { sold: soldThen, marginalPriceWad, poolFlock } = pointAt(terms, x0, raised, openingMode);
      const { mt, flock } = sharesAt(
        {
          ...{ target, virtualFlock: x0, openingMode, bundleNet, bundleMt: soldAt(target, x0, bundleNet) },
          ...{ creatorFeeBps: 30n, baseFeeBps: 125n, launchFee: 0n },
        },
        raised,
      );
      expect(marginalPriceWad === priceAt(target, x0, raised) && flock.pool === poolFlock).to.equal(true);
      return [
        ...[x0, virtualMt(terms, x0), soldThen, raisedAt(target, x0, sold), marginalPriceWad],
        ...[mt.claimable, mt.pool, mt.incentiveReserve, mt.issuer + mt.bundle, mt.treasury, mt.burned],
        ...[flock.protocol, flock.pool],
      ];
    });
  });

  it(`fees at any second, exact-in, exact-out and clamp agree in ${PURCHASES.toLocaleString("en-US")} states`, async () => {
    const random = new QuickRandom("quotes of purchases");
    const states = statesOf(PURCHASES, () => {
      const terms = drawCurve(random);
      const { target } = terms;
      const raised = drawUpTo(random, target - 1n);
      const creatorBps = random.uniform(0n, 100n);
      const baseBps = creatorBps + random.uniform(0n, 200n);
      const startBps = random.pick([baseBps, 9_900n, random.uniform(baseBps, 9_900n)]);
      const window = random.pick([0n, 1n, 5_880n, 21_600n, random.uniform(0n, 65_535n)]);
      const elapsed = random.pick([0n, 1n, window, window + 1n, random.uniform(0n, window + 1n)]);
      const most = random.pick([target - raised, 3n * (target - raised), 200n * target]);
      const sale = [target, virtualFlock(terms), raised, baseBps, startBps, window, elapsed] as const;
      return [...sale, 1n + drawUpTo(random, most), 1n + drawUpTo(random, SALE_SUPPLY), creatorBps] as const;
    });
    const seen = { nothing: 0, clampedIn: 0, clampedOut: 0, falling: 0 };
    await expectQuoted("RaiseStates", "purchases", states, (state) => {
      const [target, x0, raised, baseBps, startBps, window, elapsed, flockIn, mtOut, creatorBps] = state;
      const fees = { creatorFeeBps: creatorBps, protocolFeeBps: baseBps - creatorBps };
      const feeRate = feeRateAt({ ...fees, antiSnipeStartBps: startBps, antiSnipeWindow: window }, elapsed);
      const sale = { raised, target, virtualFlock: x0, feeRate };
      const paid = orNothing(() => quoteExactIn(sale, flockIn));
      const got = quoteExactOut(sale, mtOut);
      if (elapsed < window) seen.falling++;
      if (got.clamped) seen.clampedOut++;
      if (paid === undefined) seen.nothing++;
      else if (paid.clamped) seen.clampedIn++;
      // What yields nothing is refused, and has no fill to compare.
      const {
        flockIn: pays,
        flockNet: net,
        mtOut: gets,
      } = paid ?? { flockIn, flockNet: flockIn - feeOn(flockIn, feeRate), mtOut: 0n };
      return [
        ...[feeRate, pays, net, gets, got.flockIn, got.flockNet, got.mtOut],
        ...[feeOn(flockIn, feeRate), grossFor(flockIn, feeRate), feesOf(flockIn, 0n, creatorBps).creator],
      ];
    });
    for (const [what, count] of Object.entries(seen)) expect(count, what).to.be.greaterThan(PURCHASES / 100);
  });

  it(`launches are refused with the contracts' sentences, or have their curve, in ${LAUNCHES.toLocaleString("en-US")} states`, async () => {
    const random = new QuickRandom("quotes of launches");
    const states = statesOf(LAUNCHES, () => {
      const target = random.pick([0n, MAX_TARGET + 1n, ...Array<bigint>(10).fill(drawTarget(random, 1n))]);
      const { min, max } = boundsOfPrice(target);
      const price = max > min ? min + drawUpTo(random, max - min) : max;
      const startPriceWad = random.pick([price, price, price, min - 1n, max + 1n, drawUpTo(random, 2n * max + 2n)]);
      const quarter = (target + 3n) / 4n;
      const within = quarter + drawUpTo(random, target - quarter);
      const minimumRaise = random.pick([within, within, within, within, within, quarter - 1n, target + 1n]);
      const saleDuration = random.pick([0n, DAY, 7n * DAY, 30n * DAY, DAY + drawUpTo(random, 29n * DAY), DAY - 1n, 30n * DAY + 1n]); // prettier-ignore
      return [target, notBelowZero(minimumRaise), notBelowZero(startPriceWad), saleDuration] as const;
    });
    const results = await resultsOf("RaiseStates", "launches", states);
    const seen = new Map<string, number>();
    for (const [index, [target, minimumRaise, startPriceWad, saleDuration]] of states.entries()) {
      const [selector, ...words] = results[index]!;
      const terms = { target, minimumRaise, startPriceWad, saleDuration };
      const check = () => checkLaunch({ ...terms, metadataHash: `0x${"11".repeat(32)}`, metadataUri: "ipfs://" });
      if (selector === 0n) {
        expect(check()).to.deep.equal({ virtualFlock: words[0], saleDuration: words[1] });
        seen.set("accepted", (seen.get("accepted") ?? 0) + 1);
        continue;
      }
      const { name, sentence, values } = explainRevert(errorOf(selector!, words))!;
      const what = `${name} ${values.name ?? ""}`;
      seen.set(what, (seen.get(what) ?? 0) + 1);
      expect(messageOf(check), states[index]!.join(", ")).to.equal(sentence);
    }
    expect(seen.size).to.equal(7);
    for (const [what, count] of seen) expect(count, what).to.be.greaterThan(LAUNCHES / 1_000);
  });
});

const notBelowZero = (value: bigint) => (value < 0n ? 0n : value);

/** A fill; undefined if the payment is refused because it yields nothing. */
function orNothing(quote: () => PurchaseQuote): PurchaseQuote | undefined {
  try {
    return quote();
  } catch (error) {
    if (error instanceof FomoError && error.code === "yieldsNothing") return undefined;
    throw error;
  }
}

/** The data of an error from its selector and words. */
function errorOf(selector: bigint, words: readonly bigint[]): string {
  return `0x${selector.toString(16).padStart(8, "0")}${words.map((word) => word.toString(16).padStart(64, "0")).join("")}`;
}

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof FomoError) return error.message;
    throw error;
  }
  return "accepted";
}
