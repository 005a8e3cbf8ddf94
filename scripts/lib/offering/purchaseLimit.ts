import type { Wish } from "../../../sdk/src/raise/fill.ts";
import type { Tolerance } from "../../../sdk/src/raise/limit.ts";
import { BPS, MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { parseAmount, parseWhole } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";

const DEFAULT_SLIPPAGE_BPS = "50";

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
