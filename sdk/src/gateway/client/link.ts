import type { Hex } from "../../codec/hex.ts";
import { FomoError } from "../../errors/fomoError.ts";
import type { MeterPlace } from "../../signing/domains.ts";
import { signSession } from "../session.ts";
import { GATEWAY_HEADERS, requestHeader, signedText } from "../wire.ts";
import type { SessionDocument } from "../wire.ts";
import { authenticator, randomId, sha256, utf8 } from "./digests.ts";
import type { Authenticator, Bytes } from "./digests.ts";
import { jsonOf } from "./evidence.ts";
import { refusalIn, refusedError, wordsOf } from "./refusals.ts";
import type { Settings } from "./settings.ts";

/** A session that is open. */
interface Session {
  name: string;
  authenticate: Authenticator;
  /** [s] */
  expiresAt: number;
}

/** A request to the gateway. */
export interface Outgoing {
  method: "GET" | "POST";
  /** What comes behind the gateway's address, such as "/v1/account". */
  path: string;
  body?: Bytes;
  headers?: Headers;
  id?: Hex;
  /** The header with vouchers; empty if there is nothing to sign. */
  vouchers?: string;
  signal?: AbortSignal | undefined;
}

/** An answer whose refusal, if it is one, has been read. */
export interface Incoming {
  response: Response;
  /** The body of a refusal; undefined if the gateway has served. */
  refused: string | undefined;
}

/** How long before its end a session is renewed [s]. */
const RENEW_BEFORE = 30;

/** Whom sessions are opened with. */
export interface Counterpart {
  gateway: string;
  where: MeterPlace;
}

/** The way to a gateway: opens sessions and authenticates requests by them. */
export class Link {
  readonly #settings: Settings;
  readonly #counterpart: () => Promise<Counterpart>;
  #session: Promise<Session> | undefined;
  /** How far the gateway's clock is before ours [s]. */
  #clockOffset = 0;

  constructor(settings: Settings, counterpart: () => Promise<Counterpart>) {
    this.#settings = settings;
    this.#counterpart = counterpart;
  }

  /** Sends an authenticated request. Where the session or the clock is the problem, it does so once more. */
  async send(outgoing: Outgoing): Promise<Incoming> {
    const first = await this.#attempt(outgoing);
    const code = first.refused === undefined ? undefined : refusalIn(first.refused)?.code;
    if (code === "noSession") await this.#leave(first.session);
    else if (code !== "wrongTime" || !this.#adjustClock(first.response)) return first;
    return await this.#attempt(outgoing);
  }

  /**
   * Sends what needs no session, with a time limit, and reads the answer.
   * @throws FomoError `noAnswer`
   */
  async open(method: "GET" | "POST", path: string, document?: object): Promise<{ status: number; body: string }> {
    const body = document === undefined ? {} : { body: JSON.stringify(document) };
    try {
      const response = await this.#settings.fetch(this.#settings.url + path, {
        ...{ method, headers: document === undefined ? {} : { "content-type": "application/json" }, ...body },
        signal: AbortSignal.timeout(this.#settings.timeoutSeconds * 1_000),
      });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      throw new FomoError("noAnswer", `The gateway at ${this.#settings.url} does not answer: ${wordsOf(error)}.`);
    }
  }

  /**
   * Asks for a document of the client's own, with a session.
   * @throws FomoError `gatewayRefuses`, `noAnswer`
   */
  async ask(what: string, outgoing: Outgoing): Promise<unknown> {
    const signal = AbortSignal.timeout(this.#settings.timeoutSeconds * 1_000);
    let [body, status] = ["", 0];
    try {
      const { response, refused } = await this.send({ signal, ...outgoing });
      [body, status] = [refused ?? (await response.text()), response.status];
      if (refused === undefined) return jsonOf(body);
    } catch (error) {
      if (error instanceof FomoError) throw error;
      throw new FomoError("noAnswer", `The gateway at ${this.#settings.url} does not answer: ${wordsOf(error)}.`);
    }
    throw refusedError(what, status, body);
  }

  async #attempt(outgoing: Outgoing): Promise<Incoming & { session: Session }> {
    const session = await this.#currentSession();
    const { name, authenticate } = session;
    const { method, path, body = utf8(""), id = randomId(), vouchers = "", signal } = outgoing;
    const url = new URL(this.#settings.url + path);
    const request = requestHeader(id, BigInt(this.#now()));
    const parts = { method, path: url.pathname + url.search, request, vouchers, bodyHash: await sha256(body) };
    const headers = new Headers(outgoing.headers);
    headers.set(GATEWAY_HEADERS.session, name);
    headers.set(GATEWAY_HEADERS.request, request);
    if (vouchers !== "") headers.set(GATEWAY_HEADERS.vouchers, vouchers);
    headers.set(GATEWAY_HEADERS.mac, await authenticate(signedText(parts)));
    const response = await this.#settings.fetch(url.href, {
      ...{ method, headers, signal: signal ?? null },
      ...(method === "GET" ? {} : { body }),
    });
    return { response, refused: response.ok ? undefined : await response.text(), session };
  }

  /** The gateway's time [s]. */
  #now(): number {
    return Math.floor(Date.now() / 1_000) + this.#clockOffset;
  }

  /** Takes over the gateway's clock; false if it does not say what time it is. */
  #adjustClock(response: Response): boolean {
    const theirs = Date.parse(response.headers.get("date") ?? "");
    if (Number.isNaN(theirs)) return false;
    this.#clockOffset = Math.round((theirs - Date.now()) / 1_000);
    return true;
  }

  /** Takes a session for ended, unless another one has taken its place. */
  async #leave(session: Session): Promise<void> {
    const current = this.#session;
    if ((await current) === session && this.#session === current) this.#session = undefined;
  }

  /** The session that is open, or a new one. */
  async #currentSession(): Promise<Session> {
    const current = this.#session;
    if (current !== undefined) {
      const session = await current;
      if (session.expiresAt - RENEW_BEFORE > this.#now()) return session;
      if (this.#session !== current) return await this.#currentSession();
    }
    const opened = this.#openSession();
    this.#session = opened;
    opened.catch(() => {
      if (this.#session === opened) this.#session = undefined;
    });
    return await opened;
  }

  async #openSession(): Promise<Session> {
    const { user, key, signer, sessionSeconds } = this.#settings;
    const { gateway, where } = await this.#counterpart();
    const expiresAt = BigInt(this.#now() + sessionSeconds);
    const signed = await signSession(signer, where, { user, key, gateway, expiresAt });
    const { status, body } = await this.open("POST", "/v1/sessions", { ...signed, expiresAt: Number(expiresAt) });
    const document = jsonOf(body) as Partial<SessionDocument> | null | undefined;
    const { session, secret, expiresAt: end } = document ?? {};
    const isSession = typeof session === "string" && typeof secret === "string" && typeof end === "number";
    if (!isSession) throw refusedError("opens no session", status, body);
    return { name: session, authenticate: await authenticator(secret), expiresAt: end };
  }
}
