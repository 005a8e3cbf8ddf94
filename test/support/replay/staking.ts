import { MT_SUPPLY } from "../units.ts";
import { Book, idOf } from "./told.ts";
import type { Scope, Told, View } from "./told.ts";

/** Stakes and the settings of the discount. */
export class StakingBook extends Book {
  /** By model and user: active, warming, warmAt, exiting, withdrawableAt. */
  readonly #stakes = new Map<string, bigint[]>();
  #settings: unknown;

  protected override fold(event: Told): boolean {
    switch (event.name) {
      case "Staked":
      case "ExitRequested":
      case "ExitCancelled":
        this.#stakes.set(stakeId(event), event.list("stake") as bigint[]);
        break;
      case "Withdrawn": {
        // Nothing is on its way out any more; the rest of the stake is as it was.
        const stake = this.#stakes.get(stakeId(event))!;
        stake.splice(3, 2, stake[3]! - event.number("amount"), 0n);
        break;
      }
      case "DiscountSettingsChanged":
        this.#settings = event.list("settings");
        break;
      default:
        return false;
    }
    return true;
  }

  protected override *views({ now, users, modelIds, books }: Scope): Iterable<View> {
    yield ["discountSettings", [], this.#settings];
    for (const modelId of modelIds) {
      for (const user of users) {
        const stored = this.#stakes.get(idOf(modelId, user)) ?? [0n, 0n, 0n, 0n, 0n];
        const [active, warming, warmAt, ...exit] = stored as [bigint, bigint, bigint, bigint, bigint];
        // What has warmed up by now counts; the event says when that is.
        const warmed = now < warmAt ? 0n : warming;
        yield ["stakeOf", [modelId, user], active + warmed];
        yield ["stakeRecordOf", [modelId, user], [active + warmed, warming - warmed, warmAt, ...exit]];
      }
      const opening = books.graduation.openings.get(modelId);
      const burned = (opening?.burned ?? 0n) + books.buyback.burnedOf(modelId) + books.emissions.burnedOf(modelId);
      const supply = opening === undefined ? 0n : MT_SUPPLY - burned - books.vault.unvested(modelId, now);
      yield ["circulatingSupply", [modelId], supply];
    }
  }
}

const stakeId = (event: Told): string => idOf(event.number("modelId"), event.text("user"));
