import { FomoError } from "../../errors/fomoError.ts";
import { typedText } from "../../text/plainText.ts";
import type { UsageRow } from "../../usage/row.ts";
import { NO_USAGE } from "../cost.ts";
import type { AccountDocument, StartedDocument, TermsDocument } from "../wire.ts";
import { jsonOf } from "./evidence.ts";
import type { Fetch } from "./fetch.ts";
import { Ledger } from "./ledger.ts";
import { Link } from "./link.ts";
import { ReceiptBook } from "./receiptBook.ts";
import { refusedError } from "./refusals.ts";
import { doubtful, sendPaid } from "./requests.ts";
import type { Series } from "./series.ts";
import { settingsOf } from "./settings.ts";
import type { GatewayClientSettings } from "./settings.ts";
import { Settling } from "./settling.ts";
import { signStart } from "./start.ts";
import type { StartTerms } from "./start.ts";
import { readTerms } from "./terms.ts";
import { Vouchers } from "./vouchers.ts";

/** How things stand with one model. */
export interface SeriesStanding {
  model: string;
  modelId: number;
  /** How many receipts are here and borne out. */
  receipts: bigint;
  /** What was served by them. */
  served: UsageRow;
  /** What of it is signed. */
  signed: UsageRow;
  /** What of it is not borne out, and within the tolerance [USDC units]. */
  unproven: bigint;
  /** Why nothing more is signed; undefined while all is well. */
  stopped: string | undefined;
}

/** A client of a gateway. */
export interface GatewayClient {
  /**
   * Takes the place of `fetch`: `new OpenAI({ baseURL: url + "/v1", apiKey: "unused", fetch: client.fetch })`. It pays for
   * what it asks for, and passes on what the gateway refuses.
   * @throws FomoError `doubtfulReceipt` if a receipt is not borne out; `badValue` for requests to others.
   */
  fetch: Fetch;
  /** What the gateway says of itself, as when the client began. */
  terms(): Promise<TermsDocument>;
  /** The account with the gateway. */
  account(): Promise<AccountDocument>;
  /** Signs everything that is open now, and says how the account stands then. */
  settleUp(): Promise<AccountDocument>;
  /** Starts a newcomer: signs a deposit, a key or both, and waits until the gateway has submitted them. */
  start(terms: StartTerms): Promise<StartedDocument>;
  /** How things stand with each model that was used. */
  series(): Promise<SeriesStanding[]>;
  /**
   * Goes on with a model after a receipt that was not borne out: all receipts of the gateway up to now are taken as they
   * are, if they are signed and follow each other, and will be signed.
   * @throws FomoError `doubtfulReceipt` if they are not.
   */
  forgive(model: string): Promise<void>;
  /** Settles up and closes the memory. Requests that are under way are to be ended before. */
  close(): Promise<void>;
}

/** What is paid for. */
const PAID = new Set(["/v1/chat/completions", "/v1/completions", "/v1/embeddings"]);

/**
 * Makes a client of a gateway, for one user and key. Nothing is asked before it is needed. One memory is for one client at a
 * time: two that sign for one key would not know what the other has asked for.
 * @throws FomoError `badAddress`, `badValue`
 */
export function gatewayClient(given: GatewayClientSettings): GatewayClient {
  const settings = settingsOf(given);
  let opening: Promise<Ledger> | undefined;
  const link = new Link(settings, async () => (await ledger()).terms);
  const ledger = (): Promise<Ledger> => {
    opening ??= readTerms(link, settings).then((terms) => Ledger.open(settings, terms));
    opening.catch(() => (opening = undefined)); // the gateway may answer the next time
    return opening;
  };
  const [vouchers, receipts] = [new Vouchers(settings), new ReceiptBook(settings, link)];
  const settling = new Settling({ settings, link, vouchers, receipts, ledger });
  const desk = {
    settings,
    link,
    vouchers,
    receipts,
    ended: () => {
      settling.later();
    },
  };

  const sendAny = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const path = pathOf(settings.url, request.url);
    const headers = new Headers(request.headers);
    headers.delete("authorization"); // an API key, which the gateway has no use for
    // Not the request's own signal: that one is gone with the request.
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    if (request.method === "POST" && PAID.has(path)) {
      const body = new Uint8Array(await request.arrayBuffer());
      return await sendPaid(desk, await ledger(), { path, headers, body, signal });
    }
    const hasBody = request.method !== "GET" && request.method !== "HEAD";
    return await settings.fetch(request.url, {
      ...{ method: request.method, headers, signal: signal ?? null },
      ...(hasBody ? { body: await request.arrayBuffer() } : {}),
    });
  };

  return {
    fetch: sendAny,
    terms: async () => (await ledger()).terms.document,
    account: async () =>
      (await link.ask("shows no account", { method: "GET", path: "/v1/account" })) as AccountDocument,
    settleUp: () => settling.now(),
    async start(terms) {
      const { where } = (await ledger()).terms;
      const { status, body } = await link.open("POST", "/v1/start", await signStart(settings, where, terms));
      const started = jsonOf(body) as Partial<StartedDocument> | null | undefined;
      if (typeof started?.transactionHash !== "string") throw refusedError("starts nobody", status, body);
      return started as StartedDocument;
    },
    series: async () => (await ledger()).all.map(standingOf),
    async forgive(model) {
      const series = (await ledger()).seriesOf(model);
      if (series === undefined) throw new FomoError("badValue", `The gateway has no model "${typedText(model)}".`);
      series.forgive(await receipts.rest(series));
      if (series.stopped !== undefined) throw doubtful(series);
      settling.later();
    },
    async close() {
      if (opening === undefined) return;
      try {
        await settling.close();
      } finally {
        await (await ledger()).close();
        opening = undefined;
      }
    },
  };
}

const standingOf = (series: Series): SeriesStanding => {
  const { model, modelId, head, signed, unproven, stopped } = series;
  return {
    ...{ model, modelId, receipts: head.number, served: head.sums },
    ...{ signed: signed?.sums ?? NO_USAGE, unproven, stopped },
  };
};

/** What of a request's address comes behind the gateway's. */
function pathOf(url: string, requested: string): string {
  if (requested.startsWith(`${url}/v1/`)) return requested.slice(url.length);
  throw new FomoError("badValue", `This client pays at ${url}/v1, and not for "${typedText(requested)}".`);
}
