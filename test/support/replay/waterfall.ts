import { SEATS } from "../usage/seatNames.ts";
import { Book } from "./told.ts";
import type { Scope, Told, View } from "./told.ts";

/** Credits of seats. Names of seats are a convention of the registry: `RevenueSplit` says whose, not under which name. */
export class WaterfallBook extends Book {
  readonly #credits = new Map<string, bigint>();

  protected override fold(event: Told): boolean {
    if (event.name === "CreditClaimed") {
      this.#credits.set(event.text("seat"), event.number("credit"));
    } else if (event.name === "RevenueSplit") {
      const modelId = event.number("modelId");
      const { flockBuyback, treasury, issuer, mtBuyback } = event.struct("credits");
      this.#credits.set(event.text("providerSeat"), event.number("providerCredit"));
      this.#credits.set(SEATS.buybackFlock, flockBuyback!);
      this.#credits.set(SEATS.treasury, treasury!);
      this.#credits.set(SEATS.issuer(modelId), issuer!);
      this.#credits.set(SEATS.buybackModel(modelId), mtBuyback!);
    } else {
      return false;
    }
    return true;
  }

  protected override *views({ modelIds, books }: Scope): Iterable<View> {
    const ofModels = modelIds.flatMap((modelId) => [SEATS.issuer(modelId), SEATS.buybackModel(modelId)]);
    const ofProviders = [...books.registry.tiers.values()].map(({ seat }) => seat);
    const all = [SEATS.treasury, SEATS.buybackFlock, ...ofModels, ...ofProviders, ...this.#credits.keys()];
    for (const seat of new Set(all)) yield ["creditOf", [seat], this.#credits.get(seat) ?? 0n];
  }
}
