import { BPS, ceilDiv } from "../units/numbers.ts";
import type { PurchaseQuote } from "./fill.ts";

/**
 * How far the result of a purchase may fall behind its quote: to a fixed amount, the minimum of MT for an exact payment
 * [MT wei] or the maximum of FLOCK for an exact amount of tokens [FLOCK wei], or by a slippage [bps].
 */
export type Tolerance = { kind: "fixed"; amount: bigint } | { kind: "slippage"; bps: bigint };

/** What a purchase may come to. */
export interface PurchaseLimit {
  /** What the contract is told: the minimum of MT for an exact payment, the maximum of FLOCK otherwise. */
  bound: bigint;
  /** The minimum that the purchase yields if it takes what was quoted [MT wei]. */
  mtMin: bigint;
  /** The maximum that the purchase can take [FLOCK wei]. */
  flockMax: bigint;
}

/** The limit of a purchase that was quoted. The contract keeps it in proportion if the purchase is cut to what is left. */
export function purchaseLimit(
  tolerance: Tolerance,
  { wish, flockIn, mtOut, clamped }: Pick<PurchaseQuote, "wish" | "flockIn" | "mtOut" | "clamped">,
): PurchaseLimit {
  const fixed = tolerance.kind === "fixed" ? tolerance.amount : undefined;
  const slippage = tolerance.kind === "slippage" ? tolerance.bps : 0n;
  // The contract takes the bound for all that is wanted and scales it, rounded up, to what is left.
  if (wish.kind === "exactIn") {
    const bound = fixed ?? (mtOut * wish.flock * (BPS - slippage)) / (BPS * flockIn);
    return { bound, mtMin: ceilDiv(bound * flockIn, wish.flock), flockMax: flockIn };
  }
  if (!clamped) {
    const bound = fixed ?? (flockIn * (BPS + slippage)) / BPS;
    return { bound, mtMin: wish.mt, flockMax: bound };
  }
  const bound = fixed ?? (flockIn * wish.mt * (BPS + slippage)) / (BPS * mtOut) + 1n;
  return { bound, mtMin: mtOut, flockMax: (bound * mtOut) / wish.mt };
}
