import { FomoError } from "../errors/fomoError.ts";
import { sentenceOf } from "../errors/words.ts";
import { OUTCOMES, nameOf } from "../names/enums.ts";
import { ceilDiv, rateOfBps } from "../units/numbers.ts";
import { viewTimeAt } from "./clock.ts";
import type { ClockReading } from "./clock.ts";
import { baseRateOf, feeRateAt } from "./fees.ts";
import type { Sale } from "./fill.ts";

/** What a quote needs of a raise: fields of the lens's `RaiseView`, or all of it. */
export interface RaiseOnSale {
  outcome: bigint | number;
  /** [FLOCK wei] */
  raised: bigint;
  target: bigint;
  virtualFlock: bigint;
  /** [bps] */
  creatorFeeBps: bigint;
  protocolFeeBps: bigint;
  antiSnipeStartBps: bigint;
  /** [WAD] */
  feeRateWad: bigint;
  /** [s] */
  antiSnipeEndsAt: bigint;
  endsAt: bigint;
}

/** For which second a raise is worked out, and what is known of the clock. */
export interface SaleMoment extends ClockReading {
  /** For which wall time the sale is worked out [s]; not before `readAt`. */
  time: bigint;
}

/**
 * A raise as a purchase would find it at any later second, so that a page quotes without asking the chain again.
 *
 * It assumes what cannot be known: that nobody buys in between, that no pause of purchases begins in between, and that one
 * that is running is not ended early. The clock of raises stands still while purchases are paused, so the fee does not
 * fall then and the end moves on.
 * @throws FomoError `saleClosed` if the sale is over then, `buysPaused` if purchases are paused then, `badValue` if the
 * time is before the reading.
 */
export function saleAt(raise: RaiseOnSale, { readAt, time, pausedUntil = 0n }: SaleMoment): Sale {
  if (time < readAt) throw new FomoError("badValue", "The raise was read after that time: ask for a later one.");
  if (time < pausedUntil) throw new FomoError("buysPaused", sentenceOf("Offering_BuysPaused", { endsAt: pausedUntil }));
  const viewTime = viewTimeAt({ readAt, pausedUntil }, time);
  const outcome = nameOf(OUTCOMES, BigInt(raise.outcome));
  if (outcome !== "open" || viewTime >= raise.endsAt) {
    throw new FomoError(
      "saleClosed",
      "The sale is over then, so nothing can be bought: choose a model that is on sale.",
    );
  }
  const { raised, target, virtualFlock } = raise;
  return { raised, target, virtualFlock, feeRate: feeRateOn(raise, readAt, viewTime) };
}

/**
 * The fee rate at a later time. The view has no window, and with pauses in it none follows from its times; but only one
 * whole number of seconds explains its rate.
 */
function feeRateOn(raise: RaiseOnSale, readAt: bigint, time: bigint): bigint {
  const { creatorFeeBps, protocolFeeBps, antiSnipeStartBps, feeRateWad, antiSnipeEndsAt } = raise;
  const base = baseRateOf(raise);
  const [leftThen, left] = [antiSnipeEndsAt - readAt, antiSnipeEndsAt - time];
  if (feeRateWad === base || left <= 0n) return base;
  const antiSnipeWindow = ceilDiv((rateOfBps(antiSnipeStartBps) - base) * leftThen, feeRateWad - base);
  return feeRateAt({ creatorFeeBps, protocolFeeBps, antiSnipeStartBps, antiSnipeWindow }, antiSnipeWindow - left);
}
