import type { DueWork } from "../../../sdk/src/actions/due.ts";
import { DECIMALS, WAD } from "../../../sdk/src/units/numbers.ts";
import { usdOfWei } from "./budget.ts";

/**
 * What a work is good for. A duty gives people their money or their tokens: it is always worth its gas. Upkeep, the
 * observation of prices, is, too: every lot and every day's rewards rest on it. All else has a value.
 */
export type Worth =
  | { kind: "duty" | "upkeep" }
  /** [USD, WAD]; undefined if nobody can tell, which holds nothing back. */
  | { kind: "value"; usd: bigint | undefined };

/** What values are worked out from. A USDC counts as a USD. */
export interface Values {
  usdcDecimals: number;
  /** FLOCK for one USDC, by the average of the route [FLOCK wei]; 0 without one. */
  flockPerUsdc: bigint;
  /** The net revenue of the day that a roll closes, of use that earns, by model [USDC units]. */
  netOf: ReadonlyMap<bigint, bigint>;
}

/** When a work is worth its gas. */
export interface WorthTerms {
  /** What one of the chain's currency costs [USD, WAD]. */
  ethUsd: bigint;
  /** How many times its gas a work must be worth [WAD]. */
  minWorth: bigint;
}

/**
 * What a work is good for: a lot what it spends, a roll the net revenue of the day whose rewards it sets free.
 */
export function worthOf(
  { kind, modelId, amount }: Pick<DueWork, "kind" | "modelId" | "amount">,
  values: Values,
): Worth {
  const { usdcDecimals, flockPerUsdc, netOf } = values;
  const usdOfUsdc = (units: bigint) => units * 10n ** BigInt(DECIMALS - usdcDecimals);
  switch (kind) {
    case "graduate":
    case "fail":
      return { kind: "duty" };
    case "pokeRoute":
    case "pokeModel":
      return { kind: "upkeep" };
    case "roll": {
      const net = netOf.get(modelId);
      return { kind: "value", usd: net === undefined ? undefined : usdOfUsdc(net) };
    }
    case "buyFlock":
      return { kind: "value", usd: usdOfUsdc(amount) };
    case "buyMt":
      return { kind: "value", usd: flockPerUsdc === 0n ? undefined : (amount * WAD) / flockPerUsdc };
  }
}

/**
 * Whether a work is worth its gas.
 * @param cost What it takes at the price of now [wei].
 */
export const isWorth = (worth: Worth, cost: bigint, { ethUsd, minWorth }: WorthTerms): boolean =>
  worth.kind !== "value" || worth.usd === undefined || worth.usd * WAD >= usdOfWei(cost, ethUsd) * minWorth;
