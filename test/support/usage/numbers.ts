/**
 * What the whitepaper and the design ask of staking, metering and the waterfall, in plain bigint arithmetic: the expected
 * values of the tests. Nothing here is read from a contract.
 */

/** [s] */
export const HOUR = 3_600n;
/** [s] */
export const DAY = 24n * HOUR;

/** How long a stake warms up [s]. */
export const WARM_UP = DAY;
/** How long an exit cools down [s]. */
export const COOLDOWN = 7n * DAY;
/** How long withdrawals mature, and how long whatever takes power from a key waits [s]. */
export const USAGE_DELAY = 48n * HOUR;
/** The shares of a model vest for this long [s]. */
export const VESTING = 180n * DAY;

/** The longest pause [s]. */
export const PAUSE = 7n * DAY;
/** The least time from the end of a pause to the beginning of the next [s]. */
export const PAUSE_INTERVAL = 30n * DAY;

const WAD = 10n ** 18n;
const BPS = 10_000n;
/** Prices and compute costs are stated for this many units. */
const MILLION = 1_000_000n;

const min = (a: bigint, b: bigint) => (a < b ? a : b);

/** Whole Model Tokens or FLOCK as wei. */
export const tokens = (whole: bigint | number) => BigInt(whole) * WAD;

/** Whole USDC as units of a token with 6 decimals. */
export const usdc = (whole: bigint | number) => BigInt(whole) * MILLION;

/** The discount of section 3.6: min(X', stake / circulating · M) [WAD], rounded down. */
export function discount(stake: bigint, circulating: bigint, multiplier = 2n, capBps = 3_000n): bigint {
  return circulating === 0n ? 0n : min((capBps * WAD) / BPS, (stake * multiplier * WAD) / circulating);
}

/** What has not vested of `total` `elapsed` seconds after graduation [MT wei]; what has vested is rounded down. */
export function unvested(total: bigint, elapsed: bigint): bigint {
  return elapsed >= VESTING ? 0n : total - (total * elapsed) / VESTING;
}

/** Cumulative or partial sums of usage. */
export interface Sums {
  units: bigint;
  list: bigint;
  paid: bigint;
}

/** What stands for `amount` of `due.paid`: paid exactly, units and list in proportion, rounded down. */
export function part(due: Sums, amount: bigint): Sums {
  return { units: (due.units * amount) / due.paid, list: (due.list * amount) / due.paid, paid: amount };
}

/** What a settlement divides into, and what the model owes after it [USDC units · 1e6] (section 3.5). */
export function waterfall(paid: bigint, units: bigint, computeCost: bigint, owedBefore = 0n) {
  const owed = owedBefore + units * computeCost;
  const opex = min(paid, owed / MILLION);
  const net = paid - opex;
  const flockBuyback = (net * 3n) / 10n;
  const treasury = (net * 3n) / 10n;
  const issuer = net / 10n;
  const mtBuyback = net - flockBuyback - treasury - issuer;
  return { opex, net, flockBuyback, treasury, issuer, mtBuyback, owed: owed - opex * MILLION };
}
