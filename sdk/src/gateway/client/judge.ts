import type { Hex } from "../../codec/hex.ts";
import { ceilDiv, larger, smaller } from "../../units/numbers.ts";
import { paidAt } from "../../staking/discount.ts";
import type { UsageRow } from "../../usage/row.ts";
import { costOf, plusUsage } from "../cost.ts";
import type { TokenCounts, TokenPrices } from "../cost.ts";
import type { UsageReceipt } from "../receipt.ts";
import type { Answered, Asked } from "./memory.ts";

/** Where the receipts of a series stand. */
export interface Head {
  /** How many there are. */
  number: bigint;
  /** The digest of the last. */
  digest: Hex;
  sums: UsageRow;
}

/** What a receipt is held against. */
export interface Evidence {
  asked: Asked;
  /** Undefined if the answer was lost. */
  answered: Answered | undefined;
  prices: TokenPrices;
  /** The least discount that is expected [WAD]. */
  minDiscountWad: bigint;
}

/** What is wrong with a receipt, as its sentence goes on after "The receipt 7 of a model"; undefined if it continues a series. */
export function chainProblem({ number, previous, sums, used }: UsageReceipt, head: Head): string | undefined {
  if (number !== head.number + 1n) return `does not follow the receipt ${head.number.toString()}`;
  if (previous !== head.digest) return "names another receipt as the one before it";
  const expected = plusUsage(head.sums, used);
  const isSame = sums.units === expected.units && sums.list === expected.list && sums.paid === expected.paid;
  return isSame ? undefined : "has other sums than those before it and its own cost";
}

/** What is wrong with a receipt beside its place in the series, as its sentence goes on; undefined if nothing is. */
export function evidenceProblem(receipt: UsageReceipt, evidence: Evidence): string | undefined {
  const { asked, answered, prices, minDiscountWad } = evidence;
  if (receipt.requestHash !== asked.requestHash) return "is for another request than the one that was sent";
  if (
    answered?.answerHash !== undefined &&
    answered.answerHash !== null &&
    receipt.answerHash !== answered.answerHash
  ) {
    return "is for another answer than the one that came";
  }
  const { tokens } = receipt;
  const usage = answered?.answerHash === null ? null : (answered?.usage ?? null);
  if (usage !== null) {
    const isSame =
      usage.prompt === tokens.input + tokens.cached &&
      (usage.cached ?? tokens.cached) === tokens.cached &&
      usage.output === tokens.output;
    if (!isSame) return "counts other tokens than the answer says";
  }
  return costProblem(receipt, prices, minDiscountWad);
}

/** What is wrong with a receipt's cost, as its sentence goes on; undefined if it is at most that of its tokens. */
export function costProblem(
  { tokens, used }: UsageReceipt,
  prices: TokenPrices,
  minDiscountWad: bigint,
): string | undefined {
  const most = costOf(tokens, prices, minDiscountWad);
  if (used.units > most.units) return "counts more units than its tokens are";
  if (used.list > most.list) return "has a higher list price than the gateway named";
  if (used.paid > smaller(most.paid, paidAt(used.list, minDiscountWad)))
    return "gives a smaller discount than expected";
  return undefined;
}

/**
 * What of a receipt's payment is not borne out [USDC units], rounded up: all of it if the answer was lost, else the part
 * of its list price that is for more tokens than the request and the answer can be.
 */
export function unprovenOf({ tokens, used }: UsageReceipt, { asked, answered, prices }: Evidence): bigint {
  if (answered === undefined) return used.paid;
  const likely = likelyTokens(tokens, asked.mostInput, answered.mostOutput);
  const [whole, borneOut] = [costOf(tokens, prices, 0n).list, costOf(likely, prices, 0n).list];
  return whole === 0n ? 0n : ceilDiv(used.paid * larger(0n, whole - borneOut), whole);
}

/** Tokens without those that cannot be. */
function likelyTokens({ input, cached, output }: TokenCounts, mostInput: number, mostOutput: number): TokenCounts {
  const beyond = Math.max(0, input + cached - mostInput);
  const ofInput = Math.min(input, beyond);
  return { input: input - ofInput, cached: cached - (beyond - ofInput), output: Math.min(output, mostOutput) };
}
