import { gatewayClient } from "../../../sdk/src/gateway/client/gatewayClient.ts";
import type { GatewayClient } from "../../../sdk/src/gateway/client/gatewayClient.ts";
import type { GatewayClientSettings } from "../../../sdk/src/gateway/client/settings.ts";
import { KEY, USER } from "../signedThings.ts";
import { chatBody } from "./chatBody.ts";
import type { ChatTerms } from "./chatBody.ts";
import { FakeGateway, GATEWAY_URL } from "./fakeGateway.ts";
import type { Behaviour } from "./fakeGateway.ts";

/** A client that signs nothing without proof. */
export const STRICT = { lostUsdc: 0n, lostBps: 0n };

/** A client of a fake gateway, which does nothing by itself and does not wait long. */
export const clientOf = (gateway: FakeGateway, settings: Partial<GatewayClientSettings> = {}): GatewayClient =>
  gatewayClient({
    ...{ url: GATEWAY_URL, user: USER.address, key: KEY.address, signer: KEY, retryAfterMs: 2 },
    ...{ fetch: gateway.fetch as typeof fetch, settleAfterSeconds: Infinity, ...settings },
  });

/** A fake gateway, and a client of it. */
export function gatewayWithClient(behaviour: Behaviour = {}, settings: Partial<GatewayClientSettings> = {}) {
  const gateway = new FakeGateway(behaviour);
  return { gateway, client: clientOf(gateway, settings) };
}

/** Asks in a chat, as the `openai` package does. */
export const chat = (
  client: GatewayClient,
  { signal = null, ...terms }: ChatTerms & { signal?: AbortSignal | null } = {},
): Promise<Response> =>
  client.fetch(`${GATEWAY_URL}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer unused" },
    body: chatBody(terms),
    signal,
  });

/** Why something failed; it must. */
export async function failureOf(work: Promise<unknown>): Promise<Error & { code?: string }> {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error("It did not fail.");
}
