import { DECIMALS, parseAmount } from "./amounts.ts";
import type { Session } from "./session.ts";
import type { Payment } from "./transactions.ts";

/** What `preparePayment` is told about the token, for each payment that a command makes. */
type To = Pick<Payment, "spender" | "spenderName" | "most">;

/** A payment in USDC. */
export const inUsdc = ({ protocol, context }: Session, to: To): Payment => ({
  token: protocol.usdc,
  name: "USDC",
  decimals: context.usdcDecimals,
  ...to,
});

/** A payment in FLOCK. */
export const inFlock = ({ protocol }: Session, to: To): Payment => ({
  token: protocol.flock,
  name: "FLOCK",
  decimals: DECIMALS,
  ...to,
});

/** An amount of USDC that somebody typed; how many decimals it may have, the network says. */
export function parseUsdc({ context }: Session, option: string, typed: string, zeroAllowed = false): bigint {
  return parseAmount(option, typed, context.usdcDecimals, zeroAllowed);
}
