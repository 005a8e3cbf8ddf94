import type { DueKind, DueWork } from "../../sdk/src/actions/due.ts";
import { ZERO_ADDRESS } from "../../sdk/src/codec/address.ts";
import { WAD } from "../../sdk/src/units/numbers.ts";
import type { Values } from "../../scripts/lib/keeper/worth.ts";

/** A work that is due, with an action that does nothing. */
export const workOf = (kind: DueKind, modelId: bigint, amount = 0n): DueWork => ({
  ...{ kind, modelId, amount },
  action: { what: `${kind} ${modelId.toString()}`, to: ZERO_ADDRESS, steps: ["0x"], payment: undefined },
});

/** A USDC buys two FLOCK, and the epoch of model 1 has a net revenue of three USDC. */
export const VALUES: Values = { usdcDecimals: 6, flockPerUsdc: 2n * WAD, netOf: new Map([[1n, 3_000_000n]]) };
