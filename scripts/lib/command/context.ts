import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Sending } from "../sending/sending.ts";
import type { Output } from "./output.ts";

/** What a command works with. */
export interface CommandContext {
  hre: HardhatRuntimeEnvironment;
  out: Output;
  /** Decimals of the network's USDC once a session is open, for amounts in refusals; they are raw before. */
  usdcDecimals: number | undefined;
  /** What it sends. */
  sending: Sending;
  /** What became of what was asked for: all of it, a part, for which the exit code is 2, or nothing, for which it is 1. */
  outcome: "all" | "part" | "nothing";
}

/** The network of commands that name none: the chain of `npm run node`. */
export const DEFAULT_NETWORK = "localhost";

/** The network that `--network` names; undefined without it, which Hardhat's types do not say. */
export function namedNetwork(hre: HardhatRuntimeEnvironment): string | undefined {
  return hre.globalOptions.network;
}
