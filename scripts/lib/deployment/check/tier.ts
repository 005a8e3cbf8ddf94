import type { Parameters } from "../../../../deploy/config/parameters.ts";
import type { Session } from "../../chain/session.ts";
import { exact } from "../../command/amounts.ts";
import { seatOf } from "../../decode/seats.ts";
import type { Comparison } from "./comparison.ts";

/** The first hosting tier: its number, and the seat of its first compute provider. */
const FIRST_TIER = 1n;

/** An amount as `exact` writes it, whatever zeros the file has. */
const written = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text).replace(/^0+(?=\d)/, "");

/** Compares the terms of the first tier. */
export async function tierComparisons(
  { protocol: { registry }, usdcDecimals }: Session,
  { firstTier }: Parameters,
  guaranteesUri: string | undefined,
): Promise<Comparison[]> {
  const terms = await registry.tierOf(FIRST_TIER);
  const pairs: [key: string, expected: string, actual: string][] = [
    [
      "computeCostUsdcPerMillionUnits",
      written(firstTier.computeCostUsdcPerMillionUnits),
      exact(terms.computeCost, usdcDecimals),
    ],
    ["minMinimumRaiseFlock", written(firstTier.minMinimumRaiseFlock), exact(terms.minMinimumRaise)],
    ["maxTargetFlock", written(firstTier.maxTargetFlock), exact(terms.maxTarget)],
    ["guaranteesUri", firstTier.guaranteesUri, guaranteesUri ?? "no event says it"],
    ["guaranteesSha256", firstTier.guaranteesSha256.toLowerCase(), terms.guaranteesHash],
    ["open", "true", String(terms.open)],
  ];
  return pairs.map(([key, expected, actual]) => ({ group: "first tier", key: `firstTier.${key}`, expected, actual }));
}

/** Compares who holds the seats that the deployment fills. */
export async function seatComparisons(
  { protocol: { registry, addresses } }: Session,
  { treasury, firstTier }: Parameters,
): Promise<Comparison[]> {
  const seats: [key: string, expected: string, seat: string][] = [
    ["treasury", treasury, seatOf("treasury", 0n)],
    ["firstTier.provider", firstTier.provider, await registry.providerSeatOf(FIRST_TIER)],
    ["buyback-flock", addresses.buyback, seatOf("buyback-flock", 0n)],
  ];
  return await Promise.all(
    seats.map(async ([key, expected, seat]) => ({
      group: "seats" as const,
      key,
      expected,
      actual: await registry.holderOf(seat),
    })),
  );
}
