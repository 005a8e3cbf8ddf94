import type { AccountDocument } from "../wire.ts";
import type { Ledger } from "./ledger.ts";
import type { Link } from "./link.ts";
import type { ReceiptBook } from "./receiptBook.ts";
import type { Settings } from "./settings.ts";
import { isDue } from "./vouchers.ts";
import type { Vouchers } from "./vouchers.ts";

/** What settling up works with. */
export interface SettlingParts {
  settings: Settings;
  link: Link;
  vouchers: Vouchers;
  receipts: ReceiptBook;
  ledger: () => Promise<Ledger>;
}

/** Signs what is open without a request: when it is told to, and by itself some time after the last answer. */
export class Settling {
  readonly #parts: SettlingParts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  constructor(parts: SettlingParts) {
    this.#parts = parts;
  }

  /** An answer has ended: the client settles up by itself unless another one does. */
  later(): void {
    clearTimeout(this.#timer);
    const { settleAfterSeconds } = this.#parts.settings;
    if (this.#isClosed || settleAfterSeconds === Infinity) return;
    const timer: { unref?: () => void } | number = setTimeout(() => void this.#byItself(), settleAfterSeconds * 1_000);
    this.#timer = timer as ReturnType<typeof setTimeout>;
    if (typeof timer === "object") timer.unref?.(); // in Node it keeps no process alive
  }

  /**
   * Gets missing receipts, and brings the gateway the vouchers that it has not got.
   * @throws FomoError `gatewayRefuses`, `noAnswer`
   */
  async now(): Promise<AccountDocument> {
    clearTimeout(this.#timer);
    const { link, vouchers } = this.#parts;
    const ledger = await this.#parts.ledger();
    const failure = await this.#catchUp(ledger);
    for (;;) {
      const { header, taken } = await vouchers.due(ledger);
      const account = await link.ask("takes no vouchers", { method: "POST", path: "/v1/vouchers", vouchers: header });
      taken();
      if (ledger.all.some(isDue) && header !== "") continue;
      if (failure !== undefined) throw failure;
      return account as AccountDocument;
    }
  }

  /** Settles up if anything is open, and never again by itself. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    if (await this.#isOpen()) await this.now();
  }

  async #byItself(): Promise<void> {
    try {
      if (await this.#isOpen()) await this.now();
    } catch (error) {
      this.#parts.settings.onProblem(error);
    }
    // A gateway may need a moment to end the answers that were lost.
    if (await this.#isOpen()) this.later();
  }

  async #isOpen(): Promise<boolean> {
    return (await this.#parts.ledger()).all.some((series) => series.mustAsk || isDue(series));
  }

  /** Gets missing receipts of all series. What fails for one does not keep the others from being settled. */
  async #catchUp({ all }: Ledger): Promise<Error | undefined> {
    let failure: Error | undefined;
    for (const series of all) {
      await this.#parts.receipts.catchUpIfDue(series).catch((error: unknown) => {
        failure ??= error as Error;
      });
    }
    return failure;
  }
}
