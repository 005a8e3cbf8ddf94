import type Fraction from "fraction.js";

import type { Curve } from "./curve.ts";
import { floor, ratio } from "./rational.ts";
import { MT_SUPPLY } from "../units.ts";

/** A part of what was sold, in the ratio of the paper's percentages to its 40% (decision 2), rounded down. */
const inProportion = (sold: bigint, percent: bigint): bigint => floor(ratio(sold).mul(ratio(percent, 40n)));

/** MT that enter the pool against half of the raise, not rounded (section 3.3.5 and decision 3). */
export function idealOpeningMt(mode: "AveragePrice" | "CurvePrice", curve: Curve, raised: bigint): Fraction {
  const sold = curve.soldAt(ratio(raised));
  if (mode === "AveragePrice") return sold.mul(ratio(20n, 40n));
  return ratio(raised, 2n).div(curve.priceAt(ratio(raised)));
}

/**
 * The supply of a graduated model (section 3.2): 40% sale, 20% pool, 20% incentive reserve, 10% issuer, 10% treasury,
 * scaled by what was sold. The bundle vests with the issuer's part; the rest of the supply is burned.
 */
export function splitSupply(sold: bigint, bundleMt: bigint, pool: bigint) {
  const claimable = sold - bundleMt;
  const incentiveReserve = inProportion(sold, 20n);
  const issuer = inProportion(sold, 10n) + bundleMt;
  const treasury = inProportion(sold, 10n);
  const burned = MT_SUPPLY - claimable - pool - incentiveReserve - issuer - treasury;
  return { claimable, pool, incentiveReserve, issuer, treasury, burned };
}

/** The proceeds of a raise (section 3.4): 25% protocol, 25% staking fund, and the pool has the remainder. */
export function splitProceeds(raised: bigint) {
  const protocol = floor(ratio(raised, 4n));
  const stakingFund = floor(ratio(raised, 4n));
  return { protocol, stakingFund, pool: raised - protocol - stakingFund };
}
