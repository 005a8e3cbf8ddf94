import { HardhatError } from "@nomicfoundation/hardhat-errors";

import { quoted } from "../../../sdk/src/text/plainText.ts";

/** What a node, or what stands before it, did wrong, so far as a command can tell. */
export interface NodeFailure {
  /**
   * `passing`: the same request may well be answered the next time. `refused`: nothing listens there. `missing`: the node
   * does not have the block or its state. `fee`: the fee of a transaction is below what the chain takes. `silent`: a call
   * would revert, and the node does not say why. `other`: the node's own words are all there is.
   */
  kind: "passing" | "refused" | "missing" | "fee" | "silent" | "other";
  /** What it answered, in a few words. */
  words: string;
}

/** Statuses of HTTP with which a server says that it could answer another time. */
const PASSING_STATUS = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529]);

/** JSON-RPC's "limit exceeded", by which nodes mean requests, or the results of one request. */
const LIMIT_EXCEEDED = -32005;

const MISSING =
  /header not found|block not found|unknown block|missing trie node|state .*(not available|pruned|missing)|no state available|historical state|cannot find block|block .*not available|pruned/i;
const FEE =
  /underpriced|max fee per gas less than block base fee|maxFeePerGas.*(low|less)|tip cap.*(below|minimum)|gas price (is )?(too low|below)|below (the )?minimum|fee too low|transaction gas price/i;
const BUSY =
  /rate limit|too many requests|request limit|capacity|try again|timed? ?out|temporarily|overloaded|busy|throttl|connection (reset|closed)|bad gateway|service unavailable|internal (server )?error/i;
const REVERTED = /revert/i;

/** What the error of a request says of the node; undefined if it is no error of a request. */
export function nodeFailureOf(error: unknown): NodeFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const { CONNECTION_REFUSED, NETWORK_TIMEOUT, INVALID_JSON_RESPONSE } = HardhatError.ERRORS.CORE.NETWORK;
  if (HardhatError.isHardhatError(error, CONNECTION_REFUSED)) return { kind: "refused", words: "nothing answers" };
  if (HardhatError.isHardhatError(error, NETWORK_TIMEOUT)) return { kind: "passing", words: "no answer in time" };
  if (HardhatError.isHardhatError(error, INVALID_JSON_RESPONSE)) {
    return { kind: "passing", words: "an answer that is no JSON" };
  }
  if (HardhatError.isHardhatError(error)) return undefined;
  if (!("code" in error) || typeof error.code !== "number") return undefined;
  const status = statusOf(error.cause);
  if (status !== undefined) {
    return { kind: PASSING_STATUS.has(status) ? "passing" : "other", words: `HTTP status ${status.toString()}` };
  }
  // Hardhat's own number for a request that did not come to an answer at all, such as a connection that was cut.
  if (error.cause instanceof Error) return { kind: "passing", words: "the connection was cut" };
  return { kind: kindOf(error.message, error.code, error), words: quoted(error.message) };
}

function kindOf(message: string, code: number, error: object): NodeFailure["kind"] {
  if (REVERTED.test(message)) return "data" in error && hasBytes(error.data) ? "other" : "silent";
  if (MISSING.test(message)) return "missing";
  if (FEE.test(message)) return "fee";
  return code === LIMIT_EXCEEDED || BUSY.test(message) ? "passing" : "other";
}

/** Whether a node said more than that a call reverted. */
const hasBytes = (data: unknown): boolean =>
  typeof data === "string" ? data.length > 2 : typeof data === "object" && data !== null;

/** The HTTP status that an error tells of. */
const statusOf = (cause: unknown): number | undefined =>
  cause instanceof Error && "statusCode" in cause && typeof cause.statusCode === "number" && cause.statusCode > 0
    ? cause.statusCode
    : undefined;

/**
 * What a person is told about a node's failure, in one sentence that says what helps.
 * @param network Its name.
 * @param isDefault Whether it is the local chain that commands use if none is named.
 */
export function sentenceOf({ kind, words }: NodeFailure, network: string, isDefault: boolean): string {
  switch (kind) {
    case "refused":
      return `Nothing answers on the network ${network}: ${isDefault ? "start a local chain with `npm run node`" : "check its RPC URL"}.`;
    case "passing":
      return `The node of ${network} did not answer as it should, however often it was asked (${words}): try again later, or with another RPC URL.`;
    case "missing":
      return `The node of ${network} does not have a block, or its state, that this needs (${words}): use an RPC URL of a node that keeps more of the past, or try again if it is only behind.`;
    case "fee":
      return `The node of ${network} takes no transaction with this fee (${words}): name a higher one with --priority-fee-gwei.`;
    case "silent":
      return `The chain refuses this, and the node of ${network} does not say why: an RPC URL of another node may give the reason.`;
    case "other":
      return `The node refuses this: ${words}.`;
  }
}
