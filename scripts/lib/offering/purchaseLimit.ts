import { BPS, parseAmount, parseWhole } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import type { Quote, Wish } from "./purchase.ts";

const DEFAULT_SLIPPAGE_BPS = "50";

/** How far the result of a purchase may fall behind its quote. */
export interface PurchaseLimit {
  /** What the contract is told: the least MT of an exact payment, the most FLOCK for an exact amount of tokens. */
  bound: bigint;
  /** The most FLOCK that the purchase can take. */
  flockMax: bigint;
}

/** Reads `--min-mt`, `--max-flock` or `--slippage-bps`, and gives the limit for a quote. */
export function parseLimit(
  args: { minMt: string | undefined; maxFlock: string | undefined; slippageBps: string | undefined },
  wish: Wish,
): (found: Quote) => PurchaseLimit {
  const minMt = { option: "--min-mt", typed: args.minMt };
  const maxFlock = { option: "--max-flock", typed: args.maxFlock };
  const [own, other] = wish.kind === "exactIn" ? [minMt, maxFlock] : [maxFlock, minMt];
  if (other.typed !== undefined) {
    throw new CommandError(`${other.option} does not bound this kind of purchase: name ${own.option} instead.`);
  }
  if (own.typed !== undefined && args.slippageBps !== undefined) {
    throw new CommandError(`Name either ${own.option} or --slippage-bps, not both.`);
  }
  const fixed = own.typed === undefined ? undefined : parseAmount(own.option, own.typed);
  const slippage = parseWhole("--slippage-bps", args.slippageBps ?? DEFAULT_SLIPPAGE_BPS, 0n, BPS);

  return ({ flockIn, mtOut, clamped }) => {
    if (wish.kind === "exactIn") return { bound: fixed ?? (mtOut * (BPS - slippage)) / BPS, flockMax: flockIn };
    if (!clamped) {
      const bound = fixed ?? (flockIn * (BPS + slippage)) / BPS;
      return { bound, flockMax: bound };
    }
    // The contract takes the bound for all that is wanted and scales it to what is left.
    const bound = fixed ?? (flockIn * wish.mt * (BPS + slippage)) / (BPS * mtOut) + 1n;
    return { bound, flockMax: (bound * mtOut) / wish.mt };
  };
}
