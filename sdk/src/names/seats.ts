import { toBeHex } from "ethers";

import type { Hex } from "../codec/hex.ts";

/** The kinds of seats, as the library `Seats` numbers them from 1. */
export const SEAT_KINDS = ["issuer", "treasury", "provider", "buyback-flock", "buyback-model"] as const;
/** A kind of seat by the name that `--seat` takes. */
export type SeatKind = (typeof SEAT_KINDS)[number];

/** Where the kind begins in a seat's 32 bytes. */
const KIND_SHIFT = 248n;
/** Bits of a provider's seat that count the providers of its tier. */
const TERM_BITS = 16n;

/** The bytes of a seat. */
export function seatOf(kind: SeatKind, id: bigint): Hex {
  return toBeHex((BigInt(SEAT_KINDS.indexOf(kind) + 1) << KIND_SHIFT) | id, 32) as Hex;
}

/** All seats that a tier's providers have had, the present one last. */
export function providerSeatsTo(presentSeat: string): Hex[] {
  const present = BigInt(presentSeat);
  const term = present & ((1n << TERM_BITS) - 1n);
  return Array.from({ length: Number(term) + 1 }, (_, back) => toBeHex(present - term + BigInt(back), 32) as Hex);
}

/** What kind of seat it is; undefined if it is none that this version knows. */
export const kindOf = (seat: bigint): SeatKind | undefined => SEAT_KINDS[Number(seat >> KIND_SHIFT) - 1];

/** A seat in words. */
export function describeSeat(seat: bigint): string {
  const kind = kindOf(seat);
  const id = seat & ((1n << KIND_SHIFT) - 1n);
  switch (kind) {
    case "issuer":
      return `the issuer's seat of model ${id.toString()}`;
    case "treasury":
      return "the treasury's seat";
    case "provider": {
      const term = id & ((1n << TERM_BITS) - 1n);
      return `the compute provider's seat of tier ${(id >> TERM_BITS).toString()}${term === 0n ? "" : ` (provider ${(term + 1n).toString()})`}`;
    }
    case "buyback-flock":
      return "the FLOCK buyback's seat";
    case "buyback-model":
      return `the MT buyback's seat of model ${id.toString()}`;
    default:
      return `the seat ${toBeHex(seat, 32)}`;
  }
}
