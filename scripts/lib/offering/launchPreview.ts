import { BPS } from "../../../sdk/src/units/numbers.ts";
import { jsonFlock, jsonMt, jsonPrice } from "../command/amounts.ts";
import { show, showDuration, showFlock, showMt, showPrice, showShare } from "../../../sdk/src/units/show.ts";
import { CommandError } from "../command/commandError.ts";
import { accountOf, accountTable, jsonAccount } from "./accounting.ts";
import { SALE_SUPPLY, pointAt, soldAt, virtualFlock, virtualMt } from "../../../sdk/src/raise/curve.ts";
import { curveChart, curveTable, telltalePoints } from "./curvePicture.ts";
import type { LaunchPlan } from "./launchFile.ts";
import { aboveOpeningFrom, besidePrice, jsonOpening, openingPrices, OPENING_WORDS } from "./opening.ts";
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
  /** The largest part of what the minimum would sell that a bundle can be [bps]. */
  bundleCapBps: bigint;
  usdcDecimals: number;
}

/** What a launch would bring, before it is paid for. */
export interface LaunchPreview {
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
 * Works out a launch as the contracts will.
 * @throws CommandError if the curve is not feasible, because there is nothing to show then.
 */
export function previewLaunch(plan: LaunchPlan, conditions: LaunchConditions): LaunchPreview {
  const { launchFee, baseFeeBps, bundleCapBps } = conditions;
  const x0 = virtualFlock(plan);
  if (x0 === 0n) {
    throw new CommandError(
      `The curve is not feasible: the target of ${showFlock(plan.target)} must exceed 400,000 MT times the start price, ${showFlock((SALE_SUPPLY * plan.startPriceWad) / 10n ** 18n)}: raise \`targetFlock\` or lower \`startPriceFlockPerMt\`.`,
    );
  }
  const net = plan.bundleFlock - (plan.bundleFlock * baseFeeBps + BPS - 1n) / BPS;
  // A bundle above the whole sale is cut to it before it is refused for the cap.
  const bundleNet = net < plan.target ? net : plan.target;
  const bundleMt = soldAt(plan.target, x0, bundleNet);
  const bundleCapMt = (soldAt(plan.target, x0, plan.minimumRaise) * bundleCapBps) / BPS;
  return { virtualFlock: x0, bundleNet, bundleMt, bundleCapMt, due: launchFee + plan.bundleFlock };
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
    accountTable(accountsOf(plan, conditions, preview)),
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
    outcomes: accountsOf(plan, conditions, preview).map(({ account }) => jsonAccount(account)),
  };
}

/** What somebody pays for a token when the curve asks a price and the fee is at its base [WAD]. */
const withFee = (priceWad: bigint, baseFeeBps: bigint) => (priceWad * BPS) / (BPS - baseFeeBps);

/** From which sum on buyers pay more for a token than the pool opens at, if the raise ends with `end` [FLOCK wei]. */
const aboveFrom = (plan: LaunchPlan, { baseFeeBps }: LaunchConditions, preview: LaunchPreview, end: bigint) =>
  aboveOpeningFrom({ ...plan, virtualFlock: preview.virtualFlock }, end, baseFeeBps);

/** Where all MT and all FLOCK go if the raise ends at its minimum and at its target; once if they are the same. */
function accountsOf(plan: LaunchPlan, conditions: LaunchConditions, preview: LaunchPreview) {
  const terms = { ...plan, ...conditions, ...preview };
  const atTarget = { title: "at the target", account: accountOf(terms, plan.target) };
  if (plan.minimumRaise === plan.target) return [atTarget];
  return [{ title: "at the minimum", account: accountOf(terms, plan.minimumRaise) }, atTarget];
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
