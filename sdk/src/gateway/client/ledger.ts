import type { UsageRow } from "../../usage/row.ts";
import { checkReceipt, receiptDigester, receiptOfJson } from "../receipt.ts";
import type { UsageSums } from "../receipt.ts";
import type { MemoryEntry, OpenMemory } from "./memory.ts";
import { Series } from "./series.ts";
import type { Rules } from "./series.ts";
import type { Settings } from "./settings.ts";
import { acceptedPrices, differs, pricesEntry, pricesIn } from "./terms.ts";
import type { KnownModel, Terms } from "./terms.ts";

/** A usage of JSON that the client itself has written. */
const usageIn = ({ units, list, paid }: UsageSums): UsageRow => ({
  units: BigInt(units),
  list: BigInt(list),
  paid: BigInt(paid),
});

/** All series of one user and key with one gateway, and their memory. */
export class Ledger {
  readonly terms: Terms;
  readonly #settings: Settings;
  readonly #memory: OpenMemory;
  readonly #rules: Rules;
  readonly #series = new Map<number, Series>();
  readonly #models = new Map<string, KnownModel>();
  /** The end of what is being written. */
  #written: Promise<void> = Promise.resolve();

  private constructor(settings: Settings, terms: Terms, memory: OpenMemory) {
    this.terms = terms;
    this.#settings = settings;
    this.#memory = memory;
    this.#rules = {
      digestOf: receiptDigester(terms.where),
      partiesProblem: partiesChecker(settings, terms),
      minDiscountWad: settings.minDiscountWad,
      lostUsdc: settings.tolerance.lostUsdc ?? 10n ** BigInt(terms.usdcDecimals),
      lostBps: settings.tolerance.lostBps,
      remember: (entry) => void this.remember(entry),
    };
  }

  /**
   * Opens the memory and goes on where it has stopped.
   * @throws FomoError `inUse`; `badValue` if the gateway is not the one of before.
   */
  static async open(settings: Settings, terms: Terms): Promise<Ledger> {
    const { url, user, key, gateway } = settings;
    const memory = await settings.memory.open({ url, user, key });
    try {
      const ledger = new Ledger(settings, terms, memory);
      ledger.learn(terms.models);
      for (const entry of memory.entries) {
        if (entry.kind !== "gateway") ledger.#recall(entry);
        else if (gateway === undefined) differs("signs receipts as", terms.gateway, entry.gateway);
      }
      await memory.replace(ledger.#entries());
      return ledger;
    } catch (error) {
      await memory.close();
      throw error;
    }
  }

  /** Takes up models that were not known; the prices of the others stay what they were. */
  learn(models: readonly KnownModel[]): KnownModel[] {
    const fresh = models.filter(({ model }) => !this.#models.has(model));
    for (const known of fresh) this.#models.set(known.model, known);
    return fresh;
  }

  /** The series of all models that were used. */
  get all(): Series[] {
    return [...this.#series.values()];
  }

  /**
   * The series of a model, by its API id; undefined if there is no such model.
   * @throws FomoError `badValue` if the model costs more than `maxPrices` allows.
   */
  seriesOf(model: string): Series | undefined {
    const known = this.#models.get(model);
    return known === undefined ? undefined : this.#seriesOf(known);
  }

  /** The series of a model by its number; undefined if it was never used. */
  seriesById(modelId: number): Series | undefined {
    return this.#series.get(modelId);
  }

  /** Remembers one thing more, after all before it. */
  remember(entry: MemoryEntry): Promise<void> {
    const written = this.#written.then(() => this.#memory.append(entry));
    this.#written = written;
    written.catch(this.#settings.onProblem);
    return written;
  }

  /** Waits until everything is remembered. */
  async written(): Promise<void> {
    await this.#written;
  }

  async close(): Promise<void> {
    await this.#written.catch(() => undefined); // it was told to `onProblem`
    await this.#memory.close();
  }

  #seriesOf(known: KnownModel): Series {
    const found = this.#series.get(known.modelId);
    if (found !== undefined) return found;
    const prices = acceptedPrices(known, this.#settings.maxPrices);
    const series = new Series(known.model, known.modelId, prices, this.#rules);
    this.#series.set(known.modelId, series);
    return series;
  }

  /** Goes through one thing that is remembered. */
  #recall(entry: Exclude<MemoryEntry, { kind: "gateway" }>): void {
    if (entry.kind === "prices") {
      const { model, modelId } = entry;
      this.learn([{ model, modelId, prices: pricesIn(entry) }]);
      return;
    }
    const modelId = entry.kind === "receipt" ? entry.receipt.modelId : entry.modelId;
    const known = [...this.#models.values()].find((one) => one.modelId === modelId);
    if (known === undefined) return; // never: prices are remembered before anything else of a model
    const series = this.#seriesOf(known);
    switch (entry.kind) {
      case "asked":
        series.ask({ ...entry }, false);
        break;
      case "answered":
        series.recall(entry.id, entry);
        break;
      case "refused":
        series.forget(entry.id);
        break;
      case "head":
        series.head = { number: BigInt(entry.number), digest: entry.digest, sums: usageIn(entry.sums) };
        series.unproven = BigInt(entry.unproven);
        break;
      case "receipt": {
        const read = receiptOfJson(entry.receipt);
        if (read.ok) series.recallReceipt(read.receipt, BigInt(entry.unproven));
        break;
      }
      case "signed":
        series.signed = { sums: usageIn(entry.sums), r: entry.r, vs: entry.vs };
        break;
      case "stopped":
        series.stopped = entry.sentence;
        break;
      case "forgiven":
        series.stopped = undefined;
        series.unproven = 0n;
    }
  }

  /** What sums all of it up. */
  #entries(): MemoryEntry[] {
    const { gateway, where, usdcDecimals } = this.terms;
    const place = { gateway, chainId: Number(where.chainId), meter: where.addresses.meter, usdcDecimals };
    return [
      { kind: "gateway", ...place },
      ...[...this.#models.values()].map(pricesEntry),
      ...this.all.flatMap((series) => series.entries()),
    ];
  }
}

/** Makes the check of who has signed a receipt, and for whom. */
function partiesChecker({ user, key }: Settings, { where, gateway }: Terms): Rules["partiesProblem"] {
  return (receipt, modelId) => {
    if (receipt.user !== user || receipt.key !== key) return "is for another user or key";
    if (receipt.modelId !== BigInt(modelId)) return "is for another model";
    return checkReceipt(where, receipt, gateway).ok ? undefined : `is not signed by the gateway ${gateway}`;
  };
}
