import { FomoError } from "../errors/fomoError.ts";
import { BPS, WAD, ceilDiv, rateOfBps } from "../units/numbers.ts";

/**
 * The fee of a purchase as the contracts compute it (`FeeSchedule`): creator and protocol fee together (section 3.2), and
 * more than that while the anti-sniping fee falls (section 3.10). What a buyer pays rounds up.
 */

/** What decides the fee of a raise; a launch fixes it. */
export interface FeeTerms {
  /** The issuer's fee [bps]. */
  creatorFeeBps: bigint;
  /** The protocol's fee after the anti-sniping window [bps]. */
  protocolFeeBps: bigint;
  /** The whole fee in the first moment of the sale [bps]. */
  antiSnipeStartBps: bigint;
  /** In what time it falls to creator and protocol fee [s]. */
  antiSnipeWindow: bigint;
}

/** The rate of a purchase once the anti-sniping fee has fallen, and of the issuer's bundle [WAD]. */
export const baseRateOf = ({ creatorFeeBps, protocolFeeBps }: Pick<FeeTerms, "creatorFeeBps" | "protocolFeeBps">) =>
  rateOfBps(creatorFeeBps + protocolFeeBps);

/**
 * The rate of a purchase so long after the sale began [WAD], rounded up. It falls in a straight line and is down to the
 * base rate at the end of the window.
 * @param elapsed On the clock of raises, which stands still while purchases are paused [s].
 * @throws FomoError `badValue` before the sale.
 */
export function feeRateAt(terms: FeeTerms, elapsed: bigint): bigint {
  if (elapsed < 0n) throw new FomoError("badValue", "The sale has not begun then: ask for its first second or later.");
  const { antiSnipeStartBps, antiSnipeWindow } = terms;
  const base = baseRateOf(terms);
  if (elapsed >= antiSnipeWindow) return base;
  const above = rateOfBps(antiSnipeStartBps) - base;
  return base + ceilDiv(above * (antiSnipeWindow - elapsed), antiSnipeWindow);
}

/** The fee in a payment [FLOCK wei], rounded up. */
export const feeOn = (gross: bigint, rateWad: bigint): bigint => ceilDiv(gross * rateWad, WAD);

/** The smallest payment that leaves `net` after the fee [FLOCK wei]. */
export const grossFor = (net: bigint, rateWad: bigint): bigint => ceilDiv(net * WAD, WAD - rateWad);

/** What a buyer pays for a token where the curve asks a price [WAD, FLOCK per MT], rounded down. */
export const priceWithFee = (priceWad: bigint, rateWad: bigint): bigint => (priceWad * WAD) / (WAD - rateWad);

/**
 * The two parts of all fees of a raise so far [FLOCK wei]. The issuer's rounds down, the protocol's is the remainder. The
 * contract works them out from the sums, so that many small purchases do not change them.
 * @param gross All that was paid, with fees [FLOCK wei].
 * @param raised What of it reached the curve [FLOCK wei].
 */
export function feesOf(gross: bigint, raised: bigint, creatorFeeBps: bigint): { creator: bigint; protocol: bigint } {
  const creator = (gross * creatorFeeBps) / BPS;
  return { creator, protocol: gross - raised - creator };
}
