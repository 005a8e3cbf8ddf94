import { hash } from "node:crypto";

import type { Context } from "hono";

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import type { TokenCounts } from "../../../../sdk/src/gateway/cost.ts";
import { jsonOfReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import type { SignedReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import { GATEWAY_HEADERS } from "../../../../sdk/src/gateway/wire.ts";
import { typedText } from "../../../../sdk/src/text/plainText.ts";
import type { Authentic } from "../auth/gate.ts";
import type { Endpoint } from "../config/schema.ts";
import type { ServedModel } from "../config/models.ts";
import type { Ticket, Unserved } from "../metering/desk.ts";
import { parseBody, upstreamOrder } from "../upstream/body.ts";
import type { UpstreamOrder } from "../upstream/body.ts";
import { relay } from "../upstream/stream.ts";
import { tokensOf } from "../upstream/usage.ts";
import { limitedBytes } from "../upstream/whole.ts";
import type { Gateway } from "./context.ts";
import { Refusal, chainAway, refusalOf, storeAway } from "../refusals/refusal.ts";
import { authenticate } from "./sent.ts";

/** The largest answer that is not streamed [bytes]. */
const LARGEST_ANSWER = 67_108_864;

/** Serves paid requests of one endpoint. */
export const paidRoute =
  (gateway: Gateway, endpoint: Endpoint) =>
  async (context: Context): Promise<Response> => {
    const began = performance.now();
    const { sender, body } = await authenticate(gateway, context);
    const raw = parseBody(body);
    const model = modelOf(gateway, raw.model, endpoint);
    const { continuousUsage } = gateway.upstream.settings;
    const order = upstreamOrder(endpoint, raw, body.length, model, continuousUsage);
    const opened = await gateway.desk
      .open({ ...sender, modelId: model.modelId, bounds: order.bounds })
      .catch((error: unknown) => {
        gateway.log.error({ error }, "the store has failed");
        throw storeAway();
      });
    if (opened.kind !== "served") return await again(gateway, opened, sender);
    return await new Service(gateway, endpoint, opened.ticket, order, body.length, began).serve(context.req.raw.signal);
  };

function modelOf({ models }: Gateway, name: string, endpoint: Endpoint): ServedModel {
  const model = models.byName.get(name);
  if (model === undefined) {
    throw new Refusal("notFound", `There is no model "${typedText(name)}" here: /v1/models lists them.`);
  }
  if (model.config.endpoints.includes(endpoint)) return model;
  throw new Refusal("notFound", `The model "${typedText(name)}" does not have this endpoint.`);
}

/** Answers what is not served: with the answer of before, or with the reason. */
async function again(
  { answers, signer }: Gateway,
  outcome: Unserved,
  { requestId, requestHash }: Authentic,
): Promise<Response> {
  switch (outcome.kind) {
    case "chainAway":
      throw chainAway();
    case "denied":
      throw refusalOf(outcome);
    case "badVoucher":
      throw new Refusal(
        "badVoucher",
        `No receipt of model ${outcome.of.modelId.toString()} says what the voucher says.`,
      );
    case "inFlight":
      throw new Refusal("inFlight", "A request with this id is being served: wait, or choose another id.", {
        retryAfter: 1,
      });
    case "servedBefore": {
      const { receipt } = outcome;
      if (receipt.requestHash !== requestHash) {
        throw new Refusal("badRequest", "Another request had this id: choose another one.");
      }
      const kept = answers.find(requestId);
      if (kept !== undefined) return new Response(kept.body, { headers: kept.headers });
      throw new Refusal(
        "servedBefore",
        "This request was served, and its answer is not kept any more: `receipt` says what it cost.",
        {
          receipt: jsonOfReceipt(await signer.sign(receipt)),
        },
      );
    }
  }
}

/** One request that is being served. */
class Service {
  readonly #gateway: Gateway;
  readonly #endpoint: Endpoint;
  readonly #ticket: Ticket;
  readonly #order: UpstreamOrder;
  readonly #size: number;
  readonly #began: number;
  readonly #abort = new AbortController();

  constructor(gateway: Gateway, endpoint: Endpoint, ticket: Ticket, order: UpstreamOrder, size: number, began: number) {
    this.#gateway = gateway;
    this.#endpoint = endpoint;
    this.#ticket = ticket;
    this.#order = order;
    this.#size = size;
    this.#began = began;
  }

  /** @param left Tells that the client has gone. */
  async serve(left: AbortSignal): Promise<Response> {
    const { upstream, inFlight } = this.#gateway;
    const stop = () => {
      this.#abort.abort(new Refusal("tooSlow", "The client has gone."));
    };
    if (left.aborted) stop();
    else left.addEventListener("abort", stop, { once: true });
    const { requestSeconds } = upstream.settings;
    const timer = setTimeout(() => {
      this.#abort.abort(new Refusal("upstream", "The request takes too long.", { status: 504 }));
    }, requestSeconds * 1_000);
    inFlight.count++;
    const end = () => {
      inFlight.count--;
      clearTimeout(timer);
      left.removeEventListener("abort", stop);
    };
    let isStreaming = false;
    try {
      const answer = await upstream.call(this.#endpoint, this.#order.body, this.#abort.signal);
      if (!answer.ok) return await this.#passOn(answer);
      if (this.#order.streams && answer.body !== null) {
        isStreaming = true;
        return this.#stream(answer.body, end);
      }
      return await this.#whole(answer);
    } finally {
      if (!isStreaming) {
        await this.#giveUp();
        end();
      }
    }
  }

  #closed = false;

  /** Ends the request without a charge, if nothing else has ended it. */
  async #giveUp(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#ticket.drop().catch((error: unknown) => {
      this.#gateway.log.error({ error, requestId: this.#ticket.order.requestId }, "a request could not be given up");
    });
  }

  async #close(tokens: TokenCounts, answerHash: Hex): Promise<SignedReceipt | undefined> {
    this.#closed = true;
    const receipt = await this.#ticket.close(tokens, answerHash);
    return receipt === undefined ? undefined : await this.#gateway.signer.sign(receipt);
  }

  /** What the upstream refuses is passed on, if it is about the request; nothing is charged. */
  async #passOn(answer: Response): Promise<Response> {
    const text = (await limitedBytes(answer, 65_536)).toString();
    if (answer.status >= 500 || answer.status === 401 || answer.status === 403) {
      this.#gateway.log.warn({ status: answer.status }, "the upstream has failed");
      throw new Refusal("upstream", "The model's server has failed: try again later.", { retryAfter: 5 });
    }
    if (isJson(text)) {
      this.#tell(answer.status, undefined);
      return new Response(text, { status: answer.status, headers: { "content-type": "application/json" } });
    }
    throw new Refusal("badRequest", "The model's server refuses the request, and does not say why.", {
      status: answer.status,
    });
  }

  async #whole(answer: Response): Promise<Response> {
    const body = await limitedBytes(answer, LARGEST_ANSWER);
    const tokens = tokensOf((parsed(body) as { usage?: unknown } | undefined)?.usage);
    if (tokens === undefined) {
      throw new Refusal(
        "upstream",
        "The model's server does not say how many tokens its answer has: nothing is charged.",
      );
    }
    const receipt = await this.#close(tokens, `0x${hash("sha256", body, "hex")}`).catch((error: unknown) => {
      this.#gateway.log.error({ error, requestId: this.#ticket.order.requestId }, "a request could not be closed");
      throw storeAway();
    });
    // What nobody is charged for is not given either: its reservation was given up, and may serve another by now.
    if (receipt === undefined) throw storeAway();
    const headers = {
      "content-type": "application/json",
      [GATEWAY_HEADERS.receipt]: Buffer.from(JSON.stringify(jsonOfReceipt(receipt))).toString("base64url"),
    };
    this.#gateway.answers.keep(receipt.requestId, { body, headers });
    this.#tell(200, receipt);
    return new Response(body, { headers });
  }

  #stream(upstream: ReadableStream<Uint8Array>, end: () => void): Response {
    const { idleSeconds } = this.#gateway.upstream.settings;
    let receipt: SignedReceipt | undefined;
    const body = relay({
      ...{ upstream, promptBytes: this.#size, wantsUsage: this.#order.wantsUsage },
      ...{ idle: idleSeconds * 1_000, abort: this.#abort },
      close: async (tokens, answerHash) => (receipt = await this.#close(tokens, answerHash)),
      ended: (how) => {
        end();
        this.#gateway.metrics.streams.inc({ end: how });
        this.#tell(200, receipt, how);
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream", "cache-control": "no-cache" } });
  }

  #tell(status: number, receipt: SignedReceipt | undefined, how?: string): void {
    const { metrics, log } = this.#gateway;
    const { user, key, requestId } = this.#ticket.order;
    const model = this.#ticket.model.config.id;
    const seconds = (performance.now() - this.#began) / 1_000;
    metrics.requests.inc({ endpoint: this.#endpoint, status: status.toString() });
    metrics.seconds.observe({ endpoint: this.#endpoint }, seconds);
    if (receipt !== undefined) {
      metrics.paid.inc({ model }, Number(receipt.used.paid));
      for (const [kind, count] of Object.entries(receipt.tokens)) metrics.tokens.inc({ model, kind }, count as number);
    }
    log.info(
      {
        ...{ requestId, user, key, model, endpoint: this.#endpoint, seconds },
        ...{ tokens: receipt?.tokens, paid: receipt?.used.paid.toString(), ...(how === undefined ? {} : { end: how }) },
      },
      status === 200 ? "served" : "refused by the model's server",
    );
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

const isJson = (text: string): boolean => parsed(Buffer.from(text)) !== undefined;
