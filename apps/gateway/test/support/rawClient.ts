import { createHmac, hash, randomBytes } from "node:crypto";

import type { Wallet } from "ethers";

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import { receiptOfJson } from "../../../../sdk/src/gateway/receipt.ts";
import type { SignedReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import { signSession } from "../../../../sdk/src/gateway/session.ts";
import {
  GATEWAY_HEADERS,
  RECEIPT_EVENT,
  requestHeader,
  signedText,
  vouchersHeader,
} from "../../../../sdk/src/gateway/wire.ts";
import type { RefusalDocument, SessionDocument } from "../../../../sdk/src/gateway/wire.ts";
import { signVoucher } from "../../../../sdk/src/signing/voucher.ts";
import type { Voucher } from "../../../../sdk/src/signing/voucher.ts";
import type { UsageRow } from "../../../../sdk/src/usage/row.ts";
import { DEPLOYMENT } from "./chain.ts";

/** What of a request is not as an honest client would make it. */
export interface Deviations {
  requestId?: Hex;
  /** [s] */
  time?: bigint;
  vouchers?: string;
  mac?: string;
  headers?: Record<string, string>;
  body?: string;
  path?: string;
  session?: string;
  signal?: AbortSignal;
}

/** An answer of a gateway. */
export interface Answer {
  status: number;
  text: string;
  json: () => unknown;
  headers: Headers;
  receipt: SignedReceipt | undefined;
  refusal: RefusalDocument["error"] | undefined;
}

/** A client without any judgement of its own: what it is told to send, it sends. The SDK's client is another one. */
export class RawClient {
  readonly url: string;
  readonly user: string;
  readonly signer: Wallet;
  session: SessionDocument | undefined;
  /** The sums of the last receipt that it got, by model. */
  readonly sums = new Map<bigint, UsageRow>();

  constructor(url: string, signer: Wallet, user = signer.address) {
    this.url = url;
    this.signer = signer;
    this.user = user;
  }

  /** Opens a session, and returns the answer. */
  async open(gateway: string, lasts = 3_600): Promise<Response> {
    const expiresAt = BigInt(Math.floor(Date.now() / 1_000) + lasts);
    const key = this.signer.address;
    const signed = await signSession(this.signer, DEPLOYMENT, { user: this.user, key, gateway, expiresAt });
    const body = JSON.stringify({ ...signed, expiresAt: Number(expiresAt) });
    const response = await fetch(`${this.url}/v1/sessions`, { method: "POST", body });
    if (response.ok) this.session = (await response.clone().json()) as SessionDocument;
    return response;
  }

  /** Signs a voucher for sums; those of the last receipt if left out. */
  async voucher(sums = this.sums.get(1n), modelId = 1n, where = DEPLOYMENT): Promise<Voucher> {
    const { units, list, paid } = sums!; // a receipt came before
    return await signVoucher(this.signer, where, {
      user: this.user,
      key: this.signer.address,
      modelId,
      units,
      list,
      paid,
    });
  }

  /** Sends a request. */
  async send(method: "GET" | "POST", path: string, content: unknown, deviations: Deviations = {}): Promise<Answer> {
    const body = deviations.body ?? (method === "GET" ? "" : JSON.stringify(content));
    const { session, secret } = this.session ?? { session: "none", secret: "00" };
    const request = requestHeader(
      deviations.requestId ?? `0x${randomBytes(32).toString("hex")}`,
      deviations.time ?? BigInt(Math.floor(Date.now() / 1_000)),
    );
    const vouchers = deviations.vouchers ?? "";
    const bodyHash: Hex = `0x${hash("sha256", body, "hex")}`;
    const text = signedText({ method, path, request, vouchers, bodyHash });
    const mac = deviations.mac ?? createHmac("sha256", Buffer.from(secret, "hex")).update(text).digest("hex");
    const response = await fetch(`${this.url}${deviations.path ?? path}`, {
      ...{ method, ...(method === "GET" ? {} : { body }) },
      headers: {
        ...{ [GATEWAY_HEADERS.session]: deviations.session ?? session, [GATEWAY_HEADERS.request]: request },
        ...{ [GATEWAY_HEADERS.mac]: mac, ...(vouchers === "" ? {} : { [GATEWAY_HEADERS.vouchers]: vouchers }) },
        ...deviations.headers,
      },
      ...(deviations.signal === undefined ? {} : { signal: deviations.signal }),
    });
    return await this.#answerOf(response);
  }

  /** Asks for an answer, and brings a voucher for what came before. */
  async chat(content: string, more: Record<string, unknown> = {}, deviations: Deviations = {}): Promise<Answer> {
    const vouchers = deviations.vouchers ?? (this.sums.has(1n) ? vouchersHeader([await this.voucher()]) : "");
    const body = { model: "qwen-alice", max_tokens: 64, messages: [{ role: "user", content }], ...more };
    return await this.send("POST", "/v1/chat/completions", body, { ...deviations, vouchers });
  }

  async #answerOf(response: Response): Promise<Answer> {
    const text = await response.text();
    const json = () => JSON.parse(text) as unknown;
    const header = response.headers.get(GATEWAY_HEADERS.receipt);
    const event = new RegExp(`event: ${RECEIPT_EVENT}\ndata: (.*)\n`).exec(text)?.[1];
    const told = header === null ? event : Buffer.from(header, "base64url").toString();
    const read = told === undefined ? undefined : receiptOfJson(JSON.parse(told));
    const receipt = read?.ok === true ? read.receipt : undefined;
    if (receipt !== undefined) this.sums.set(receipt.modelId, receipt.sums);
    const refusal = response.ok ? undefined : (json() as RefusalDocument).error;
    return { status: response.status, text, json, headers: response.headers, receipt, refusal };
  }
}

/** A client with a session. */
export async function openClient(
  gateway: { url: string; address: string },
  signer: Wallet,
  user?: string,
): Promise<RawClient> {
  const client = new RawClient(gateway.url, signer, user);
  const opened = await client.open(gateway.address);
  if (!opened.ok) throw new Error(`The session was refused: ${await opened.text()}`);
  return client;
}
