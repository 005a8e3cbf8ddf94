import { toBeHex } from "ethers";

import { parseWhole } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { modelIdOf } from "../offering/raise.ts";
import type { Session } from "../chain/session.ts";

/** The kinds of seats, as the library `Seats` numbers them from 1. */
const KINDS = ["issuer", "treasury", "provider", "buyback-flock", "buyback-model"] as const;
/** A kind of seat by the name that `--seat` takes. */
export type SeatKind = (typeof KINDS)[number];

/** Where the kind begins in a seat's 32 bytes. */
const KIND_SHIFT = 248n;
/** Bits of a provider's seat that count the providers of its tier. */
const TERM_BITS = 16n;

/** The bytes of a seat. */
export function seatOf(kind: SeatKind, id: bigint): string {
  return toBeHex((BigInt(KINDS.indexOf(kind) + 1) << KIND_SHIFT) | id, 32);
}

/** All seats that a tier's providers have had, the present one last. */
export function providerSeatsTo(presentSeat: string): string[] {
  const present = BigInt(presentSeat);
  const term = present & ((1n << TERM_BITS) - 1n);
  return Array.from({ length: Number(term) + 1 }, (_, back) => toBeHex(present - term + BigInt(back), 32));
}

/** What kind of seat it is; undefined if it is none that this version knows. */
export const kindOf = (seat: bigint): SeatKind | undefined => KINDS[Number(seat >> KIND_SHIFT) - 1];

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

/** Options that name a seat. */
export interface SeatArguments {
  seat: string | undefined;
  model: string | undefined;
  tier: string | undefined;
}

/** Reads `--seat` with `--model` or `--tier`, before anything is connected. */
export function parseSeat(args: SeatArguments): (session: Session) => Promise<string> {
  const typed = args.seat;
  if (typed === undefined) {
    throw new CommandError(`Say which seat with --seat: ${KINDS.join(", ")}, or its 32 bytes.`);
  }
  if (/^0x[0-9a-f]{64}$/i.test(typed)) return () => Promise.resolve(typed.toLowerCase());
  const kind = KINDS.find((known) => known === typed);
  if (kind === undefined) {
    throw new CommandError(`--seat is "${typed}": name ${KINDS.join(", ")}, or its 32 bytes.`);
  }
  if (kind === "provider") {
    if (args.tier === undefined) throw new CommandError("Say whose compute provider with --tier, such as --tier 1.");
    const tierId = parseWhole("--tier", args.tier, 1n, 65_535n);
    return ({ protocol }) => protocol.registry.providerSeatOf(tierId);
  }
  if (kind !== "issuer" && kind !== "buyback-model") return () => Promise.resolve(seatOf(kind, 0n));
  const modelId = modelIdOf(args.model);
  return async ({ protocol }) => {
    await protocol.registry.modelOf(modelId); // refuses a model that does not exist
    return seatOf(kind, modelId);
  };
}
