import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import type { TokenCounts } from "../../../../sdk/src/gateway/cost.ts";
import type { UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import type { Voucher } from "../../../../sdk/src/signing/voucher.ts";
import type { UsageRow } from "../../../../sdk/src/usage/row.ts";
import type { ChainView, Denial, SeriesKey, Wish } from "../books/changes.ts";

/** Takes vouchers, whose signatures have been checked, and asks for a request to be served. */
export interface OpenRequest {
  kind: "open";
  wish: Wish;
  requestId: Hex;
  vouchers: Voucher[];
}

/** Ends a request that was admitted: what it has delivered becomes due. */
export interface CloseRequest {
  kind: "close";
  wish: Wish;
  requestId: Hex;
  tokens: TokenCounts;
  used: UsageRow;
  requestHash: Hex;
  answerHash: Hex;
  /** [s] */
  servedAt: bigint;
}

/** Ends a request that has delivered nothing. */
export interface DropRequest {
  kind: "drop";
  wish: Wish;
  requestId: Hex;
}

/** Takes vouchers without a request. */
export interface TakeVouchers {
  kind: "take";
  user: string;
  key: string;
  vouchers: Voucher[];
}

/** Takes what the chain says. */
export interface LearnFromChain {
  kind: "learn";
  user: string;
  block: bigint;
  views: ChainView[];
}

/** Everything that changes the books. */
export type Operation = OpenRequest | CloseRequest | DropRequest | TakeVouchers | LearnFromChain;

/** What became of vouchers or of a wish. */
export type OpenOutcome =
  | { kind: "admitted"; discountWad: bigint; checkedAt: number }
  | { kind: "denied"; denial: Denial; sign: ToSign[] }
  | BadVoucher
  /** A request with this id was served before, or is being served. */
  | { kind: "servedBefore"; receipt: UsageReceipt }
  | { kind: "inFlight" };

/** A voucher that no receipt bears out; nothing of its operation was done. */
export interface BadVoucher {
  kind: "badVoucher";
  of: SeriesKey;
}

/** The sums that are to be signed for a model. */
export interface ToSign {
  modelId: bigint;
  sums: UsageRow;
}

/** What each operation gives back. */
export interface Outcomes {
  open: OpenOutcome;
  /** The receipt; undefined if the request was given up before, so that nothing is charged for it. */
  close: UsageReceipt | undefined;
  drop: undefined;
  take: { kind: "taken" } | BadVoucher | { kind: "denied"; denial: Denial; sign: ToSign[] };
  learn: undefined;
}
