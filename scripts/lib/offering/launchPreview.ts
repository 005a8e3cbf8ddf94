import {
  jsonFlock,
  jsonMt,
  jsonPrice,
  show,
  showDuration,
  showFlock,
  showMt,
  showPrice,
  showShare,
} from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { SALE_SUPPLY, pointAt, soldAt, virtualFlock, virtualMt } from "./curve.ts";
import { curveChart, curveTable, telltalePoints } from "./curvePicture.ts";
import type { LaunchPlan } from "./launchFile.ts";
import { aboveOpeningFrom, besidePrice, OPENING_WORDS } from "./opening.ts";
import { pairsOf } from "../command/table.ts";

/** What the network adds to a launch plan. */
export interface LaunchConditions {
  /** [FLOCK wei] */
  launchFee: bigint;
  /** Creator and protocol fee together [bps]. */
  baseFeeBps: bigint;
  creatorFeeBps: bigint;
  antiSnipeStartBps: bigint;
  /** [s] */
  antiSnipeWindow: bigint;
  usdcDecimals: number;
}

/** What a launch would bring, before it is paid for. */
export interface LaunchPreview {
  virtualFlock: bigint;
  /** Net of the bundle, with which the raise begins [FLOCK wei]. */
  bundleNet: bigint;
  /** What the bundle yields [MT wei]. */
  bundleMt: bigint;
  /** What the launch takes: fee and bundle [FLOCK wei]. */
  due: bigint;
}

const BPS = 10_000n;

/**
 * Works out a launch as the contracts will.
 * @throws CommandError if the curve is not feasible, because there is nothing to show then.
 */
export function previewLaunch(plan: LaunchPlan, { launchFee, baseFeeBps }: LaunchConditions): LaunchPreview {
  const x0 = virtualFlock(plan);
  if (x0 === 0n) {
    throw new CommandError(
      `The curve is not feasible: the target of ${showFlock(plan.target)} must exceed 400,000 MT times the start price, ${showFlock((SALE_SUPPLY * plan.startPriceWad) / 10n ** 18n)}: raise \`targetFlock\` or lower \`startPriceFlockPerMt\`.`,
    );
  }
  const fee = (plan.bundleFlock * baseFeeBps + BPS - 1n) / BPS;
  const bundleNet = plan.bundleFlock - fee;
  return {
    virtualFlock: x0,
    bundleNet,
    bundleMt: soldAt(plan.target, x0, bundleNet),
    due: launchFee + plan.bundleFlock,
  };
}

/** A launch for people: terms, curve, and what everybody gets. */
export function describeLaunch(plan: LaunchPlan, conditions: LaunchConditions, preview: LaunchPreview): string {
  const { virtualFlock: x0 } = preview;
  const percent = (bps: bigint) => `${show(bps, 2)}%`;
  const seconds = conditions.antiSnipeWindow;
  return [
    pairsOf({
      token: `${plan.name} (${plan.symbol})`,
      target: showFlock(plan.target),
      "minimum raise": showFlock(plan.minimumRaise),
      "start price": showPrice(plan.startPriceWad),
      sale: `${showMt(SALE_SUPPLY)} in ${showDuration(plan.saleDuration)}`,
      "virtual reserves": `${showFlock(x0)}, ${showMt(virtualMt(plan, x0))}`,
      "pool opens at": OPENING_WORDS[plan.openingMode],
      "minimum price": `${show(plan.minimumPrice, conditions.usdcDecimals)} USDC per million units, hosting tier ${plan.tierId.toString()}`,
      "purchase fees": `${percent(conditions.baseFeeBps)}, of which ${percent(conditions.creatorFeeBps)} are yours; it begins at ${percent(conditions.antiSnipeStartBps)} and falls for ${showDuration(seconds)}`,
      metadata: `${plan.metadataUri}, SHA-256 ${plan.metadataHash}`,
    }),
    "\nThe curve, if the raise ended at each of these sums:",
    curveTable(telltalePoints(plan, x0, plan.minimumRaise, plan.openingMode), plan.minimumRaise),
    "",
    curveChart(plan, x0),
    "\nWho gets what:",
    outcomes(plan, conditions, preview),
    "\nWhat you pay now:",
    pairsOf({
      "launch fee": showFlock(conditions.launchFee),
      bundle: `${showFlock(plan.bundleFlock)} for ${showMt(preview.bundleMt)}, vesting`,
      together: showFlock(preview.due),
    }),
  ].join("\n");
}

/** A launch for machines. */
export function jsonOfLaunch(plan: LaunchPlan, conditions: LaunchConditions, preview: LaunchPreview) {
  const { virtualFlock: x0 } = preview;
  return {
    name: plan.name,
    symbol: plan.symbol,
    ...jsonFlock("target", plan.target),
    ...jsonFlock("minimumRaise", plan.minimumRaise),
    ...jsonPrice("startPrice", plan.startPriceWad),
    openingMode: plan.openingMode,
    metadataUri: plan.metadataUri,
    metadataHash: plan.metadataHash,
    ...jsonFlock("virtual", x0),
    ...jsonMt("virtual", virtualMt(plan, x0)),
    curve: telltalePoints(plan, x0, plan.minimumRaise, plan.openingMode).map((point) => {
      const opens = point.raised >= plan.minimumRaise;
      const aboveOpeningFrom = opens ? aboveFrom(plan, conditions, preview, point.raised) : undefined;
      return {
        ...jsonFlock("raised", point.raised),
        ...jsonMt("sold", point.sold),
        ...jsonPrice("price", point.marginalPriceWad),
        ...jsonPrice("averagePrice", point.averagePriceWad),
        ...jsonPrice("buyerPrice", withFee(point.marginalPriceWad, conditions.baseFeeBps)),
        ...jsonPrice("openingPrice", opens ? point.openingPriceWad : null),
        ...jsonFlock("aboveOpeningFrom", aboveOpeningFrom ?? null),
      };
    }),
    ...jsonFlock("launchFee", conditions.launchFee),
    ...jsonFlock("bundle", plan.bundleFlock),
    ...jsonMt("bundle", preview.bundleMt),
    ...jsonFlock("due", preview.due),
  };
}

/** What somebody pays for a token when the curve asks a price and the fee is at its base [WAD]. */
const withFee = (priceWad: bigint, baseFeeBps: bigint) => (priceWad * BPS) / (BPS - baseFeeBps);

/** From which sum on buyers pay more for a token than the pool opens at, if the raise ends with `end` [FLOCK wei]. */
const aboveFrom = (plan: LaunchPlan, { baseFeeBps }: LaunchConditions, preview: LaunchPreview, end: bigint) =>
  aboveOpeningFrom({ ...plan, virtualFlock: preview.virtualFlock }, end, baseFeeBps);

/** What a success means at the minimum and at the target, for the issuer and beside what supporters pay. */
function outcomes(plan: LaunchPlan, conditions: LaunchConditions, preview: LaunchPreview): string {
  const { creatorFeeBps, baseFeeBps } = conditions;
  const line = (what: string, raised: bigint) => {
    const point = pointAt(plan, preview.virtualFlock, raised, plan.openingMode);
    const lastWad = withFee(point.marginalPriceWad, baseFeeBps);
    const from = aboveFrom(plan, conditions, preview, raised);
    const creatorFee = (raised * creatorFeeBps) / (BPS - baseFeeBps);
    return [
      `  ${what}, ${showFlock(raised)} raised:`,
      `    supporters ${showMt(point.sold - preview.bundleMt)}; the last one pays ${showPrice(lastWad)}, fee included, and the pool opens at ${showPrice(point.openingPriceWad)}, ${besidePrice(point.openingPriceWad, lastWad, "that")}`,
      ...(from === undefined
        ? []
        : [
            `               whoever buys after the first ${showFlock(from)} (${showShare(from, raised)}) pays more for a token than the pool opens at`,
          ]),
      `    issuer     ${showMt(point.sold / 4n + preview.bundleMt)}, vesting over 180 days, and about ${showFlock(creatorFee)} in fees`,
      `    pool       ${showFlock(point.poolFlock)} and ${showMt(point.poolMt)}, locked for 48 months`,
    ];
  };
  const atMinimum = plan.minimumRaise < plan.target ? line("At the minimum", plan.minimumRaise) : [];
  return [
    `  Below ${showFlock(plan.minimumRaise)}: everyone is refunded what went into the raise; fees and the launch fee are not.`,
    ...atMinimum,
    ...line("At the target", plan.target),
  ].join("\n");
}
