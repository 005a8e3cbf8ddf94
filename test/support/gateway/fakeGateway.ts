import { createHash, createHmac } from "node:crypto";

import { Wallet, id } from "ethers";

import type { Hex } from "../../../sdk/src/codec/hex.ts";
import { NO_USAGE, costOf, plusUsage } from "../../../sdk/src/gateway/cost.ts";
import type { TokenCounts, TokenPrices } from "../../../sdk/src/gateway/cost.ts";
import { NO_RECEIPT, jsonOfReceipt, jsonOfUsage, receiptDigester } from "../../../sdk/src/gateway/receipt.ts";
import type { SignedReceipt, UsageReceipt } from "../../../sdk/src/gateway/receipt.ts";
import { receiptsDigester } from "../../../sdk/src/gateway/signedTogether.ts";
import { checkSession } from "../../../sdk/src/gateway/session.ts";
import type { SignedSession } from "../../../sdk/src/gateway/session.ts";
import { GATEWAY_HEADERS, requestOfHeader, signedText, vouchersOfHeader } from "../../../sdk/src/gateway/wire.ts";
import type { RefusalCode, RefusalDetails, SeriesDocument, TermsDocument } from "../../../sdk/src/gateway/wire.ts";
import type { MeterPlace } from "../../../sdk/src/signing/domains.ts";
import { checkVoucher } from "../../../sdk/src/signing/checkVoucher.ts";
import { compactOf } from "./compact.ts";
import type { Address } from "../../../sdk/src/codec/hex.ts";
import type { UsageRow } from "../../../sdk/src/usage/row.ts";
import { KEY, PLACE, USER } from "../signedThings.ts";
import { servedAnswer } from "./servedAnswer.ts";
import type { Served } from "./servedAnswer.ts";

export const GATEWAY = new Wallet(id("a gateway"));
export const GATEWAY_URL = "https://gateway.test";

/** Two models, one of which is cheaper. */
export const MODELS: Record<string, { modelId: number; prices: TokenPrices }> = {
  "flock/large": { modelId: 7, prices: pricesOf(3_000_000n, 1_000_000n, 9_000_001n) },
  "flock/small": { modelId: 9, prices: pricesOf(700_000n, 700_000n, 700_000n) },
};

function pricesOf(input: bigint, cached: bigint, output: bigint): TokenPrices {
  const weightBps = { input: 10_000n, cached: 5_000n, output: 30_000n };
  return { list: { input, cached, output }, weightBps, minimumPrice: 100_000n };
}

/** What the gateway keeps of one model. */
interface FakeSeries {
  receipts: SignedReceipt[];
  /** What it has really served. */
  truth: UsageRow;
  /** The largest sums for which it has a signature. */
  signed: UsageRow;
}

/** What happens to a request on its way; nothing if undefined. */
export type Fate = "lostBefore" | "lostAfter" | "cutBody" | "cutStream" | "noSession" | "tooMany" | "proxy" | undefined;

/** How a gateway behaves. */
export interface Behaviour {
  discountWad?: bigint;
  /** What happens to the next paid request, or to its answer. */
  fateOf?: (isStream: boolean) => Fate;
  /** What it says that an answer has, in place of what it really has. */
  claim?: (tokens: TokenCounts) => TokenCounts;
  /** Changes a receipt before it is signed. */
  cheat?: (receipt: UsageReceipt, gateway: FakeGateway) => UsageReceipt;
  /** Changes what is sent: the receipt beside the answer, or where it stands in a stream. */
  tamper?: (served: Served, gateway: FakeGateway) => Served;
  /** Signs receipts. */
  signer?: Wallet;
  /** What it gives when it is asked for receipts. */
  given?: (receipts: SignedReceipt[]) => unknown[];
  /** How much may be open before it asks for signatures [requests]. */
  patience?: number;
  /** Answers in the gateway's place. */
  instead?: (path: string, requestId: Hex, headers: Headers) => Response | undefined;
  /** Waits as long as the network takes. */
  delay?: () => Promise<void>;
}

/** The same in JSON. */
type Json<Value> = { [Key in keyof Value]: Value[Key] extends bigint ? number : Value[Key] };

const sha256 = (bytes: Uint8Array): Hex => `0x${createHash("sha256").update(bytes).digest("hex")}`;

/** A gateway inside the process, as small as can be: a token is a byte. It remembers what it has really served. */
export class FakeGateway {
  behaviour: Behaviour;
  readonly series = new Map<number, FakeSeries>();
  /** Which requests came, by method and path. */
  readonly asked: string[] = [];
  readonly #sessions = new Map<string, string>();
  readonly #kept = new Map<Hex, Served>();
  readonly #digest: (receipt: UsageReceipt) => Hex;
  readonly #digestOfAll: (digests: readonly Hex[]) => Hex;

  /** The meter for which it signs receipts and takes vouchers. */
  readonly #place: MeterPlace;

  constructor(behaviour: Behaviour = {}, place: MeterPlace = PLACE) {
    this.behaviour = behaviour;
    this.#place = place;
    this.#digest = receiptDigester(place);
    this.#digestOfAll = receiptsDigester(place);
  }

  /** The place of `fetch`. */
  readonly fetch = (url: string, init: RequestInit = {}): Promise<Response> =>
    Promise.race([this.#answer(url, init), abortOf(init.signal)]);

  async #answer(url: string, init: RequestInit): Promise<Response> {
    await this.behaviour.delay?.();
    const { pathname, search } = new URL(url);
    const body = bytesOf(init.body);
    this.asked.push(`${init.method ?? "GET"} ${pathname}`);
    if (pathname === "/v1/terms") return json(this.terms());
    if (pathname === "/v1/sessions") return this.#openSession(JSON.parse(body.toString()) as Json<SignedSession>);
    return await this.#authenticated(init.method!, pathname, search, new Headers(init.headers), body);
  }

  terms(): TermsDocument {
    const text = (values: Record<keyof TokenCounts, bigint>) => ({
      ...{ input: values.input.toString(), cached: values.cached.toString(), output: values.output.toString() },
    });
    return {
      ...{
        gateway: GATEWAY.address,
        chainId: Number(this.#place.chainId),
        meter: this.#place.addresses.meter,
        usdcDecimals: 6,
      },
      ...{ settlementSeconds: 3_600, requestsInFlight: 8, relay: null },
      models: Object.entries(MODELS).map(([name, { modelId, prices }]) => ({
        ...{ id: name, modelId, list: text(prices.list), minimumPrice: prices.minimumPrice.toString() },
        weightBps: { input: 10_000, cached: 5_000, output: 30_000 },
        ...{ contextTokens: 100_000, maxOutputTokens: 10_000 },
      })),
    };
  }

  /** What it says of the key. */
  account(): { series: Pick<SeriesDocument, "modelId" | "signed" | "receipts" | "head">[] } {
    const series = [...this.series].map(([modelId, { receipts, signed }]) => {
      const last = receipts.at(-1);
      const head = last === undefined ? NO_RECEIPT : this.#digest(last);
      return { modelId, signed: jsonOfUsage(signed), receipts: receipts.length, head };
    });
    return { series };
  }

  /** What is kept of a model. */
  of(modelId: number): FakeSeries {
    const found = this.series.get(modelId) ?? { receipts: [], truth: NO_USAGE, signed: NO_USAGE };
    this.series.set(modelId, found);
    return found;
  }

  /** Ends all sessions, as a restart does. */
  endSessions(): void {
    this.#sessions.clear();
  }

  #openSession(signed: Json<SignedSession>): Response {
    const now = BigInt(Math.floor(Date.now() / 1_000));
    const checked = checkSession(this.#place, { ...signed, expiresAt: BigInt(signed.expiresAt) }, now);
    if (!checked.ok) return refusal(401, "noSession", checked.sentence);
    const session = `session-${this.#sessions.size.toString()}-${Math.random().toString()}`;
    this.#sessions.set(session, sha256(Buffer.from(session)).slice(2));
    return json({ session, secret: this.#sessions.get(session), expiresAt: signed.expiresAt });
  }

  async #authenticated(
    method: string,
    path: string,
    search: string,
    headers: Headers,
    body: Buffer,
  ): Promise<Response> {
    const header = (name: keyof typeof GATEWAY_HEADERS) => headers.get(GATEWAY_HEADERS[name]) ?? "";
    const secret = this.#sessions.get(header("session"));
    if (secret === undefined) return refusal(401, "noSession", "There is no such session.");
    const parts = { method, path: path + search, request: header("request"), vouchers: header("vouchers") };
    const text = signedText({ ...parts, bodyHash: sha256(body) });
    const mac = createHmac("sha256", Buffer.from(secret, "hex")).update(text).digest("hex");
    if (mac !== header("mac")) return refusal(401, "badMac", "The request is not the session's.");
    const { id: requestId } = requestOfHeader(parts.request)!;
    const instead = this.behaviour.instead?.(path, requestId, headers);
    if (instead !== undefined) return instead;
    const read = vouchersOfHeader(parts.vouchers, { user: USER.address as Address, key: KEY.address as Address });
    if (!read.ok) return refusal(400, "badVoucher", read.sentence);
    for (const voucher of read.vouchers) {
      const checked = checkVoucher(this.#place, voucher);
      if (!checked.ok) return refusal(400, "badVoucher", checked.sentence);
      const { units, list, paid } = voucher;
      const series = this.of(Number(voucher.modelId));
      if (paid > series.signed.paid) series.signed = { units, list, paid };
    }
    if (path === "/v1/receipts") return this.#receiptsAfter(new URLSearchParams(search));
    if (path === "/v1/account" || path === "/v1/vouchers") return json(this.account());
    return await this.#serve(path, requestId, body);
  }

  #receiptsAfter(query: URLSearchParams): Response {
    const { receipts } = this.of(MODELS[query.get("model")!]!.modelId);
    const after = BigInt(query.get("after")!);
    const found = receipts.filter(({ number }) => number > after);
    return json({ receipts: (this.behaviour.given?.(found) ?? found.map(jsonOfReceipt)).slice(0, 100) });
  }

  async #serve(path: string, requestId: Hex, body: Buffer): Promise<Response> {
    const request = JSON.parse(body.toString()) as { model: string; stream?: boolean };
    const model = MODELS[request.model];
    if (model === undefined) return refusal(404, "notFound", "There is no such model.");
    const fate = this.behaviour.fateOf?.(request.stream === true);
    if (fate === "lostBefore") throw new TypeError("fetch failed");
    if (fate === "tooMany") return refusal(429, "tooMany", "Too many requests.");
    if (fate === "proxy") return new Response("<html>Bad gateway</html>", { status: 502 });
    if (fate === "noSession") {
      this.endSessions();
      return refusal(401, "noSession", "There is no such session.");
    }
    const kept = this.#kept.get(requestId);
    if (kept !== undefined) return respond(kept, fate);
    const series = this.of(model.modelId);
    const open = series.receipts.filter(({ sums }) => sums.units > series.signed.units);
    if (open.length >= (this.behaviour.patience ?? 8)) {
      const sign = [{ modelId: model.modelId, sums: jsonOfUsage(series.receipts.at(-1)!.sums) }];
      return refusal(402, "signFirst", "Sign first.", { sign });
    }
    const served = this.#served(path, requestId, body, model);
    this.#kept.set(requestId, served);
    await this.behaviour.delay?.();
    return respond(served, fate);
  }

  /** Serves a request, and writes down what it really was. */
  #served(path: string, requestId: Hex, body: Buffer, { modelId, prices }: (typeof MODELS)[string]): Served {
    const series = this.of(modelId);
    const answer = servedAnswer(path, body, this.behaviour.claim);
    const costAt = (tokens: TokenCounts) => costOf(tokens, prices, this.behaviour.discountWad ?? 0n);
    series.truth = plusUsage(series.truth, costAt(answer.real));
    const used = costAt(answer.tokens);
    const last = series.receipts.at(-1);
    const honest: UsageReceipt = {
      ...{ requestId, user: USER.address as Address, key: KEY.address as Address, modelId: BigInt(modelId) },
      number: (last?.number ?? 0n) + 1n,
      previous: last === undefined ? NO_RECEIPT : this.#digest(last),
      ...{ tokens: answer.tokens, used, sums: plusUsage(last?.sums ?? NO_USAGE, used) },
      ...{ requestHash: sha256(body), answerHash: sha256(answer.hashed), servedAt: 1_800_000_000n },
    };
    const receipt = this.sign(this.behaviour.cheat?.(honest, this) ?? honest);
    series.receipts.push(receipt);
    const served = answer.withReceipt(JSON.stringify(jsonOfReceipt(receipt)));
    return this.behaviour.tamper?.(served, this) ?? served;
  }

  /** Signs a receipt. */
  sign(receipt: UsageReceipt): SignedReceipt {
    const { signingKey } = this.behaviour.signer ?? GATEWAY;
    const signedWith = [NO_RECEIPT, this.#digest(receipt)];
    return { ...receipt, signedWith, ...compactOf(signingKey.sign(this.#digestOfAll(signedWith))) };
  }
}

/** Fails when a signal says so. */
const abortOf = (signal: AbortSignal | null | undefined): Promise<never> =>
  new Promise((_, fail) => {
    const abort = () => {
      fail(signal!.reason as Error);
    };
    if (signal?.aborted === true) abort();
    else signal?.addEventListener("abort", abort);
  });

/** Sends an answer, unless it is lost. */
function respond(served: Served, fate: Fate): Response {
  if (fate === "lostAfter") throw new TypeError("fetch failed");
  return served.respond(fate);
}

const bytesOf = (body: unknown): Buffer =>
  typeof body === "string" ? Buffer.from(body) : Buffer.from((body as Uint8Array | undefined) ?? []);

const json = (document: unknown, status = 200) => Response.json(document, { status });

/** A refusal of the gateway. */
export const refusal = (status: number, code: RefusalCode, message: string, details: RefusalDetails = {}) =>
  json({ error: { message, type: "fomo", code, param: null, ...details } }, status);
