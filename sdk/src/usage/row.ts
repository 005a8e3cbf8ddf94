import { MIN_PAID_BPS } from "../staking/discount.ts";
import { BPS, ceilDiv, smaller } from "../units/numbers.ts";

/**
 * One row of a settlement as the contracts compute it (`WaterfallSplit`, `UsageVoucher`, `RewardPool`): what of it goes to
 * the compute provider, how the rest is divided (section 3.5), and what it weighs for rewards (section 3.8). A row is
 * worked out by itself, so it makes no difference which rows are settled together (decision 44).
 */

/** Prices and compute costs of inference are for this many units. */
export const PRICED_UNITS = 1_000_000n;

/** What a row must bring relative to its compute cost: 110% [bps]. */
const COST_COVER_BPS = 11_000n;

/** What was used between two settlements, in whole or in part. */
export interface UsageRow {
  /** [units] */
  units: bigint;
  /** Cost at list price [USDC units]. */
  list: bigint;
  /** What is paid [USDC units]. */
  paid: bigint;
}

/** Shares of net revenue [USDC units]. */
export interface NetShares {
  flockBuyback: bigint;
  treasury: bigint;
  issuer: bigint;
  mtBuyback: bigint;
}

/**
 * Compute cost of a row, its OpEx [USDC units], rounded down: what its units cost, but at most its payment divided by 1.1.
 * @param costPerMillion Compute cost of a million units [USDC units].
 */
export const computeCostOf = ({ units, paid }: Pick<UsageRow, "units" | "paid">, costPerMillion: bigint): bigint =>
  smaller((units * costPerMillion) / PRICED_UNITS, (paid * BPS) / COST_COVER_BPS);

/** Net revenue of a row [USDC units]: what compute cost leaves of its payment. */
export const netOf = (row: Pick<UsageRow, "units" | "paid">, costPerMillion: bigint): bigint =>
  row.paid - computeCostOf(row, costPerMillion);

/** Divides net revenue 30 / 30 / 10 / 30. All shares round down and the MT buyback gets the remainder. */
export function divideNet(net: bigint): NetShares {
  const [flockBuyback, treasury, issuer] = [(net * 3n) / 10n, (net * 3n) / 10n, net / 10n];
  return { flockBuyback, treasury, issuer, mtBuyback: net - flockBuyback - treasury - issuer };
}

/**
 * What a row weighs for rewards [USDC units], rounded down: its list spend, but at most its payment divided by one less
 * the largest discount. So nobody gains weight by a list price that was never paid.
 */
export const weightOf = ({ list, paid }: Pick<UsageRow, "list" | "paid">): bigint =>
  smaller(list, (paid * BPS) / MIN_PAID_BPS);

/**
 * What is collected of a row if only a part of its payment can be, because a balance or a key's cap is smaller: units,
 * list spend and compute cost go with it, each rounded down. The rest can be collected later.
 * @param amount What can be collected [USDC units]; at most what the row pays, and above zero.
 * @param costPerMillion Compute cost of a million units [USDC units].
 */
export function partOfRow(row: UsageRow, amount: bigint, costPerMillion: bigint): UsageRow & { net: bigint } {
  const portion = (whole: bigint) => (amount === row.paid ? whole : (whole * amount) / row.paid);
  return {
    units: portion(row.units),
    list: portion(row.list),
    paid: amount,
    net: amount - portion(computeCostOf(row, costPerMillion)),
  };
}

/**
 * Whether the list spend of a row keeps the price floor of its model. Nothing is rounded.
 * @param minimumPrice [USDC units per million units]
 */
export const keepsPriceFloor = ({ units, list }: Pick<UsageRow, "units" | "list">, minimumPrice: bigint): boolean =>
  list * PRICED_UNITS >= units * minimumPrice;

/** Whether what a row pays keeps the largest discount. Nothing is rounded. */
export const keepsDiscountCap = ({ list, paid }: Pick<UsageRow, "list" | "paid">): boolean =>
  paid * BPS >= list * MIN_PAID_BPS;

/** Whether a row that costs something has units; without them it would pay the compute provider nothing. */
export const hasUnits = ({ units, list }: Pick<UsageRow, "units" | "list">): boolean => units !== 0n || list === 0n;

/**
 * The least price at which a model of a tier may be launched [USDC units per million units], rounded up: at the largest
 * discount it brings 1.1 times the compute cost.
 * @param costPerMillion Compute cost of a million units [USDC units].
 */
export const priceFloorOf = (costPerMillion: bigint): bigint => ceilDiv(costPerMillion * COST_COVER_BPS, MIN_PAID_BPS);
