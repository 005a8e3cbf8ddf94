import { BPS, ceilDiv, MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { parseAmount, parseWhole } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import type { Quote, Wish } from "./purchase.ts";

const DEFAULT_SLIPPAGE_BPS = "50";

/**
 * How far the result of a purchase may fall behind its quote: to a fixed amount, the minimum of MT for an exact payment
 * or the maximum of FLOCK for an exact amount of tokens, or by a slippage.
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

/** Reads `--min-mt`, `--max-flock` or `--slippage-bps`, whichever goes with the wish. */
export function parseTolerance(
  args: { minMt: string | undefined; maxFlock: string | undefined; slippageBps: string | undefined },
  wish: Wish,
): Tolerance {
  const minMt = { option: "--min-mt", typed: args.minMt };
  const maxFlock = { option: "--max-flock", typed: args.maxFlock };
  const [own, other] = wish.kind === "exactIn" ? [minMt, maxFlock] : [maxFlock, minMt];
  if (other.typed !== undefined) {
    throw new CommandError(`${other.option} does not bound this kind of purchase: name ${own.option} instead.`);
  }
  if (own.typed !== undefined && args.slippageBps !== undefined) {
    throw new CommandError(`Name either ${own.option} or --slippage-bps, not both.`);
  }
  if (own.typed !== undefined) return { kind: "fixed", amount: parseAmount(own.option, own.typed, MAX_AMOUNT) };
  return { kind: "slippage", bps: parseWhole("--slippage-bps", args.slippageBps ?? DEFAULT_SLIPPAGE_BPS, 0n, BPS) };
}

/** The limit of a purchase that was quoted. */
export function limitOf(tolerance: Tolerance, { wish, flockIn, mtOut, clamped }: Quote): PurchaseLimit {
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
