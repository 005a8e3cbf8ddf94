import { parseWhole } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { parseModelId } from "../command/modelId.ts";
import type { Session } from "../chain/session.ts";
import { SEAT_KINDS, seatOf } from "../../../sdk/src/names/seats.ts";
import { typedText } from "../../../sdk/src/text/plainText.ts";

/** Options that name a seat. */
export interface SeatArguments {
  seat: string | undefined;
  model: string | undefined;
  tier: string | undefined;
}

/** A seat as it is named: by its bytes, or by its kind and what it belongs to. */
export type NamedSeat =
  | { kind: "bytes"; seat: string }
  | { kind: "provider"; tierId: bigint }
  | { kind: "issuer" | "buyback-model"; modelId: bigint }
  | { kind: "treasury" | "buyback-flock" };

/** The id that `--tier` names. Whether the tier exists, the contracts say. */
export const parseTierId = (typed: string): bigint => parseWhole("--tier", typed, 1n, 65_535n);

/** Reads `--seat` with `--model` or `--tier`. */
export function parseSeat({ seat: typed, model, tier }: SeatArguments): NamedSeat {
  if (typed === undefined) {
    throw new CommandError(`Say which seat with --seat: ${SEAT_KINDS.join(", ")}, or its 32 bytes.`);
  }
  if (/^0x[0-9a-f]{64}$/i.test(typed)) return { kind: "bytes", seat: typed.toLowerCase() };
  const kind = SEAT_KINDS.find((known) => known === typed);
  if (kind === undefined) {
    throw new CommandError(`--seat is "${typedText(typed)}": name ${SEAT_KINDS.join(", ")}, or its 32 bytes.`);
  }
  if (kind === "provider") {
    if (tier === undefined) throw new CommandError("Say whose compute provider with --tier, such as --tier 1.");
    return { kind, tierId: parseTierId(tier) };
  }
  if (kind === "issuer" || kind === "buyback-model") return { kind, modelId: parseModelId(model) };
  return { kind };
}

/** The bytes of a seat. Refuses the seat of a model that does not exist. */
export async function seatBytes({ protocol: { registry } }: Session, named: NamedSeat): Promise<string> {
  switch (named.kind) {
    case "bytes":
      return named.seat;
    case "provider":
      return await registry.providerSeatOf(named.tierId);
    case "issuer":
    case "buyback-model":
      await registry.modelOf(named.modelId);
      return seatOf(named.kind, named.modelId);
    default:
      return seatOf(named.kind, 0n);
  }
}
