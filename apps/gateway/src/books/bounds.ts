import { costOf } from "../../../../sdk/src/gateway/cost.ts";
import type { TokenCounts } from "../../../../sdk/src/gateway/cost.ts";
import { larger } from "../../../../sdk/src/units/numbers.ts";
import type { ServedModel } from "../config/models.ts";

/** How many tokens a request can have at most. */
export interface TokenBounds {
  input: number;
  output: number;
}

/** The most that so many tokens cost [USDC units], whichever of the input is cached. */
export function mostFor({ input, output }: TokenBounds, { prices }: ServedModel, discountWad = 0n): bigint {
  const at = (tokens: TokenCounts) => costOf(tokens, prices, discountWad).paid;
  return larger(at({ input, cached: 0, output }), at({ input: 0, cached: input, output }));
}

/**
 * Tokens as they are charged: what the upstream has counted, and never more than what was reserved. Whatever an upstream
 * counts beyond it, such as an answer that is longer than it was allowed to be, nobody has agreed to.
 */
export function withinBounds({ input, cached, output }: TokenCounts, bounds: TokenBounds): TokenCounts {
  const whole = Math.min(input + cached, bounds.input);
  const found = Math.min(cached, whole);
  return { input: whole - found, cached: found, output: Math.min(output, bounds.output) };
}
