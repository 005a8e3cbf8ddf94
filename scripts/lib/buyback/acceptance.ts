import { BPS } from "../../../sdk/src/units/numbers.ts";
import { parseWhole } from "../command/amounts.ts";

/** What the caller of a lot asks for on top of the protocol's own bounds. */
export interface Acceptance {
  /** How far a lot may fall behind what the chain told [bps]. */
  slippageBps: bigint;
  /** How long a transaction may wait [s]. */
  patience: bigint;
}

const DEFAULT_SLIPPAGE_BPS = "50";
const DEFAULT_MINUTES = "5";
const MAX_MINUTES = 1_440n;

/** Reads `--slippage-bps` and `--max-minutes`. */
export const parseAcceptance = (args: {
  slippageBps: string | undefined;
  maxMinutes: string | undefined;
}): Acceptance => ({
  slippageBps: parseWhole("--slippage-bps", args.slippageBps ?? DEFAULT_SLIPPAGE_BPS, 0n, BPS),
  patience: parseWhole("--max-minutes", args.maxMinutes ?? DEFAULT_MINUTES, 1n, MAX_MINUTES) * 60n,
});
