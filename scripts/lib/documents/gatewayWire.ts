import { z } from "zod";

import { MOST_SIGNED_TOGETHER } from "../../../sdk/src/gateway/signedTogether.ts";
import type { RefusalCode } from "../../../sdk/src/gateway/wire.ts";
import { address, bytes32, count, modelId, orNull, wholeText } from "./vocabulary.ts";

/** What gateways and their clients send each other: docs/gateway.md. Amounts are in USDC units, times in seconds. */

const seconds = z.int().min(0).describe("Unix time [s]");

/** Units [units], list price and payment [USDC units]. */
const usageSums = z
  .strictObject({ units: wholeText, list: wholeText, paid: wholeText })
  .meta({ title: "sums of usage" });

/** A number for each kind of token. */
const byToken = <Value extends z.ZodType>(value: Value) =>
  z.strictObject({ input: value, cached: value, output: value });

/** A receipt of a gateway, in the header and in the event of an answer. */
export const gatewayReceipt = z
  .strictObject({
    ...{ requestId: bytes32, user: address, key: address, modelId: count, number: count, previous: bytes32 },
    tokens: byToken(count),
    ...{ used: usageSums, sums: usageSums, requestHash: bytes32, answerHash: bytes32 },
    servedAt: seconds,
    signedWith: z.array(bytes32).min(1).max(MOST_SIGNED_TOGETHER),
    ...{ r: bytes32, vs: bytes32 },
  })
  .meta({ title: "receipt of a gateway" });

/** What `GET /v1/receipts` answers: receipts in their order. */
export const gatewayReceipts = z.strictObject({ receipts: z.array(gatewayReceipt).max(100) });

/** What `GET /v1/terms` answers: what a gateway is, and what it asks. */
export const gatewayTerms = z.strictObject({
  ...{ gateway: address, chainId: count, meter: address, usdcDecimals: count },
  ...{ settlementSeconds: count.describe("[s]"), requestsInFlight: count },
  relay: orNull(z.strictObject({ leastDeposit: wholeText })),
  models: z.array(
    z.strictObject({
      ...{ id: z.string(), modelId },
      list: byToken(wholeText).describe("[USDC units] for a million tokens"),
      weightBps: byToken(count).describe("[bps] of a unit for one token"),
      minimumPrice: wholeText.describe("[USDC units] for a million units"),
      ...{ contextTokens: count, maxOutputTokens: count },
    }),
  ),
});

/** What `POST /v1/sessions` takes: a signed session. */
export const gatewaySessionRequest = z.strictObject({
  ...{ user: address, key: address, gateway: address, expiresAt: seconds },
  signature: z.string().regex(/^0x[0-9a-fA-F]{128}([0-9a-fA-F]{2})?$/),
});

/** What `POST /v1/sessions` answers. */
export const gatewaySession = z.strictObject({
  session: z.string(),
  secret: z.string().regex(/^(0x)?([0-9a-fA-F]{2})+$/),
  expiresAt: seconds,
});

/** What `GET /v1/account` and `POST /v1/vouchers` answer. */
export const gatewayAccount = z.strictObject({
  ...{ user: address, key: address, available: wholeText, open: wholeText, reserved: wholeText },
  authorization: orNull(z.strictObject({ cap: wholeText, spent: wholeText, expiresAt: seconds })),
  series: z.array(
    z.strictObject({
      ...{ model: z.string(), modelId, discountWad: wholeText.describe("[WAD]") },
      ...{ delivered: usageSums, signed: usageSums, collected: usageSums, receipts: count, head: bytes32 },
    }),
  ),
});

/** What `POST /v1/start` takes: a signed deposit, a signed authorisation of a key, or both. */
export const gatewayStart = z.strictObject({
  deposit: z
    .strictObject({
      ...{ user: address, amount: wholeText, validAfter: wholeText, validBefore: wholeText, nonce: bytes32 },
      signature: z.string().regex(/^0x([0-9a-fA-F]{2})+$/),
    })
    .optional(),
  authorization: z
    .strictObject({
      ...{ user: address, key: address, cap: wholeText, expiresAt: seconds, nonce: wholeText, deadline: seconds },
      signature: z.string().regex(/^0x([0-9a-fA-F]{2})+$/),
    })
    .optional(),
});

/** What `POST /v1/start` answers once the transaction is in a block. */
export const gatewayStarted = z.strictObject({ transactionHash: bytes32, blockNumber: count });

/** Every code, each once: the compiler finds one that is missing. */
const CODES: Record<RefusalCode, true> = {
  ...{ badRequest: true, badVoucher: true, noSession: true, badMac: true, wrongTime: true, signFirst: true },
  ...{ deposit: true, keyCap: true, keyNotAuthorized: true, keyExpires: true, notFound: true, servedBefore: true },
  ...{ inFlight: true, tooSlow: true, tooLarge: true, tooMany: true, defect: true, upstream: true, unavailable: true },
};

/** The body of every refusal of a gateway. */
export const gatewayRefusal = z.strictObject({
  error: z.strictObject({
    ...{ message: z.string().min(1), type: z.literal("fomo"), code: z.enum(Object.keys(CODES) as [RefusalCode]) },
    param: z.null(),
    sign: z.array(z.strictObject({ modelId, sums: usageSums })).optional(),
    missing: wholeText.optional(),
    receipt: gatewayReceipt.optional(),
  }),
});
