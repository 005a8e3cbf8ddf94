import { rateOfBps } from "../units/numbers.ts";
import { MT_SUPPLY, pointAt } from "./curve.ts";
import type { OpeningMode } from "./curve.ts";
import { feesOf, grossFor } from "./fees.ts";

/** What decides where the MT and the FLOCK of a raise go. */
export interface ShareTerms {
  /** [FLOCK wei] */
  target: bigint;
  /** [FLOCK wei] */
  virtualFlock: bigint;
  openingMode: OpeningMode;
  /** What of the raise the issuer's bundle has brought [FLOCK wei], and what it yields [MT wei]. */
  bundleNet: bigint;
  bundleMt: bigint;
  /** Creator's part of the fee of a purchase, and the whole fee at its base [bps]. */
  creatorFeeBps: bigint;
  baseFeeBps: bigint;
  /** [FLOCK wei] */
  launchFee: bigint;
}

/** Where all MT and all FLOCK of a raise go that ends at one sum and graduates. */
export interface RaiseShares {
  /** [FLOCK wei] */
  raised: bigint;
  /** Parts of the supply [MT wei]; they add up to 1,000,000 MT. The issuer's part and its bundle vest together. */
  mt: {
    claimable: bigint;
    bundle: bigint;
    issuer: bigint;
    pool: bigint;
    treasury: bigint;
    incentiveReserve: bigint;
    burned: bigint;
  };
  /** Parts of the raise [FLOCK wei]; they add up to it. */
  flock: { pool: bigint; stakingFund: bigint; protocol: bigint };
  /** What is paid beside the raise [FLOCK wei], if everybody pays the base fee of purchases. */
  fees: { creator: bigint; protocol: bigint; launch: bigint };
}

/**
 * Divides the supply and the proceeds of a raise that ends with `raised` [FLOCK wei] as graduation does (sections 3.2 and
 * 3.4): parts round down, the rest of the supply is burned, and the pool gets the rest of the raise.
 */
export function sharesAt(terms: ShareTerms, raised: bigint): RaiseShares {
  const { target, virtualFlock, openingMode, bundleNet, bundleMt } = terms;
  const { sold, poolMt, poolFlock } = pointAt({ target }, virtualFlock, raised, openingMode);
  const mt = {
    claimable: sold - bundleMt,
    bundle: bundleMt,
    issuer: sold / 4n,
    pool: poolMt,
    treasury: sold / 4n,
    incentiveReserve: sold / 2n,
  };
  const quarter = raised / 4n;
  const rate = rateOfBps(terms.baseFeeBps);
  const gross = grossFor(bundleNet, rate) + grossFor(raised - bundleNet, rate);
  return {
    raised,
    mt: { ...mt, burned: MT_SUPPLY - sumOf(mt) },
    flock: { pool: poolFlock, stakingFund: quarter, protocol: quarter },
    fees: { ...feesOf(gross, raised, terms.creatorFeeBps), launch: terms.launchFee },
  };
}

/** The sum of all parts. */
export const sumOf = (parts: Record<string, bigint>) => Object.values(parts).reduce((sum, part) => sum + part, 0n);
