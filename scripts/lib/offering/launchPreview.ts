import { jsonFlock, jsonMt, jsonWad, show, showDuration, showFlock, showMt, showPrice } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { SALE_SUPPLY, pointAt, soldAt, virtualFlock, virtualMt } from "./curve.ts";
import { curveChart, curveTable, telltalePoints } from "./curvePicture.ts";
import type { LaunchPlan } from "./launchFile.ts";
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
      "pool opens at": plan.openingMode === "averagePrice" ? "the raise's average price" : "the curve's last price",
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
    startPriceFlockPerMt: jsonWad(plan.startPriceWad),
    openingMode: plan.openingMode,
    metadataUri: plan.metadataUri,
    metadataHash: plan.metadataHash,
    ...jsonFlock("virtual", x0),
    ...jsonMt("virtual", virtualMt(plan, x0)),
    curve: telltalePoints(plan, x0, plan.minimumRaise, plan.openingMode).map((point) => ({
      ...jsonFlock("raised", point.raised),
      ...jsonMt("sold", point.sold),
      priceFlockPerMt: jsonWad(point.marginalPriceWad),
      averagePriceFlockPerMt: jsonWad(point.averagePriceWad),
      openingPriceFlockPerMt: point.raised < plan.minimumRaise ? null : jsonWad(point.openingPriceWad),
    })),
    ...jsonFlock("launchFee", conditions.launchFee),
    ...jsonFlock("bundle", plan.bundleFlock),
    ...jsonMt("bundle", preview.bundleMt),
    ...jsonFlock("due", preview.due),
  };
}

/** What a success means at the minimum and at the target. */
function outcomes(plan: LaunchPlan, { creatorFeeBps, baseFeeBps }: LaunchConditions, preview: LaunchPreview): string {
  const line = (what: string, raised: bigint) => {
    const point = pointAt(plan, preview.virtualFlock, raised, plan.openingMode);
    const creatorFee = (raised * creatorFeeBps) / (BPS - baseFeeBps);
    return [
      `  ${what}, ${showFlock(raised)} raised:`,
      `    supporters ${showMt(point.sold - preview.bundleMt)}; the last one paid ${showPrice(point.marginalPriceWad)} before fees, the pool opens at ${showPrice(point.openingPriceWad)}`,
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
