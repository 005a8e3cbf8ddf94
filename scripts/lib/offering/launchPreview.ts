import { rateOfBps } from "../../../sdk/src/units/numbers.ts";
import { jsonFlock, jsonMt, jsonPrice } from "../command/amounts.ts";
import { show, showDuration, showFlock, showMt, showPrice, showShare } from "../../../sdk/src/units/show.ts";
import { jsonShares, sharesTable } from "./sharesTable.ts";
import { SALE_SUPPLY, pointAt, virtualMt } from "../../../sdk/src/raise/curve.ts";
import { priceWithFee } from "../../../sdk/src/raise/fees.ts";
import type { LaunchConditions, LaunchPlan, LaunchPreview } from "../../../sdk/src/raise/launch.ts";
import { aboveOpeningFrom, openingPrices } from "../../../sdk/src/raise/opening.ts";
import { sharesAt } from "../../../sdk/src/raise/shares.ts";
import { curveChart, curveTable, telltalePoints } from "./curvePicture.ts";
import { besidePrice, jsonOpening, OPENING_WORDS } from "./opening.ts";
import { pairsOf } from "../command/table.ts";

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
    curveTable(telltalePoints(plan, x0, plan.minimumRaise, plan.openingMode), plan.minimumRaise, (priceWad) =>
      withFee(priceWad, conditions.baseFeeBps),
    ),
    "",
    curveChart(plan, x0, [
      ...(preview.bundleNet === 0n ? [] : [{ sign: "B", what: "after your bundle", raised: preview.bundleNet }]),
      { sign: "M", what: "the minimum", raised: plan.minimumRaise },
    ]),
    "\nWhat supporters pay, and at which price the pool opens:",
    outcomes(plan, conditions, preview),
    "\nWhere all MT and all FLOCK go; fees as if everybody bought after the anti-sniping fee has fallen:",
    sharesTable(endsOf(plan, conditions, preview)),
    "\nWhat you pay now:",
    pairsOf({
      "launch fee": showFlock(conditions.launchFee),
      bundle: `${showFlock(plan.bundleFlock)} for ${showMt(preview.bundleMt)}, vesting`,
      "bundle cap": `${showMt(preview.bundleCapMt)}, ${percent(conditions.bundleCapBps)} of what the minimum would sell`,
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
    ...jsonOpening(plan.openingMode, openingPrices({ ...plan, virtualFlock: x0 }, preview.bundleNet)),
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
    ...jsonMt("bundleCap", preview.bundleCapMt),
    ...jsonFlock("due", preview.due),
    outcomes: endsOf(plan, conditions, preview).map(({ shares }) => jsonShares(shares)),
  };
}

/** What somebody pays for a token when the curve asks a price and the fee is at its base [WAD]. */
const withFee = (priceWad: bigint, baseFeeBps: bigint) => priceWithFee(priceWad, rateOfBps(baseFeeBps));

/** From which sum on buyers pay more for a token than the pool opens at, if the raise ends with `end` [FLOCK wei]. */
const aboveFrom = (plan: LaunchPlan, { baseFeeBps }: LaunchConditions, preview: LaunchPreview, end: bigint) =>
  aboveOpeningFrom({ ...plan, virtualFlock: preview.virtualFlock }, end, baseFeeBps);

/** Where all MT and all FLOCK go if the raise ends at its minimum and at its target; once if they are the same. */
function endsOf(plan: LaunchPlan, conditions: LaunchConditions, preview: LaunchPreview) {
  const terms = { ...plan, ...conditions, ...preview };
  const atTarget = { title: "at the target", shares: sharesAt(terms, plan.target) };
  if (plan.minimumRaise === plan.target) return [atTarget];
  return [{ title: "at the minimum", shares: sharesAt(terms, plan.minimumRaise) }, atTarget];
}

/** What a success means for supporters at the minimum and at the target. */
function outcomes(plan: LaunchPlan, conditions: LaunchConditions, preview: LaunchPreview): string {
  const { baseFeeBps } = conditions;
  const line = (what: string, raised: bigint) => {
    const point = pointAt(plan, preview.virtualFlock, raised, plan.openingMode);
    const lastWad = withFee(point.marginalPriceWad, baseFeeBps);
    const from = aboveFrom(plan, conditions, preview, raised);
    return [
      `  ${what}, ${showFlock(raised)} raised:`,
      `    the last one pays ${showPrice(lastWad)}, fee included, and the pool opens at ${showPrice(point.openingPriceWad)}, ${besidePrice(point.openingPriceWad, lastWad, "that")}`,
      ...(from === undefined
        ? []
        : [
            `    whoever buys after the first ${showFlock(from)} (${showShare(from, raised)}) pays more for a token than the pool opens at`,
          ]),
    ];
  };
  const atMinimum = plan.minimumRaise < plan.target ? line("At the minimum", plan.minimumRaise) : [];
  return [
    `  Below ${showFlock(plan.minimumRaise)}: everyone is refunded what went into the raise; fees and the launch fee are not.`,
    ...atMinimum,
    ...line("At the target", plan.target),
  ].join("\n");
}
