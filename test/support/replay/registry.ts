import { ZeroAddress } from "ethers";

import { SEATS } from "../usage/seatNames.ts";
import { Book } from "./told.ts";
import type { Scope, Told, View } from "./told.ts";

/** A hosting tier: its terms in their order, the compute cost of them, and the seat of its provider. */
interface Tier {
  terms: unknown[];
  computeCost: bigint;
  seat: string;
}

/** A model as it was registered, and how it is served. */
interface Model {
  tierId: bigint;
  minimumPrice: bigint;
  identity: unknown[];
  seat: string;
  apiId: string;
  liveAt: bigint;
}

/** Tiers, models and seats. */
export class RegistryBook extends Book {
  readonly tiers = new Map<bigint, Tier>();
  readonly models = new Map<bigint, Model>();
  readonly #holders = new Map<string, string>();
  readonly #offers = new Map<string, string>();
  #least = 0n;

  /** The holder of a seat. Those of the buyback are the contract's until somebody else is named. */
  holderOf(seat: string): string {
    const isBuyback = /^0x0[45]/.test(seat);
    return this.#holders.get(seat) ?? (isBuyback ? this.link("buyback") : ZeroAddress);
  }

  protected override fold(event: Told): boolean {
    switch (event.name) {
      case "TierAdded":
        this.#setTier(event, event.text("seat"));
        break;
      case "TierChanged":
        this.#setTier(event, this.tiers.get(event.number("tierId"))!.seat);
        break;
      case "ProviderNamed":
        this.tiers.get(event.number("tierId"))!.seat = event.text("seat");
        break;
      case "ModelRegistered":
        this.models.set(event.number("modelId"), {
          tierId: event.number("tierId"),
          minimumPrice: event.number("minimumPrice"),
          identity: event.list("identity"),
          seat: event.text("seat"),
          apiId: "",
          liveAt: 0n,
        });
        break;
      case "ApiIdRecorded":
        Object.assign(this.models.get(event.number("modelId"))!, {
          apiId: event.text("apiId"),
          liveAt: event.number("liveAt"),
        });
        break;
      case "SeatFilled":
      case "SeatHandedOver":
        this.#holders.set(event.text("seat"), event.text("holder"));
        this.#offers.delete(event.text("seat"));
        break;
      case "SeatOffered":
        this.#offers.set(event.text("seat"), event.text("to"));
        break;
      default:
        return false;
    }
    return true;
  }

  protected override *views({ modelIds }: Scope): Iterable<View> {
    yield ["modelCount", [], BigInt(this.models.size)];
    yield ["tierCount", [], BigInt(this.tiers.size)];
    yield ["leastMinimumRaise", [], this.#least];
    yield ["treasurySeat", [], SEATS.treasury];
    yield ["treasury", [], this.holderOf(SEATS.treasury)];
    for (const [tierId, { terms, seat }] of this.tiers) {
      yield ["tierOf", [tierId], terms];
      yield ["providerSeatOf", [tierId], seat];
    }
    for (const [modelId, model] of this.models) {
      const { tierId, minimumPrice, identity, seat, apiId, liveAt } = model;
      const tier = this.tiers.get(tierId)!;
      yield ["modelOf", [modelId], [tierId, minimumPrice]];
      yield ["identityOf", [modelId], identity];
      yield ["issuerSeatOf", [modelId], seat];
      yield ["issuerOf", [modelId], this.holderOf(seat)];
      yield ["computeCostOf", [modelId], tier.computeCost];
      yield ["usageTermsOf", [modelId], [minimumPrice, tier.computeCost, liveAt, tier.seat]];
      yield ["apiIdOf", [modelId], apiId];
    }
    const ofBuyback = [SEATS.buybackFlock, ...modelIds.map((modelId) => SEATS.buybackModel(modelId))];
    for (const seat of new Set([...this.#holders.keys(), ...ofBuyback])) {
      yield ["holderOf", [seat], this.holderOf(seat)];
      yield ["offeredTo", [seat], this.#offers.get(seat) ?? ZeroAddress];
    }
  }

  #setTier(event: Told, seat: string): void {
    const { computeCost } = event.struct("terms");
    this.tiers.set(event.number("tierId"), { terms: event.list("terms"), computeCost: computeCost!, seat });
    this.#least = event.number("leastMinimumRaise");
  }
}
