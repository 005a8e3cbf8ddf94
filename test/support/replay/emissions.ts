import { DAY } from "../time.ts";
import { Book, idOf } from "./told.ts";
import type { Scope, Told, View } from "./told.ts";

/** A model's record, by name in the order of the contract. */
type ModelRewards = Record<(typeof FIELDS)[number], bigint>;
const FIELDS = [
  ...["openEpoch", "sweptEpoch", "openScore", "openWeight", "openNet", "openPrice", "openCap"],
  ...["carriedEmission", "issuerBonus", "releasedFund", "releasedReserve", "cutFlock", "cutMt"],
] as const;
const CLOSED = { openEpoch: 0n, openScore: 0n, openWeight: 0n, openNet: 0n, openPrice: 0n, openCap: 0n };

/** A user's weight in a model. */
type Weight = [epoch: bigint, weight: bigint, net: bigint];

/** Budget, settings, epochs, models, pools, weights and rewards. */
export class EmissionsBook extends Book {
  readonly #epochs = new Map<bigint, bigint[]>();
  readonly #models = new Map<bigint, ModelRewards>();
  readonly #pools = new Map<string, unknown[]>();
  readonly #weights = new Map<string, Weight>();
  readonly #rewards = new Map<string, [flock: bigint, mt: bigint]>();
  readonly #burned = new Map<bigint, bigint>();
  #unreserved = 0n;
  #settings: unknown;
  #minimumStake = 0n;

  /** MT of a model that sweeps have burned [MT wei]. */
  burnedOf(modelId: bigint): bigint {
    return this.#burned.get(modelId) ?? 0n;
  }

  protected override fold(event: Told): boolean {
    switch (event.name) {
      case "Funded":
        this.#unreserved = event.number("unreserved");
        break;
      case "EmissionSettingsChanged":
        this.#settings = event.list("settings");
        break;
      case "MinimumStakeChanged":
        this.#minimumStake = event.number("minimumStake");
        break;
      case "WeightAdded":
        this.#weights.set(userId(event), [event.number("epoch"), event.number("weight"), event.number("net")]);
        break;
      case "UserRolled":
        this.#weights.set(userId(event), event.list("own") as Weight);
        this.#rewards.set(userId(event), event.list("claimable") as [bigint, bigint]);
        break;
      case "RewardClaimed": {
        // Nothing must be left; what is taken off is what was sent, so that the views would show a difference.
        const [flock, mt] = this.#rewards.get(userId(event))!;
        this.#rewards.set(userId(event), [flock - event.number("flock"), mt - event.number("mt")]);
        break;
      }
      default:
        return this.#foldModel(event, event.number("modelId"));
    }
    return true;
  }

  /** An event that changes the record of a model. */
  #foldModel(event: Told, modelId: bigint): boolean {
    const model = this.#modelOf(modelId);
    switch (event.name) {
      case "UsageRecorded": {
        const { cap } = event.struct("totals");
        Object.assign(model, {
          openEpoch: event.number("epoch"),
          openScore: event.number("score"),
          openWeight: event.number("weight"),
          openNet: event.number("net"),
          openPrice: event.number("price"),
          openCap: cap,
        });
        this.#epochs.set(event.number("epoch"), event.list("totals") as bigint[]);
        this.#unreserved = event.number("unreserved");
        break;
      }
      case "ModelRolled":
        Object.assign(model, CLOSED, event.struct("totals"));
        this.#pools.set(idOf(modelId, event.number("epoch")), event.list("pool"));
        break;
      case "RewardCut":
        Object.assign(model, { cutFlock: event.number("cutFlock"), cutMt: event.number("cutMt") });
        break;
      case "IssuerBonusClaimed":
        model.issuerBonus -= event.number("flock");
        break;
      case "ModelSwept":
        Object.assign(model, { sweptEpoch: event.number("epoch"), carriedEmission: 0n, cutFlock: 0n, cutMt: 0n });
        this.#burned.set(modelId, this.burnedOf(modelId) + event.number("mtBurned"));
        this.#unreserved = event.number("unreserved");
        break;
      default:
        return false;
    }
    this.#models.set(modelId, model);
    return true;
  }

  protected override *views({ now, users, modelIds }: Scope): Iterable<View> {
    const today = now / DAY;
    yield ["unreserved", [], this.#unreserved];
    yield ["emissionSettings", [], this.#settings];
    yield ["minimumStake", [], this.#minimumStake];
    yield ["currentEpoch", [], today];
    for (const epoch of new Set([today, today - 1n, ...this.#epochs.keys()])) {
      const totals = this.#epochs.get(epoch) ?? [0n, 0n, 0n];
      yield ["epochTotalsOf", [epoch], totals];
      // Before the first settlement of a day, its cap is a formula over prices.
      if (this.#epochs.has(epoch) || epoch < today) yield ["capOf", [epoch], totals[2]];
    }
    for (const modelId of modelIds) {
      const model = this.#modelOf(modelId);
      yield ["modelRewardsOf", [modelId], FIELDS.map((field) => model[field])];
      const hasEnded = model.openEpoch !== 0n && model.openEpoch < today;
      if (!hasEnded) yield ["issuerBonusOf", [modelId], model.issuerBonus];
      for (const epoch of this.#epochs.keys()) {
        yield ["poolOf", [modelId, epoch], this.#pools.get(idOf(modelId, epoch)) ?? [0n, 0n, 0n, 0n, 0n]];
      }
      for (const user of users) {
        const own = this.#weights.get(idOf(modelId, user)) ?? [0n, 0n, 0n];
        yield ["weightOf", [user, modelId], own];
        // A weight of an epoch that is over has earned what a roll works out.
        const isRolled = own[1] === 0n || own[0] === today;
        if (isRolled) yield ["claimableOf", [user, modelId], this.#rewards.get(idOf(modelId, user)) ?? [0n, 0n]];
      }
    }
  }

  #modelOf(modelId: bigint): ModelRewards {
    const none = Object.fromEntries(FIELDS.map((field) => [field, 0n]));
    return this.#models.get(modelId) ?? (none as ModelRewards);
  }
}

const userId = (event: Told): string => idOf(event.number("modelId"), event.text("user"));
