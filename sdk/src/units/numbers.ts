import { formatUnits } from "ethers";

/** Decimals of FLOCK, of every MT, and of WAD. */
export const DECIMALS = 18;

/** One in WAD. */
export const WAD = 10n ** 18n;

/** One hundred percent in basis points. */
export const BPS = 10_000n;

/** A rate in basis points as WAD. */
export const rateOfBps = (bps: bigint): bigint => (bps * WAD) / BPS;

/** A quotient, rounded up. */
export const ceilDiv = (dividend: bigint, divisor: bigint) => (dividend + divisor - 1n) / divisor;

/** The smaller of two numbers. */
export const smaller = (a: bigint, b: bigint) => (a < b ? a : b);

/** The larger of two numbers. */
export const larger = (a: bigint, b: bigint) => (a > b ? a : b);

/** The largest number of so many bits: what an unsigned integer of a contract holds. */
const largest = (bits: bigint): bigint => 2n ** bits - 1n;

/**
 * The most of any token that the contracts hold in one place [smallest units]: raises, prepaid balances, vouchers, caps of
 * keys and settings keep amounts in 96 bits.
 */
export const MAX_AMOUNT = largest(96n);
/** The largest reserve that the buyback can ask of a pool [smallest units]. */
export const MAX_MIN_RESERVE = largest(88n);
/** The most units of inference that a voucher counts. */
export const MAX_UNITS = largest(64n);
/** The last moment that the contracts can keep [s]. */
export const MAX_MOMENT = largest(40n);
/** The largest number that the chain knows. */
export const MAX_WORD = largest(256n);

/**
 * A decimal number in the smallest unit of a token. However long it is: whether it can be held, the caller compares.
 * @param typed Digits, with or without a decimal point and as many decimals as the token has at most.
 */
export function unitsOfDecimal(typed: string, decimals: number): bigint {
  const [whole, fraction = ""] = typed.split(".");
  return BigInt(`${whole!}${fraction.padEnd(decimals, "0")}`); // `split` gives one part at least
}

/** An amount with all decimals, and none that say nothing, as files write it. */
export const exact = (amount: bigint, decimals = DECIMALS) => formatUnits(amount, decimals).replace(/\.0$/, "");
