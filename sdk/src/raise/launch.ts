import { bigintsIn } from "../codec/told.ts";
import type { Told } from "../codec/told.ts";
import type { ReadResult } from "../reads/read.ts";
import type { Hex } from "../codec/hex.ts";
import { FomoError } from "../errors/fomoError.ts";
import { sentenceOf } from "../errors/words.ts";
import { BPS, WAD, ceilDiv, rateOfBps } from "../units/numbers.ts";
import { showFlock } from "../units/show.ts";
import { SALE_SUPPLY, soldAt, virtualFlock } from "./curve.ts";
import type { OpeningMode } from "./curve.ts";
import { exactIn } from "./fill.ts";

/** A launch as the offering takes it, except for what the moment decides. */
export interface LaunchPlan {
  name: string;
  symbol: string;
  tierId: bigint;
  /** [USDC units per million units] */
  minimumPrice: bigint;
  /** [FLOCK wei] */
  target: bigint;
  /** [FLOCK wei] */
  minimumRaise: bigint;
  /** [WAD] */
  startPriceWad: bigint;
  /** [s]; 0 stands for 7 days. */
  saleDuration: bigint;
  openingMode: OpeningMode;
  /** [FLOCK wei]; 0 for no bundle. */
  bundleFlock: bigint;
  /** [MT wei] */
  bundleMtMin: bigint;
  /** [FLOCK wei] */
  launchFeeMax: bigint;
  metadataHash: Hex;
  metadataUri: string;
}

/** What the network adds to a launch plan: `launchConditionsOf`. */
export interface LaunchConditions {
  /** [FLOCK wei] */
  launchFee: bigint;
  /** Creator and protocol fee together [bps]. */
  baseFeeBps: bigint;
  creatorFeeBps: bigint;
  antiSnipeStartBps: bigint;
  /** [s] */
  antiSnipeWindow: bigint;
  /** The largest part of what the minimum would sell that a bundle can be [bps]. */
  bundleCapBps: bigint;
  usdcDecimals: number;
}

/**
 * What the network asks of a launch now.
 * @param settings What `offeringSettings` of the offering tells.
 */
export function launchConditionsOf(
  settings: Told<ReadResult<"offering", "offeringSettings">>,
  usdcDecimals: number,
): LaunchConditions {
  const { launchFee, creatorFeeBps, protocolFeeBps, antiSnipeStartBps, antiSnipeWindow, bundleCapBps } =
    bigintsIn<ReadResult<"offering", "offeringSettings">>(settings);
  return {
    ...{ launchFee, creatorFeeBps, antiSnipeStartBps, antiSnipeWindow, bundleCapBps, usdcDecimals },
    baseFeeBps: creatorFeeBps + protocolFeeBps,
  };
}

/** What a launch would bring, before it is paid for. */
export interface LaunchPreview {
  /** x0 [FLOCK wei]. */
  virtualFlock: bigint;
  /** Net of the bundle, with which the raise begins [FLOCK wei]. */
  bundleNet: bigint;
  /** What the bundle yields [MT wei]. */
  bundleMt: bigint;
  /** The most that a bundle can yield [MT wei]. */
  bundleCapMt: bigint;
  /** What the launch takes: fee and bundle [FLOCK wei]. */
  due: bigint;
}

/**
 * Works out a launch as the contracts will. It does not ask whether they accept it: `checkLaunch` does.
 * @throws FomoError `infeasibleCurve`, because there is nothing to show then.
 */
export function previewLaunch(
  plan: Pick<LaunchPlan, "target" | "minimumRaise" | "startPriceWad" | "bundleFlock">,
  { launchFee, baseFeeBps, bundleCapBps }: Pick<LaunchConditions, "launchFee" | "baseFeeBps" | "bundleCapBps">,
): LaunchPreview {
  const { target, minimumRaise, startPriceWad, bundleFlock } = plan;
  const x0 = virtualFlock(plan);
  if (x0 === 0n) {
    throw new FomoError(
      "infeasibleCurve",
      `The curve is not feasible: the target of ${showFlock(target)} must exceed 400,000 MT times the start price, ${showFlock(atStartPrice(startPriceWad))}: raise \`targetFlock\` or lower \`startPriceFlockPerMt\`.`,
    );
  }
  const sale = { raised: 0n, target, virtualFlock: x0, feeRate: rateOfBps(baseFeeBps) };
  // A bundle above the whole sale is cut to it before it is refused for the cap.
  const { flockNet: bundleNet, mtOut: bundleMt } = exactIn(sale, bundleFlock);
  const bundleCapMt = (soldAt(target, x0, minimumRaise) * bundleCapBps) / BPS;
  return { virtualFlock: x0, bundleNet, bundleMt, bundleCapMt, due: launchFee + bundleFlock };
}

/** The shortest, the usual and the longest sale [s]. */
const MIN_SALE_DURATION = 86_400n;
const DEFAULT_SALE_DURATION = 7n * 86_400n;
const MAX_SALE_DURATION = 30n * 86_400n;

/** The largest target that a raise can have [FLOCK wei]: half of FLOCK's supply. */
export const MAX_TARGET = 500_000_000n * WAD;

/** The highest start price [WAD]: with it, the whole sale would bring the largest target. */
const MAX_START_PRICE = (MAX_TARGET * WAD) / SALE_SUPPLY;

/** The smallest minimum of a raise is its target divided by this. */
const MIN_MINIMUM_DIVISOR = 4n;

/** Between which parts of the target the whole sale must be at its start price [percent]. */
const MIN_START_PRICE_PERCENT = 50n;
const MAX_START_PRICE_PERCENT = 99n;

/**
 * The bounds of every launch, whatever the settings are (decision 4), in the order in which the contract asks. What the
 * registry asks comes on top: names, tier and price; and of the moment: fee and bundle (`checkPayment`).
 * @returns x0 [FLOCK wei], and how long the sale lasts [s].
 * @throws FomoError `badValue` or `infeasibleCurve` with the sentence of the contract's error.
 */
export function checkLaunch(
  plan: Pick<LaunchPlan, "target" | "minimumRaise" | "startPriceWad" | "saleDuration" | "metadataHash" | "metadataUri">,
): { virtualFlock: bigint; saleDuration: bigint } {
  const { target, minimumRaise, startPriceWad, metadataHash, metadataUri } = plan;
  if (/^0x0*$/.test(metadataHash) || metadataUri === "") {
    throw new FomoError("badValue", sentenceOf("Offering_MetadataMissing", { metadataHash, metadataUri }));
  }
  const saleDuration = plan.saleDuration === 0n ? DEFAULT_SALE_DURATION : plan.saleDuration;
  checkBound("saleDuration", saleDuration, MIN_SALE_DURATION, MAX_SALE_DURATION);
  checkBound("target", target, 1n, MAX_TARGET);
  checkBound("minimumRaise", minimumRaise, ceilDiv(target, MIN_MINIMUM_DIVISOR), target);
  checkBound("startPriceWad", startPriceWad, 0n, MAX_START_PRICE);
  const x0 = virtualFlock(plan);
  if (x0 === 0n) {
    throw new FomoError("infeasibleCurve", sentenceOf("BondingCurve_Infeasible", { target, startPriceWad }));
  }
  checkBound(
    "saleAtStartPrice",
    atStartPrice(startPriceWad),
    ceilDiv(target * MIN_START_PRICE_PERCENT, 100n),
    (target * MAX_START_PRICE_PERCENT) / 100n,
  );
  return { virtualFlock: x0, saleDuration };
}

/**
 * What the offering asks of the payment of a launch: that its fee is accepted, that the bundle keeps its cap, and that it
 * yields what its issuer accepts.
 * @throws FomoError `badValue`, `yieldsNothing` or `infeasibleCurve` with the sentence of the contract's error.
 */
export function checkPayment(plan: LaunchPlan, conditions: LaunchConditions): void {
  const { launchFeeMax, bundleFlock, bundleMtMin } = plan;
  const { launchFee } = conditions;
  if (launchFee > launchFeeMax) refuse("badValue", "Offering_LaunchFeeAboveMax", { launchFee, launchFeeMax });
  if (bundleFlock === 0n) return;
  const { bundleMt, bundleCapMt } = previewLaunch(plan, conditions);
  if (bundleMt === 0n) refuse("yieldsNothing", "Offering_YieldsNothing", { flockIn: bundleFlock });
  if (bundleMt > bundleCapMt) refuse("badValue", "Offering_BundleAboveCap", { bundleMt, max: bundleCapMt });
  if (bundleMt < bundleMtMin) {
    refuse("badValue", "Offering_OutputBelowMin", { mtOut: bundleMt, mtOutMin: bundleMtMin });
  }
}

/** S P0, what the whole sale would bring at its first price [FLOCK wei]. Nothing is rounded. */
const atStartPrice = (startPriceWad: bigint) => (SALE_SUPPLY * startPriceWad) / WAD;

function checkBound(bound: string, value: bigint, min: bigint, max: bigint): void {
  if (value >= min && value <= max) return;
  throw new FomoError("badValue", sentenceOf("Bounds_OutOfRange", { value, min, max }, { bound }));
}

function refuse(code: "badValue" | "yieldsNothing", name: string, values: Record<string, bigint>): never {
  throw new FomoError(code, sentenceOf(name, values));
}
