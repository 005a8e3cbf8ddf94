import { formatUnits, parseUnits } from "ethers";
import { Fraction } from "fraction.js";

/** Decimals of FLOCK, MT and WAD prices. */
const WAD_DECIMALS = 18;

/** One figure of the paper beside what the chain says. Amounts are plain decimals: `50000`, `0.15625`. */
export interface Figure {
  /** What is counted. */
  what: string;
  /** Where the expected value comes from: a section of the whitepaper, or one of the protocol's own decisions. */
  section: string;
  /** The expected value, as the paper prints it or as its formula gives it. */
  paper: string;
  /** The value that was read from the chain, in full. */
  chain: string;
  /** The unit of both; empty for words. */
  unit: string;
  /** Whether the two agree, to the last wei. */
  ok: boolean;
}

/** Writes an amount as a plain decimal without trailing zeros. */
export function plain(amount: bigint, decimals: number = WAD_DECIMALS): string {
  return formatUnits(amount, decimals).replace(/\.0$/, "");
}

/** A figure that the paper gives exactly. */
export function exact(
  what: string,
  section: string,
  paper: string,
  chain: bigint,
  unit: string,
  decimals: number = WAD_DECIMALS,
): Figure {
  const ok = parseUnits(paper, decimals) === chain;
  return { what, section, paper, chain: plain(chain, decimals), unit, ok };
}

/** How a value that follows from a formula becomes wei, and how the paper prints it. */
export interface DerivedOptions {
  /** Whether wei are rounded up; down is the rule for what leaves the protocol. */
  roundUp?: boolean;
  /** The rounded number in the paper. The chain must also agree with it, at that many digits. */
  printed?: string;
  /** Decimals of the chain's number, if they are not those of FLOCK. */
  decimals?: number;
}

/**
 * A figure that follows from the paper's formulas: the chain must have it to the last of its digits.
 * @param paper What it must be: exactly, or as the SDK rounds it [smallest units].
 */
export function derived(
  what: string,
  section: string,
  paper: Fraction | bigint,
  chain: bigint,
  unit: string,
  { roundUp = false, printed, decimals = WAD_DECIMALS }: DerivedOptions = {},
): Figure {
  const wei = typeof paper === "bigint" ? paper : roundUp ? ceilWei(paper, decimals) : floorWei(paper, decimals);
  const ok = wei === chain && (printed === undefined || agreesWithPrinted(chain, printed, decimals));
  return { what, section, paper: printed ?? plain(wei, decimals), chain: plain(chain, decimals), unit, ok };
}

/** A figure in words: an outcome or an address. */
export function word(what: string, section: string, paper: string, chain: string): Figure {
  return { what, section, paper, chain, unit: "", ok: paper === chain };
}

/** A call that must be refused with a certain error; `error` is the one with which the chain refused it. */
export function refused(what: string, section: string, expected: string, error: string): Figure {
  return { what, section, paper: "refused", chain: error, unit: "", ok: error === expected };
}

/** An amount in wei as an exact number of tokens. */
export const fromWei = (wei: bigint): Fraction => new Fraction(wei, 10n ** BigInt(WAD_DECIMALS));

/** An exact value in wei, rounded down. */
export function floorWei(value: Fraction, decimals: number = WAD_DECIMALS): bigint {
  const scaled = value.mul(10n ** BigInt(decimals)).floor();
  return scaled.s * scaled.n;
}

/** An exact value in wei, rounded up. */
export function ceilWei(value: Fraction, decimals: number = WAD_DECIMALS): bigint {
  const scaled = value.mul(10n ** BigInt(decimals)).ceil();
  return scaled.s * scaled.n;
}

/** Whether an amount, rounded half up to as many digits as `printed` has, is `printed`. */
function agreesWithPrinted(chain: bigint, printed: string, decimals: number): boolean {
  const digits = printed.split(".")[1]?.length ?? 0;
  const unit = 10n ** BigInt(decimals - digits);
  return ((chain + unit / 2n) / unit) * unit === parseUnits(printed, decimals);
}
