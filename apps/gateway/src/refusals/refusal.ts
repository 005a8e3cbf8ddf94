import { jsonOfUsage } from "../../../../sdk/src/gateway/receipt.ts";
import type { RefusalCode, RefusalDetails, RefusalDocument } from "../../../../sdk/src/gateway/wire.ts";
import { harmless } from "../../../../sdk/src/text/plainText.ts";
import type { Denial } from "../books/changes.ts";
import type { ToSign } from "../metering/operations.ts";

/** The HTTP status of each refusal. */
export const STATUS = {
  badRequest: 400,
  badVoucher: 400,
  noSession: 401,
  badMac: 401,
  wrongTime: 401,
  signFirst: 402,
  deposit: 402,
  keyCap: 402,
  keyNotAuthorized: 403,
  keyExpires: 403,
  notFound: 404,
  servedBefore: 409,
  inFlight: 409,
  tooSlow: 408,
  tooLarge: 413,
  tooMany: 429,
  defect: 500,
  upstream: 502,
  unavailable: 503,
} as const satisfies Record<RefusalCode, number>;

/** A request that is not served, with one sentence that says why and what to do. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly details: RefusalDetails;
  /** When to come again [s]. */
  readonly retryAfter: number | undefined;

  constructor(
    code: RefusalCode,
    message: string,
    { status = STATUS[code], retryAfter, ...details }: RefusalDetails & { status?: number; retryAfter?: number } = {},
  ) {
    super(harmless(message));
    this.code = code;
    this.status = status;
    this.details = details;
    this.retryAfter = retryAfter;
  }

  /** The body of its answer. */
  document(): RefusalDocument {
    return { error: { message: this.message, type: "fomo", code: this.code, param: null, ...this.details } };
  }

  /** Its answer. */
  response(): Response {
    const headers = {
      "content-type": "application/json",
      // What is left of a body that is not taken is not waited for.
      ...(this.code === "tooLarge" ? { connection: "close" } : {}),
      ...(this.retryAfter === undefined ? {} : { "retry-after": this.retryAfter.toString() }),
    };
    return new Response(JSON.stringify(this.document()), { status: this.status, headers });
  }
}

const SENTENCES: Record<Exclude<Denial["code"], "askChain">, string> = {
  signFirst: "Sign a voucher for what was served before: `sign` has the sums.",
  deposit:
    "The balance does not cover what the request may cost: deposit `missing` USDC units more, or allow fewer output tokens.",
  keyCap:
    "The cap of the key does not cover what the request may cost: raise it by `missing` USDC units, or allow fewer output tokens.",
  keyNotAuthorized:
    "The user has not authorised the key: authorise it on the meter, or send its authorisation to /v1/start.",
  keyExpires: "The key expires before its vouchers would be settled: authorise it for longer.",
  tooMany: "Too many requests of the key are in flight: wait until one has ended.",
};

/** Says why a request is denied. */
export function refusalOf({ denial, sign }: { denial: Denial; sign: readonly ToSign[] }): Refusal {
  if (denial.code === "askChain") return chainAway();
  const { code } = denial;
  return new Refusal(code, SENTENCES[code], {
    ...(denial.missing === undefined ? {} : { missing: denial.missing.toString() }),
    ...(code === "signFirst"
      ? { sign: sign.map(({ modelId, sums }) => ({ modelId: Number(modelId), sums: jsonOfUsage(sums) })) }
      : {}),
    ...(code === "tooMany" ? { retryAfter: 1 } : {}),
  });
}

/** The chain does not answer, so that no balance can be known. */
export const chainAway = () =>
  new Refusal("unavailable", "The chain does not answer the gateway: try again soon.", { retryAfter: 5 });

/** The store does not answer, so that nothing can be promised. */
export const storeAway = () =>
  new Refusal("unavailable", "The gateway's store does not answer: try again soon.", { retryAfter: 2 });
