import { FomoError } from "../../errors/fomoError.ts";
import { quoted } from "../../text/plainText.ts";
import type { RefusalDocument } from "../wire.ts";
import { jsonOf } from "./evidence.ts";

/** What a gateway says when it does not serve; undefined if an answer's body is no such thing. */
export function refusalIn(body: string): RefusalDocument["error"] | undefined {
  const document = jsonOf(body) as { error?: Record<string, unknown> | null } | null | undefined;
  const { type, code, message } = document?.error ?? {};
  const isRefusal = type === "fomo" && typeof code === "string" && typeof message === "string";
  return isRefusal ? (document?.error as unknown as RefusalDocument["error"]) : undefined;
}

/**
 * What the gateway has refused of the client's own, as an error.
 * @param what What it does not do, as the sentence goes on, such as "opens no session".
 */
export function refusedError(what: string, status: number, body: string): FomoError {
  const refusal = refusalIn(body);
  const reason = refusal === undefined ? `it answered with the status ${status}` : quoted(refusal.message);
  return new FomoError("gatewayRefuses", `The gateway ${what}: ${reason}`);
}

/** Statuses of whatever stands before a gateway: the request may have reached it all the same. */
const OF_PROXIES = new Set([502, 503, 504]);

/** Whether an answer is that of something between client and gateway, which knows nothing of the request. */
export const isOfProxy = (status: number, body: string): boolean =>
  OF_PROXIES.has(status) && refusalIn(body) === undefined;

/** Why an answer did not come, in words. */
export const wordsOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return quoted(cause instanceof Error ? cause.message : String(cause));
};
