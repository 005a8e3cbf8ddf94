import { exact } from "../../../sdk/src/units/numbers.ts";
import type { ChangedValue } from "./settingValues.ts";

/** The terms of a hosting tier as the registry has them [USDC units, FLOCK wei]. */
export interface TierTerms {
  computeCost: bigint;
  minMinimumRaise: bigint;
  maxTarget: bigint;
  guaranteesHash: string;
  open: boolean;
}

/** The terms of a hosting tier, now and then; where the guarantees can be read stands in events alone. */
export function tierValues(
  now: TierTerms | undefined,
  then: TierTerms,
  guaranteesUri: string,
  usdcDecimals: number,
): ChangedValue[] {
  const value = (key: string, write: (terms: TierTerms) => string): ChangedValue => ({
    key,
    from: now === undefined ? null : write(now),
    to: write(then),
  });
  return [
    value("computeCostUsdcPerMillionUnits", ({ computeCost }) => exact(computeCost, usdcDecimals)),
    value("minMinimumRaiseFlock", ({ minMinimumRaise }) => exact(minMinimumRaise)),
    value("maxTargetFlock", ({ maxTarget }) => exact(maxTarget)),
    { key: "guaranteesUri", from: null, to: guaranteesUri },
    value("guaranteesSha256", ({ guaranteesHash }) => guaranteesHash),
    value("open", ({ open }) => String(open)),
  ];
}
