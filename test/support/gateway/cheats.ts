import { Wallet, id } from "ethers";

import type { Hex } from "../../../sdk/src/codec/hex.ts";
import { costOf, plusUsage } from "../../../sdk/src/gateway/cost.ts";
import { jsonOfReceipt, receiptOfJson } from "../../../sdk/src/gateway/receipt.ts";
import type { SignedReceipt, UsageReceipt } from "../../../sdk/src/gateway/receipt.ts";
import type { UsageRow } from "../../../sdk/src/usage/row.ts";
import { OTHER } from "../signedThings.ts";
import { MODELS } from "./fakeGateway.ts";
import type { Behaviour, FakeGateway } from "./fakeGateway.ts";
import { DONE, eventOf, servedOf } from "./servedAnswer.ts";
import type { Served } from "./servedAnswer.ts";

/** A way to cheat, and what the client says of it. */
export interface Cheat extends Behaviour {
  says: RegExp;
  /** Only in answers of this kind. */
  only?: "whole" | "stream";
}

const plus = (used: UsageRow, more: Partial<UsageRow>): UsageRow =>
  plusUsage(used, { units: 0n, list: 0n, paid: 0n, ...more });

/** A receipt with another cost, whose sums agree with it. */
function withCost(receipt: UsageReceipt, used: UsageRow): UsageReceipt {
  const before = (key: keyof UsageRow) => receipt.sums[key] - receipt.used[key];
  const sums = { units: before("units"), list: before("list"), paid: before("paid") };
  return { ...receipt, used, sums: plusUsage(sums, used) };
}

/** A receipt with other tokens, whose cost agrees with them. */
function withTokens(receipt: UsageReceipt, more: Partial<UsageReceipt["tokens"]>): UsageReceipt {
  const { prices } = Object.values(MODELS).find(({ modelId }) => BigInt(modelId) === receipt.modelId)!;
  const tokens = { ...receipt.tokens, ...more };
  return { ...withCost(receipt, costOf(tokens, prices, 0n)), tokens };
}

/** What is sent with another receipt. */
function withReceipt({ pieces, isStream }: Served, receipt: string): Served {
  const others = isStream ? [...pieces.slice(0, -2), ...(receipt === "" ? [] : [eventOf(receipt)]), DONE] : pieces;
  return servedOf(others, isStream, receipt);
}

/** Changes the receipt that is sent, and not the one that is kept. */
const sending =
  (change: (receipt: SignedReceipt, gateway: FakeGateway) => UsageReceipt) =>
  (served: Served, gateway: FakeGateway): Served => {
    const read = receiptOfJson(JSON.parse(served.receipt));
    if (!read.ok) throw new Error(read.sentence);
    return withReceipt(served, JSON.stringify(jsonOfReceipt(gateway.sign(change(read.receipt, gateway)))));
  };

const BAD_ID = id("of nobody") as Hex;

/** All ways to cheat that were thought of. */
export const CHEATS: Record<string, Cheat> = {
  "counts more tokens of the answer than the answer says": {
    cheat: (receipt) => withTokens(receipt, { output: receipt.tokens.output + 1 }),
    says: /counts other tokens than the answer says/,
  },
  "counts more tokens of the prompt": {
    cheat: (receipt) => withTokens(receipt, { input: receipt.tokens.input + 5_000 }),
    says: /counts other tokens/,
  },
  "counts tokens of the cache as others": {
    cheat: (receipt) => withTokens(receipt, { cached: 0, input: receipt.tokens.input + receipt.tokens.cached }),
    says: /counts other tokens/,
  },
  "asks for a higher price": {
    cheat: (receipt) => withCost(receipt, plus(receipt.used, { list: 1n, paid: 1n })),
    says: /has a higher list price/,
  },
  "counts more units": {
    cheat: (receipt) => withCost(receipt, plus(receipt.used, { units: 1n })),
    says: /counts more units/,
  },
  "lets pay more than the list price": {
    cheat: (receipt) => withCost(receipt, plus(receipt.used, { paid: 1n })),
    says: /gives a smaller discount/,
  },
  "skips a receipt": {
    cheat: (receipt) => ({ ...receipt, number: receipt.number + 1n }),
    says: /does not follow the receipt 3/,
  },
  "forks the chain": { cheat: (receipt) => ({ ...receipt, previous: BAD_ID }), says: /names another receipt/ },
  "gives a number a second time": {
    cheat: (receipt) => ({ ...receipt, number: receipt.number - 1n }),
    says: /stands where another receipt stood/,
  },
  "has sums that are too high": {
    cheat: (receipt) => ({ ...receipt, sums: plus(receipt.sums, { units: 10n, list: 1_000n, paid: 1_000n }) }),
    says: /has other sums than those before it/,
  },
  "has sums that are too low": {
    cheat: (receipt) => ({ ...receipt, sums: receipt.used }),
    says: /has other sums than those before it/,
  },
  "signs by another key": { signer: new Wallet(id("a stranger")), says: /is not signed by the gateway/ },
  "has a receipt for another user": {
    cheat: (receipt) => ({ ...receipt, user: OTHER }),
    says: /another user or key/,
  },
  "has a receipt for another key": {
    cheat: (receipt) => ({ ...receipt, key: OTHER }),
    says: /another user or key/,
  },
  "has a receipt for another model": { cheat: (receipt) => ({ ...receipt, modelId: 9n }), says: /another model/ },
  "has a receipt for a request of nobody": {
    cheat: (receipt) => ({ ...receipt, requestId: BAD_ID }),
    says: /came with the answer to another request/,
  },
  "has a receipt for another text of the request": {
    cheat: (receipt) => ({ ...receipt, requestHash: BAD_ID }),
    says: /another request than the one that was sent/,
  },
  "has a receipt for another answer": {
    cheat: (receipt) => ({ ...receipt, answerHash: BAD_ID }),
    says: /another answer than the one that came/,
  },
  "sends the last receipt again": {
    tamper: sending((_, gateway) => gateway.of(7).receipts.at(-2)!),
    says: /came with the answer to another request/,
  },
  "sends another receipt than it keeps": {
    tamper: sending((receipt) => ({ ...receipt, servedAt: receipt.servedAt + 1n })),
    says: /names another receipt/,
  },
  "sends what is no receipt": { tamper: (served) => withReceipt(served, '{"number":1}'), says: /cannot be read/ },
  "sends what is no JSON": { tamper: (served) => withReceipt(served, "\u001b[31m"), says: /cannot be read/ },
  "sends two receipts": {
    tamper: ({ pieces, isStream, receipt }) =>
      servedOf([...pieces.slice(0, -1), eventOf(receipt), DONE], isStream, receipt),
    says: /came with an answer that has another one/,
    only: "stream",
  },
  "sends the receipt before the answer": {
    tamper: ({ pieces, isStream, receipt }) =>
      servedOf([eventOf(receipt), ...pieces.filter((piece) => !piece.startsWith("event:"))], isStream, receipt),
    says: /another answer than the one that came/,
    only: "stream",
  },
  "says itself that the answer was longer": {
    claim: (tokens) => ({ ...tokens, output: 40_000 }),
    says: /more is not borne out than the tolerance allows/,
  },
  "says itself that the prompt was longer": {
    claim: (tokens) => ({ ...tokens, input: 40_000 }),
    says: /more is not borne out than the tolerance allows/,
  },
  "gives receipts for requests that nobody has made": {
    given: (receipts) => receipts.map((receipt) => jsonOfReceipt({ ...receipt, number: receipt.number + 1n })),
    cheat: (receipt) => ({ ...receipt, number: receipt.number + 1n }),
    says: /does not follow|not signed/,
  },
};
