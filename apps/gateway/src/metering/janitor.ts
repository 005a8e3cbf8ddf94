import type { Logger } from "pino";

import type { Store } from "../store/sql.ts";
import { PRUNED_AT_ONCE, abandoned, openSeries, openSums, prune, seen } from "../store/reports.ts";
import type { OpenSums } from "../store/reports.ts";
import type { Desk } from "./desk.ts";
import type { Ledger } from "./ledger.ts";

/** How often a gateway says that it is there, and when others take it for lost [s]. */
const BEAT = 5;
const LOST_AFTER = 30;

/** How often series that are served on are looked for that have not been asked about for long [ms]. */
const REFRESH_EVERY = 1_000;

/** How often open series are asked about [ms], and how many at once. */
const ASK_EVERY = 60_000;
const ASK_MOST = 1_000;

/** How often what is open is added up [ms]. */
const SUM_EVERY = 60_000;

/** How often old receipts are forgotten [ms]. */
const PRUNE_EVERY = 3_600_000;

/** What a janitor works with. */
export interface JanitorParts {
  store: Store;
  gateway: string;
  ledger: Ledger;
  desk: Desk;
  keepReceiptsDays: number;
  log: Logger;
}

/**
 * Keeps the books in order: gives up what nobody serves any more, of gateways that were lost or of this one, asks the chain
 * what was collected, and forgets old receipts.
 */
export class Janitor {
  readonly #parts: JanitorParts;
  readonly #timers: NodeJS.Timeout[] = [];
  #beatenAt = Date.now();
  #open: OpenSums | undefined;

  constructor(parts: JanitorParts) {
    this.#parts = parts;
  }

  /** Starts. Of a store that this process alone has open, whatever was in flight is given up at once. */
  async start(): Promise<void> {
    const { store, gateway } = this.#parts;
    await seen(store, gateway);
    await this.#sweep(store.isExclusive ? 0 : LOST_AFTER);
    this.#every(BEAT * 1_000, "beat", async () => {
      await seen(store, gateway);
      this.#beatenAt = Date.now();
      await this.#sweep(LOST_AFTER);
    });
    this.#every(REFRESH_EVERY, "refresh", () => this.#parts.desk.refreshOld());
    this.#every(ASK_EVERY, "ask", async () => {
      const series = await openSeries(store, new Date(Date.now() - ASK_EVERY), ASK_MOST);
      if (series.length !== 0) await this.#parts.desk.refresh(series);
    });
    const addUp = async () => {
      this.#open = await openSums(store);
    };
    await addUp();
    this.#every(SUM_EVERY, "sum", addUp);
    this.#every(PRUNE_EVERY, "prune", async () => {
      while ((await prune(store, this.#parts.keepReceiptsDays)) === PRUNED_AT_ONCE);
    });
  }

  /** How long ago the store has taken a beat [ms]. */
  age(): number {
    return Date.now() - this.#beatenAt;
  }

  /** What was open in the store when it was last added up; undefined before it was started. */
  open(): OpenSums | undefined {
    return this.#open;
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }

  async #sweep(seconds: number): Promise<void> {
    const { store, ledger, desk, gateway, log } = this.#parts;
    const all = await abandoned(store, seconds, gateway);
    const found = all.filter(({ requestId }) => !desk.isLive(requestId));
    for (const { requestId, wish } of found) await ledger.run({ kind: "drop", requestId, wish });
    if (found.length !== 0) log.warn({ gateway, count: found.length }, "gave up requests that nobody serves any more");
  }

  /** Does something again and again, never twice at once. */
  #every(period: number, what: string, act: () => Promise<void>): void {
    let isBusy = false;
    const round = async () => {
      if (isBusy) return;
      isBusy = true;
      try {
        await act();
      } catch (error) {
        this.#parts.log.warn({ error, what }, "a round has failed");
      } finally {
        isBusy = false;
      }
    };
    this.#timers.push(setInterval(() => void round(), period).unref());
  }
}
