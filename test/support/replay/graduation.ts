import { ZeroAddress } from "ethers";

import { vestedAfter } from "../model/vesting.ts";
import { SHARE } from "../scenes.ts";
import { LOCK_DURATION } from "../time.ts";
import { Book } from "./told.ts";
import type { Scope, Told, View } from "./told.ts";

/** The tokens that were deployed. */
export class TokenFactoryBook extends Book {
  /** Addresses by the salt that they follow from. */
  readonly #tokens = new Map<string, string>();

  protected override fold(event: Told): boolean {
    if (event.name !== "TokenDeployed") return false;
    this.#tokens.set(event.text("salt"), event.text("token"));
    return true;
  }

  protected override *views(): Iterable<View> {
    for (const [salt, token] of this.#tokens) yield ["predict", [salt], token];
  }
}

/** What graduation keeps of a model, and what it did for the locker. */
interface Opening {
  pair: string;
  flock: bigint;
  mt: bigint;
  burned: bigint;
  lockedLiquidity: bigint;
}

/** The pools that were opened. */
export class GraduationBook extends Book {
  readonly openings = new Map<bigint, Opening>();

  protected override fold(event: Told): boolean {
    if (event.name !== "Graduated") return false;
    const [mt, flock] = [event.struct("mt"), event.struct("flock")];
    this.openings.set(event.number("modelId"), {
      pair: event.text("pair"),
      flock: flock["pool"]!,
      mt: mt["pool"]!,
      burned: mt["burned"]!,
      lockedLiquidity: event.number("lockedLiquidity"),
    });
    return true;
  }

  protected override *views({ modelIds }: Scope): Iterable<View> {
    for (const modelId of modelIds) {
      const { flock, mt } = this.openings.get(modelId) ?? { flock: 0n, mt: 0n };
      yield ["openingReservesOf", [modelId], [flock, mt]];
    }
  }
}

/** What was released of the locks. The locker keeps no record: the rest is told by graduation and the vault. */
export class LockerBook extends Book {
  readonly #released = new Map<bigint, bigint>();

  protected override fold(event: Told): boolean {
    if (event.name !== "LiquidityReleased") return false;
    const modelId = event.number("modelId");
    this.#released.set(modelId, (this.#released.get(modelId) ?? 0n) + event.number("liquidity"));
    return true;
  }

  protected override *views({ books }: Scope): Iterable<View> {
    for (const [modelId, { pair, lockedLiquidity }] of books.graduation.openings) {
      const liquidity = lockedLiquidity - (this.#released.get(modelId) ?? 0n);
      const { startAt } = books.vault.records.get(modelId)!;
      yield ["lockOf", [modelId], [pair, liquidity, startAt + LOCK_DURATION]];
    }
  }
}

/** A graduation, and the five shares in the order of `Share`. */
interface Vesting {
  token: string;
  startAt: bigint;
  totals: bigint[];
  released: bigint[];
}

/** What vests. How much has vested at a moment is worked out with the reference model of vesting. */
export class VaultBook extends Book {
  readonly records = new Map<bigint, Vesting>();

  /** MT of a model that have not vested [MT wei]. */
  unvested(modelId: bigint, now: bigint): bigint {
    const record = this.records.get(modelId);
    if (record === undefined) return 0n;
    const shares = [SHARE.IssuerMt, SHARE.TreasuryMt, SHARE.IncentiveReserve];
    const total = shares.reduce<bigint>((sum, share) => sum + record.totals[Number(share)]!, 0n);
    return total - vestedAfter(total, now - record.startAt);
  }

  protected override fold(event: Told): boolean {
    if (event.name === "VestingOpened") {
      this.records.set(event.number("modelId"), {
        token: event.text("token"),
        startAt: event.number("startAt"),
        totals: event.list("totals") as bigint[],
        released: [0n, 0n, 0n, 0n, 0n],
      });
    } else if (event.name === "Released") {
      const { released } = this.records.get(event.number("modelId"))!;
      released[Number(event.number("share"))] = event.number("released");
    } else {
      return false;
    }
    return true;
  }

  protected override *views({ now, modelIds }: Scope): Iterable<View> {
    for (const modelId of modelIds) {
      const record = this.records.get(modelId);
      yield ["recordOf", [modelId], [record?.token ?? ZeroAddress, record?.startAt ?? 0n]];
      yield ["unvested", [modelId], this.unvested(modelId, now)];
      for (const share of Object.values(SHARE)) {
        const [total, released] = [record?.totals[Number(share)] ?? 0n, record?.released[Number(share)] ?? 0n];
        yield ["allocationOf", [modelId, share], [total, released]];
        const vested = record === undefined ? 0n : vestedAfter(total, now - record.startAt);
        yield ["releasable", [modelId, share], vested - released];
      }
    }
  }
}
