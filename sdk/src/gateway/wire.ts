import type { Hex } from "../codec/hex.ts";
import { flaw } from "../signing/flaw.ts";
import type { Flaw } from "../signing/flaw.ts";
import { readSignature } from "../signing/signature.ts";
import type { Voucher } from "../signing/voucher.ts";
import type { ReceiptEntry, UsageSums } from "./receipt.ts";
import type { TokenCounts } from "./cost.ts";

/** Headers of a paid request and of its answer. */
export const GATEWAY_HEADERS = {
  /** The session, as the gateway has named it. */
  session: "fomo-session",
  /** The id of the request and the time at which it was made: `0x…64 digits….seconds`. */
  request: "fomo-request",
  /** Vouchers for everything before it; left out if there is nothing to sign. */
  vouchers: "fomo-vouchers",
  /** HMAC-SHA256 by the session's secret over `signedText`, in hexadecimal digits. */
  mac: "fomo-mac",
  /** The receipt of an answer that is not streamed: JSON in base64url. */
  receipt: "fomo-receipt",
} as const;

/** The event of a stream that has its receipt. It stands right before the stream's own end. */
export const RECEIPT_EVENT = "fomo.receipt";

/** What of a request the session's secret vouches for. */
export interface SignedParts {
  method: string;
  /** The path with its query, as it is sent. */
  path: string;
  /** The headers of these names; empty where a header is left out. */
  request: string;
  vouchers: string;
  /** SHA-256 of the body. */
  bodyHash: Hex;
}

/** The text that is authenticated: each part on a line of its own, and no part has a line feed. */
export const signedText = ({ method, path, request, vouchers, bodyHash }: SignedParts): string =>
  [method, path, request, vouchers, bodyHash].join("\n");

/** The header with the id and the time of a request [s]. */
export const requestHeader = (id: Hex, time: bigint): string => `${id}.${time.toString()}`;

const REQUEST = /^(0x[0-9a-f]{64})\.(\d{1,12})$/;

/** Reads the header with the id and the time of a request [s]; undefined if it is none. */
export function requestOfHeader(header: string): { id: Hex; time: bigint } | undefined {
  const [, id, time] = REQUEST.exec(header) ?? [];
  return id === undefined ? undefined : { id: id as Hex, time: BigInt(time!) }; // both groups match
}

/** The most vouchers that one request carries. */
export const MOST_VOUCHERS = 16;

/** The header with vouchers. Their user and key are the session's. */
export const vouchersHeader = (vouchers: readonly Omit<Voucher, "user" | "key">[]): string =>
  vouchers
    .map(({ modelId, units, list, paid, r, vs }) => [modelId, units, list, paid, `${r}${vs.slice(2)}`].join(":"))
    .join(",");

const VOUCHER = /^(\d{1,20}):(\d{1,20}):(\d{1,29}):(\d{1,29}):(0x[0-9a-fA-F]{128})$/;

/** Reads the header with vouchers of a user and key. Who has signed them, `voucherChecker` says. */
export function vouchersOfHeader(
  header: string,
  signer: Pick<Voucher, "user" | "key">,
): { ok: true; vouchers: Voucher[] } | Flaw {
  const vouchers: Voucher[] = [];
  const parts = header === "" ? [] : header.split(",", MOST_VOUCHERS + 1);
  if (parts.length > MOST_VOUCHERS)
    return flaw("unreadable", `A request carries at most ${MOST_VOUCHERS.toString()} vouchers.`);
  for (const part of parts) {
    const [, modelId, units, list, paid, signature] = VOUCHER.exec(part) ?? [];
    if (modelId === undefined) return flaw("unreadable", "A voucher of a header is model:units:list:paid:signature.");
    const forms = readSignature(signature);
    if (!forms.ok) return forms;
    const sums = { modelId: BigInt(modelId), units: BigInt(units!), list: BigInt(list!), paid: BigInt(paid!) }; // matched
    vouchers.push({ user: signer.user, key: signer.key, ...sums, r: forms.r, vs: forms.vs });
  }
  return { ok: true, vouchers };
}

/** Why a gateway does not serve. */
export type RefusalCode =
  /** 400: the request is none that this API knows, or has a header of another form. */
  | "badRequest"
  /** 400: a voucher that is not good; nothing of the request was done. */
  | "badVoucher"
  /** 401: there is no session, it has ended, or its secret is another one: open a new one. */
  | "noSession"
  /** 401: what the request says of itself is not what the session's secret vouches for. */
  | "badMac"
  /** 401: the time of the request is too far from the gateway's. */
  | "wrongTime"
  /** 402: sign first what was served before; `sign` has the sums. */
  | "signFirst"
  /** 402: the balance does not cover the request; `missing` says by how much. */
  | "deposit"
  /** 402: the cap of the key does not cover it. */
  | "keyCap"
  /** 403: the user has not authorised the key. */
  | "keyNotAuthorized"
  /** 403: the key expires before its vouchers would be settled. */
  | "keyExpires"
  /** 404: there is no such model or path. */
  | "notFound"
  /** 409: a request with this id was served; `receipt` has its receipt, and the answer is not kept any more. */
  | "servedBefore"
  /** 409: a request with this id is being served. */
  | "inFlight"
  /** 408, 413, 431: slower or larger than what is taken. */
  | "tooSlow"
  | "tooLarge"
  /** 429: too many requests of this key or address; `retry-after` says when. */
  | "tooMany"
  /** 500: a defect of the gateway. */
  | "defect"
  /** 502, 504: the model's server has failed or is too slow. Nothing is charged. */
  | "upstream"
  /** 503: the store or the chain does not answer, so that nothing can be promised. */
  | "unavailable";

/** What a refusal says beside its sentence. */
export interface RefusalDetails {
  /** Sums that are to be signed, one for each model. */
  sign?: { modelId: number; sums: UsageSums }[];
  /** How much more would have to be deposited or allowed [USDC units]. */
  missing?: string;
  receipt?: ReceiptEntry;
}

/** The body of a refusal, in the form that clients of OpenAI know. */
export interface RefusalDocument {
  error: { message: string; type: "fomo"; code: RefusalCode; param: null } & RefusalDetails;
}

/** What a gateway says of itself, to everybody: `GET /v1/terms`. */
export interface TermsDocument {
  /** The address that signs receipts. */
  gateway: string;
  chainId: number;
  meter: string;
  usdcDecimals: number;
  /** Vouchers are settled at least so often [s]; a key must last longer. */
  settlementSeconds: number;
  /** How many requests of a key are served at once. */
  requestsInFlight: number;
  /** What it submits for users without gas; null if nothing. */
  relay: { leastDeposit: string } | null;
  models: ModelDocument[];
}

/** A model of a gateway. */
export interface ModelDocument {
  /** Its API id on chain: what clients name as `model`. */
  id: string;
  modelId: number;
  /** List price of a million tokens [USDC units]. */
  list: Record<keyof TokenCounts, string>;
  /** How much of a unit one token is [bps]. */
  weightBps: Record<keyof TokenCounts, number>;
  /** The price floor on chain [USDC units per million units]. */
  minimumPrice: string;
  contextTokens: number;
  maxOutputTokens: number;
}

/** What `POST /v1/sessions` answers. */
export interface SessionDocument {
  /** The name of the session, for its header. */
  session: string;
  /** The secret, in hexadecimal digits. */
  secret: string;
  /** [s] */
  expiresAt: number;
}

/** What `GET /v1/account` answers: amounts in USDC units. */
export interface AccountDocument {
  user: string;
  key: string;
  /** Deposit and credit less what is requested back, as last read from the chain. */
  available: string;
  /** What was served for the user and is not collected, over all keys. */
  open: string;
  /** What requests in flight may cost. */
  reserved: string;
  /** The key's record on chain; null if the user signs for itself. */
  authorization: { cap: string; spent: string; expiresAt: number } | null;
  series: SeriesDocument[];
}

/** What is known of one user, key and model. */
export interface SeriesDocument {
  model: string;
  modelId: number;
  /** [WAD] */
  discountWad: string;
  delivered: UsageSums;
  signed: UsageSums;
  collected: UsageSums;
  /** How many receipts there are, and the digest of the last. */
  receipts: number;
  head: string;
}

/** What `GET /v1/receipts?model=…&after=…` answers: receipts in their order, at most 100. */
export interface ReceiptsDocument {
  receipts: ReceiptEntry[];
}

/** What `POST /v1/start` takes: a signed deposit, a signed authorisation of a key, or both. */
export interface StartDocument {
  deposit?: {
    user: string;
    amount: string;
    validAfter: string;
    validBefore: string;
    nonce: string;
    signature: string;
  };
  authorization?: {
    user: string;
    key: string;
    cap: string;
    expiresAt: number;
    nonce: string;
    deadline: number;
    signature: string;
  };
}

/** What `POST /v1/start` answers once the transaction is in a block. */
export interface StartedDocument {
  transactionHash: string;
  blockNumber: number;
}
