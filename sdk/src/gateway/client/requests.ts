import { FomoError } from "../../errors/fomoError.ts";
import type { Hex } from "../../codec/hex.ts";
import { receiptOfJson } from "../receipt.ts";
import type { SignedReceipt } from "../receipt.ts";
import type { RefusalDocument } from "../wire.ts";
import { takeStream, takeWhole } from "./answers.ts";
import type { Expected } from "./answers.ts";
import { randomId } from "./digests.ts";
import type { Bytes } from "./digests.ts";
import { viewRequest } from "./evidence.ts";
import type { Ledger } from "./ledger.ts";
import type { Incoming, Link } from "./link.ts";
import type { ReceiptBook } from "./receiptBook.ts";
import { isOfProxy, refusalIn } from "./refusals.ts";
import type { Series } from "./series.ts";
import type { Settings } from "./settings.ts";
import type { Vouchers } from "./vouchers.ts";
import { backOff, pause } from "./waiting.ts";

/** A request of the caller, read. */
export interface PaidRequest {
  /** What comes behind the gateway's address. */
  path: string;
  headers: Headers;
  body: Bytes;
  signal: AbortSignal | undefined;
}

/** How often one request signs what the gateway asks for: others may be served in between. */
const SIGNING_ROUNDS = 3;
/** How often an answer is asked for that is still being made. */
const IN_FLIGHT_ROUNDS = 20;
/** How long it waits for an answer that is still being made [ms]. */
const IN_FLIGHT_PAUSE = 500;

/** What requests work with. */
export interface Desk {
  settings: Settings;
  link: Link;
  vouchers: Vouchers;
  receipts: ReceiptBook;
  /** Is told when an answer has ended. */
  ended: () => void;
}

/** How a request has gone so far. */
interface Course {
  /** How many of its answers were lost. */
  lost: number;
  signed: number;
  waited: number;
}

/**
 * Sends a request that is paid for, and takes its answer. One whose answer is lost is sent again under the same id, so that
 * it is charged once.
 * @throws FomoError `doubtfulReceipt` if a receipt of its series is not borne out; whatever `fetch` throws.
 */
export async function sendPaid(desk: Desk, ledger: Ledger, request: PaidRequest): Promise<Response> {
  const view = await viewRequest(request.body, desk.settings.tolerance);
  const series = view.model === undefined ? undefined : await desk.receipts.seriesOf(ledger, view.model);
  if (series === undefined) return await passOn(desk, request); // the gateway says what is wrong with it
  await desk.receipts.catchUpIfDue(series);
  if (series.stopped !== undefined) throw doubtful(series);
  const asked = {
    ...{ modelId: series.modelId, id: randomId() },
    ...{ requestHash: view.hash, mostInput: view.mostInput, askedAt: Math.floor(Date.now() / 1_000) },
  };
  series.ask(asked);
  const expected: Expected = {
    ...{ asked, series, bounds: desk.settings.tolerance, ended: desk.ended },
    askForReceipt: () => askForReceipt(desk, series, asked.id),
  };
  try {
    await ledger.remember({ kind: "asked", ...asked });
    return await converse(desk, ledger, request, expected);
  } catch (error) {
    series.lose(asked.id);
    desk.ended();
    throw error;
  }
}

/** Says why a series has stopped. */
export const doubtful = ({ stopped = "", model }: Series): FomoError =>
  new FomoError(
    "doubtfulReceipt",
    `${stopped} Nothing more is signed for ${model} until you call \`forgive("${model}")\`, which takes the gateway's receipts as they are.`,
  );

/** Sends a request until it has an answer. */
async function converse(desk: Desk, ledger: Ledger, request: PaidRequest, expected: Expected): Promise<Response> {
  const course: Course = { lost: 0, signed: 0, waited: 0 };
  for (;;) {
    const response = await attempt(desk, ledger, request, expected, course);
    if (response !== undefined) return response;
  }
}

/** Sends a request once. Undefined if it is to be sent again. */
async function attempt(
  desk: Desk,
  ledger: Ledger,
  request: PaidRequest,
  expected: Expected,
  course: Course,
): Promise<Response | undefined> {
  const { asked, series } = expected;
  const { path, headers, body, signal } = request;
  const vouchers = await desk.vouchers.due(ledger, series);
  let incoming: Incoming;
  let whole: Bytes | undefined;
  try {
    incoming = await desk.link.send({
      ...{ method: "POST", path, headers, body, signal },
      ...{ id: asked.id, vouchers: vouchers.header },
    });
    if (incoming.refused === undefined && !isStream(incoming.response)) {
      whole = new Uint8Array(await incoming.response.arrayBuffer());
    }
  } catch (error) {
    if (signal?.aborted === true || error instanceof FomoError || course.lost === desk.settings.retries) throw error;
    await backOff(desk.settings.retryAfterMs, course.lost++, signal);
    return undefined;
  }
  const { response, refused } = incoming;
  if (refused !== undefined) return await takeRefusal(desk, ledger, request, expected, course, response, refused);
  vouchers.taken();
  return whole === undefined ? takeStream(response, expected) : await takeWhole(response, whole, expected);
}

/** Does what a refusal asks for. Undefined if the request is to be sent again; else the refusal passes on. */
async function takeRefusal(
  desk: Desk,
  ledger: Ledger,
  { signal }: PaidRequest,
  { asked, series }: Expected,
  course: Course,
  response: Response,
  body: string,
): Promise<Response | undefined> {
  const { settings, receipts } = desk;
  const refusal = refusalIn(body);
  if (isOfProxy(response.status, body) && course.lost < settings.retries) {
    await backOff(settings.retryAfterMs, course.lost++, signal);
    return undefined;
  }
  if (refusal?.code === "signFirst" && course.signed++ < SIGNING_ROUNDS) {
    if (await bearsOut(desk, ledger, refusal)) return undefined;
    if (series.stopped !== undefined) throw doubtful(series);
  }
  if (refusal?.code === "inFlight" && course.waited++ < IN_FLIGHT_ROUNDS) {
    await pause(IN_FLIGHT_PAUSE, signal);
    return undefined;
  }
  if (refusal?.code === "servedBefore") {
    const read = receiptOfJson(refusal.receipt);
    if (read.ok) series.offer(read.receipt);
  }
  // What was sent once and lost may have been served all the same.
  const isCertain = refusal !== undefined && course.lost === 0 && !MAYBE_SERVED.has(refusal.code);
  if (isCertain) series.refuse(asked.id);
  else series.lose(asked.id);
  await receipts.quietly(series);
  desk.ended();
  return new Response(body, { status: response.status, statusText: response.statusText, headers: response.headers });
}

/** Refusals of a request that is served, or that was. */
const MAYBE_SERVED = new Set<string>(["inFlight", "servedBefore", "defect", "unavailable"]);

/** Gets the receipts for what the gateway wants to have signed. False if they do not bear all of it out. */
async function bearsOut({ receipts }: Desk, ledger: Ledger, refusal: RefusalDocument["error"]): Promise<boolean> {
  let areBorneOut = true;
  for (const { modelId, sums } of refusal.sign ?? []) {
    const series = ledger.seriesById(modelId);
    if (series === undefined) return false;
    areBorneOut &&= await receipts.reach(series, BigInt(sums.units));
  }
  return areBorneOut;
}

const isStream = (response: Response): boolean =>
  response.headers.get("content-type")?.startsWith("text/event-stream") ?? false;

/** Asks for the receipt of a stream that has ended without one; the gateway may need a moment for it. */
async function askForReceipt(
  { receipts, settings }: Desk,
  series: Series,
  id: Hex,
): Promise<SignedReceipt | undefined> {
  for (let round = 0; round < 2; round++) {
    await receipts.quietly(series, true);
    const receipt = series.receiptOf(id);
    if (receipt !== undefined) return receipt;
    await backOff(settings.retryAfterMs, round, undefined);
  }
  return undefined;
}

/** Sends a request of a model that the gateway does not name. */
async function passOn({ link }: Desk, { path, headers, body, signal }: PaidRequest): Promise<Response> {
  const { response, refused } = await link.send({ method: "POST", path, headers, body, signal });
  if (refused === undefined) return response;
  return new Response(refused, { status: response.status, statusText: response.statusText, headers: response.headers });
}
