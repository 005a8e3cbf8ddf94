import { randomBytes } from "node:crypto";

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import { costOf } from "../../../../sdk/src/gateway/cost.ts";
import type { TokenPrices } from "../../../../sdk/src/gateway/cost.ts";
import type { Voucher } from "../../../../sdk/src/signing/voucher.ts";
import type { UsageRow } from "../../../../sdk/src/usage/row.ts";
import type { CreditLimits, SeriesKey } from "../../src/books/changes.ts";

export const PRICES: TokenPrices = {
  list: { input: 400_000n, cached: 100_000n, output: 1_600_000n },
  weightBps: { input: 1_000n, cached: 250n, output: 10_000n },
  minimumPrice: 1_000_000n,
};
export const BOUNDS = { input: 4_000, output: 1_000 };
/** The most that a request costs. */
export const MOST = costOf({ input: BOUNDS.input, cached: 0, output: BOUNDS.output }, PRICES, 0n).paid;
export const LIMITS: CreditLimits = {
  requestsInFlight: 3,
  mostOfRequest: MOST,
  settlementSeconds: 3_600n,
  staleAfter: 60_000,
};
export const MODELS = [1n, 2n];

export const idOf = (): Hex => `0x${randomBytes(32).toString("hex")}`;
export const addressFor = (index: number) => `0x${(index + 0xa0).toString(16).padStart(40, "0")}`;

export const voucherFor = ({ user, key, modelId }: SeriesKey, { units, list, paid }: UsageRow): Voucher => ({
  ...{ user: user as Hex, key: key as Hex, modelId, units, list, paid },
  ...{ r: `0x${"11".repeat(32)}`, vs: `0x${"22".repeat(32)}` },
});
