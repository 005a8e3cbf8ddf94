import type { Curve } from "./curve.ts";
import { grossFor, netOf } from "./fees.ts";
import { ceil, floor, ratio } from "./rational.ts";
import { SALE_SUPPLY } from "../units.ts";

/** What a purchase takes and gives. */
export interface ModelFill {
  flockIn: bigint;
  flockNet: bigint;
  mtOut: bigint;
}

/** A sale at one moment. */
export interface ModelSale {
  curve: Curve;
  /** D [FLOCK wei]. */
  raised: bigint;
  /** The fee rate [WAD]. */
  rate: bigint;
}

/** A purchase that moves the raise to `raisedAfter` for `flockIn`. */
function fillTo({ curve, raised }: ModelSale, raisedAfter: bigint, flockIn: bigint): ModelFill {
  return {
    flockIn,
    flockNet: raisedAfter - raised,
    mtOut: floor(curve.soldAt(ratio(raisedAfter))) - floor(curve.soldAt(ratio(raised))),
  };
}

/** A purchase for an exact payment; one that would pass the target takes only what the rest of the sale costs. */
export function fillExactIn(sale: ModelSale, flockIn: bigint): ModelFill {
  const target = floor(sale.curve.target);
  const raisedAfter = sale.raised + netOf(flockIn, sale.rate);
  return raisedAfter < target
    ? fillTo(sale, raisedAfter, flockIn)
    : fillTo(sale, target, grossFor(target - sale.raised, sale.rate));
}

/** A purchase of an exact amount of tokens, or of all that are left. */
export function fillExactOut(sale: ModelSale, mtOut: bigint): ModelFill {
  const soldAfter = floor(sale.curve.soldAt(ratio(sale.raised))) + mtOut;
  const raisedAfter = soldAfter < SALE_SUPPLY ? ceil(sale.curve.raisedAt(ratio(soldAfter))) : floor(sale.curve.target);
  return fillTo(sale, raisedAfter, grossFor(raisedAfter - sale.raised, sale.rate));
}
