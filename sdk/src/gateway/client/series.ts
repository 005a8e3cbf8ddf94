import type { Hex } from "../../codec/hex.ts";
import { BPS } from "../../units/numbers.ts";
import type { UsageRow } from "../../usage/row.ts";
import { NO_USAGE } from "../cost.ts";
import type { TokenPrices } from "../cost.ts";
import { jsonOfReceipt, jsonOfUsage, NO_RECEIPT } from "../receipt.ts";
import type { SignedReceipt } from "../receipt.ts";
import { chainProblem, evidenceProblem, unprovenOf } from "./judge.ts";
import type { Head } from "./judge.ts";
import type { Answered, Asked, MemoryEntry } from "./memory.ts";

/** Sums that are signed. */
export interface SignedSums {
  sums: UsageRow;
  r: Hex;
  vs: Hex;
}

/** A request whose receipt has not been judged. */
interface OpenRequest {
  asked: Asked;
  /** Whether its answer can still come. */
  inFlight: boolean;
  answered: Answered | undefined;
}

/** What a series is judged by, which is the same for all of them. */
export interface Rules {
  digestOf: (receipt: SignedReceipt) => Hex;
  /** What is wrong with who has signed a receipt and for whom, as a sentence goes on. */
  partiesProblem: (receipt: SignedReceipt, modelId: number) => string | undefined;
  minDiscountWad: bigint;
  /** What is signed without proof [USDC units], and of what is signed [bps]. */
  lostUsdc: bigint;
  lostBps: bigint;
  remember: (entry: MemoryEntry) => void;
}

/** How often the receipts of lost answers are asked for. */
const ASKS = 3;

/** What one user and key have with a gateway for one model: its receipts in their order, and what they bear out. */
export class Series {
  /** The model's API id and number. */
  readonly model: string;
  readonly modelId: number;
  prices: TokenPrices;
  head: Head = { number: 0n, digest: NO_RECEIPT, sums: NO_USAGE };
  /** What of the sums is not borne out [USDC units]. */
  unproven = 0n;
  signed: SignedSums | undefined;
  /** The sums that the gateway is known to have a signature for. */
  delivered: UsageRow = NO_USAGE;
  /** Why nothing more is signed; undefined while all is well. */
  stopped: string | undefined;
  /** How often receipts of lost answers are still to be asked for: a gateway may need a moment to end them. */
  asksDue = 0;
  readonly #rules: Rules;
  readonly #open = new Map<Hex, OpenRequest>();
  /** Receipts that wait for those before them, by number. */
  readonly #waiting = new Map<bigint, SignedReceipt>();

  constructor(model: string, modelId: number, prices: TokenPrices, rules: Rules) {
    this.model = model;
    this.modelId = modelId;
    this.prices = prices;
    this.#rules = rules;
  }

  /** A request that is about to be sent. */
  ask(asked: Asked, inFlight = true): void {
    this.#open.set(asked.id, { asked, inFlight, answered: undefined });
    if (!inFlight) this.asksDue = ASKS;
  }

  /** A request that the gateway has not served. */
  refuse(id: Hex): void {
    if (this.#open.delete(id)) this.#rules.remember({ kind: "refused", modelId: this.modelId, id });
    this.#advance();
  }

  /** No answer comes any more, or no more of it than `answered` says. */
  lose(id: Hex, answered?: Answered): void {
    const open = this.#open.get(id);
    if (open?.inFlight !== true) return;
    open.inFlight = false;
    if (answered !== undefined) this.answer(id, answered);
    this.asksDue = ASKS;
    this.#advance();
  }

  /** What came back, and the receipt with it if there was one. */
  answer(id: Hex, answered: Answered, receipt?: SignedReceipt): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    open.inFlight = false;
    open.answered = answered;
    this.#rules.remember({ kind: "answered", modelId: this.modelId, id, ...answered });
    if (receipt === undefined) this.asksDue = ASKS;
    else if (receipt.requestId !== id) this.stop(receipt.number, "came with the answer to another request");
    else if (receipt.number <= this.head.number) this.stop(receipt.number, "stands where another receipt stood before");
    else this.#keep(receipt);
    this.#advance();
  }

  /** Forgets requests whose answers were lost so long ago that no receipt for them can come any more. */
  forgetBefore(moment: number): void {
    for (const { asked, inFlight } of [...this.#open.values()]) {
      if (!inFlight && asked.askedAt < moment) this.refuse(asked.id);
    }
  }

  /** What is remembered of an answer. */
  recall(id: Hex, answered: Answered): void {
    const open = this.#open.get(id);
    if (open !== undefined) open.answered = answered;
  }

  /** What is remembered of a receipt that was judged. */
  recallReceipt(receipt: SignedReceipt, unproven: bigint): void {
    this.head = { number: receipt.number, digest: this.#rules.digestOf(receipt), sums: receipt.sums };
    this.unproven += unproven;
    this.#open.delete(receipt.requestId);
  }

  /** What is remembered of a request that was not served. */
  forget(id: Hex): void {
    this.#open.delete(id);
  }

  /** A receipt that was asked for. Whether it is new is found out. */
  offer(receipt: SignedReceipt): void {
    if (receipt.number <= this.head.number) return;
    this.#keep(receipt);
    this.#advance();
  }

  /** The receipt of a request, if it is here and has not been judged. */
  receiptOf(id: Hex): SignedReceipt | undefined {
    return [...this.#waiting.values()].find(({ requestId }) => requestId === id);
  }

  /** The number of the last receipt that is here without a gap before it. */
  get lastWithoutGap(): bigint {
    let { number } = this.head;
    while (this.#waiting.has(number + 1n)) number += 1n;
    return number;
  }

  /** Whether there are receipts that the gateway must be asked for. */
  get mustAsk(): boolean {
    return this.stopped === undefined && (this.hasGap || (this.asksDue > 0 && this.#open.size !== 0));
  }

  /** Whether receipts are missing before one that is here. */
  get hasGap(): boolean {
    return this.stopped === undefined && this.#waiting.size !== 0 && !this.#waiting.has(this.head.number + 1n);
  }

  /** Whether the next receipt is here and waits for the end of its answer. */
  get waitsForAnswer(): boolean {
    const next = this.#waiting.get(this.head.number + 1n);
    return this.stopped === undefined && next !== undefined && this.#open.get(next.requestId)?.inFlight === true;
  }

  /** Why nothing more is signed for this model, for ever or until the user forgives. */
  stop(number: bigint, problem: string): void {
    if (this.stopped !== undefined) return;
    this.stopped = `The receipt ${number.toString()} of ${this.model} ${problem}.`;
    this.#rules.remember({ kind: "stopped", modelId: this.modelId, sentence: this.stopped });
  }

  /** Takes receipts in their order as they are, if they are the gateway's and follow each other. */
  forgive(receipts: readonly SignedReceipt[]): void {
    this.stopped = undefined;
    this.#waiting.clear();
    for (const receipt of receipts) {
      const problem = this.#rules.partiesProblem(receipt, this.modelId) ?? chainProblem(receipt, this.head);
      if (problem !== undefined) {
        this.stop(receipt.number, problem);
        return;
      }
      this.#take(receipt, 0n);
    }
    this.unproven = 0n;
    this.#rules.remember({ kind: "forgiven", modelId: this.modelId });
  }

  /** What sums the series up, to be remembered. */
  entries(): MemoryEntry[] {
    const { modelId, head, signed } = this;
    const { number, digest, sums } = head;
    const standing = { number: Number(number), digest, sums: jsonOfUsage(sums), unproven: this.unproven.toString() };
    return [
      { kind: "head", modelId, ...standing },
      ...(signed === undefined
        ? []
        : [{ kind: "signed" as const, modelId, ...signed, sums: jsonOfUsage(signed.sums) }]),
      ...[...this.#open.values()].flatMap(({ asked, answered }): MemoryEntry[] => [
        { kind: "asked", ...asked },
        ...(answered === undefined ? [] : [{ kind: "answered" as const, modelId, id: asked.id, ...answered }]),
      ]),
      ...(this.stopped === undefined ? [] : [{ kind: "stopped" as const, modelId, sentence: this.stopped }]),
    ];
  }

  /** Keeps a receipt until it is its turn. */
  #keep(receipt: SignedReceipt): void {
    const problem = this.#rules.partiesProblem(receipt, this.modelId);
    const other = this.#waiting.get(receipt.number);
    if (problem !== undefined) this.stop(receipt.number, problem);
    else if (other !== undefined && this.#rules.digestOf(other) !== this.#rules.digestOf(receipt)) {
      this.stop(receipt.number, "stands beside another one of that number");
    } else this.#waiting.set(receipt.number, receipt);
  }

  /** Judges what can be judged. */
  #advance(): void {
    while (this.stopped === undefined) {
      const receipt = this.#waiting.get(this.head.number + 1n);
      if (receipt === undefined) return;
      const open = this.#open.get(receipt.requestId);
      if (open?.inFlight === true) return; // its answer says more
      this.#judge(receipt, open);
    }
  }

  #judge(receipt: SignedReceipt, open: OpenRequest | undefined): void {
    if (open === undefined) {
      this.stop(receipt.number, "is for a request that this client does not know");
      return;
    }
    const { prices } = this;
    const { minDiscountWad, lostUsdc, lostBps } = this.#rules;
    const evidence = { ...open, prices, minDiscountWad };
    const problem = chainProblem(receipt, this.head) ?? evidenceProblem(receipt, evidence);
    if (problem !== undefined) {
      this.stop(receipt.number, problem);
      return;
    }
    const unproven = unprovenOf(receipt, evidence);
    if (unproven > 0n && this.unproven + unproven > lostUsdc + (receipt.sums.paid * lostBps) / BPS) {
      const why = open.answered === undefined ? "whose answer was lost" : "for more tokens than were seen";
      this.stop(receipt.number, `is ${why}, and with it more is not borne out than the tolerance allows`);
      return;
    }
    this.#take(receipt, unproven);
  }

  /** Goes on by one receipt. */
  #take(receipt: SignedReceipt, unproven: bigint): void {
    this.recallReceipt(receipt, unproven);
    this.#waiting.delete(receipt.number);
    this.#rules.remember({ kind: "receipt", receipt: jsonOfReceipt(receipt), unproven: unproven.toString() });
  }
}
