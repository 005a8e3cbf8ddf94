import { curveWith, idealCurve } from "./model/curve.ts";
import { rateWad, splitFees } from "./model/fees.ts";
import * as fill from "./model/fill.ts";
import type { ModelFill } from "./model/fill.ts";
import { ceil, floor, ratio } from "./model/rational.ts";
import { ANTI_SNIPE_WINDOW } from "./time.ts";
import { BPS, WAD } from "./units.ts";

/**
 * What the whitepaper and the design ask for: the expected values of the unit tests, from the exact model, rounded as the
 * contracts promise. Nothing here is read from a contract.
 */

/** The parameters of a curve as the contracts keep them: G and x0 [FLOCK wei]. */
export interface Curve {
  target: bigint;
  virtualFlock: bigint;
}

/** x0 of a target [FLOCK wei] and a first price [WAD], rounded down. */
export const virtualFlockOf = (target: bigint, startPriceWad: bigint) =>
  floor(idealCurve(target, startPriceWad).virtualFlock);

/** The curve of a target [FLOCK wei] and a first price [WAD]. */
export const curveOf = (target: bigint, startPriceWad: bigint): Curve => ({
  target,
  virtualFlock: virtualFlockOf(target, startPriceWad),
});

const exact = ({ target, virtualFlock }: Curve) => curveWith(target, virtualFlock);

/** y0, rounded down. */
export const virtualMtOf = (curve: Curve) => floor(exact(curve).virtualMt);
/** S(D), rounded down. */
export const soldAt = (curve: Curve, raised: bigint) => floor(exact(curve).soldAt(ratio(raised)));
/** The smallest D at which the curve has sold `sold`. */
export const raisedAt = (curve: Curve, sold: bigint) => ceil(exact(curve).raisedAt(ratio(sold)));
/** P(D) in WAD, rounded down. */
export const priceAt = (curve: Curve, raised: bigint) => floor(exact(curve).priceAt(ratio(raised)).mul(ratio(WAD)));

/** Terms of the fees. */
export interface Fees {
  creatorBps: bigint;
  protocolBps: bigint;
  startBps: bigint;
  window: bigint;
}

/** The local parameters: 0.30% and 0.95%, from 99% over 98 minutes (sections 3.2 and 3.10). */
const LOCAL_FEES: Fees = { creatorBps: 30n, protocolBps: 95n, startBps: 9_900n, window: ANTI_SNIPE_WINDOW };

/** The base rate of the local parameters, 1.25% [WAD]. */
export const BASE_RATE = (125n * WAD) / BPS;

/** The total fee rate `elapsed` seconds after the start [WAD], rounded up. */
export const rateAt = (elapsed: bigint, { creatorBps, protocolBps, startBps, window }: Fees = LOCAL_FEES) =>
  rateWad({ baseBps: creatorBps + protocolBps, startBps, window }, elapsed);

/** An exact payment at a raise of `raised`, filled up to the target. */
export const fillExactIn = (curve: Curve, raised: bigint, flockIn: bigint, rate = BASE_RATE): ModelFill =>
  fill.fillExactIn({ curve: exact(curve), raised, rate }, flockIn);

/** An exact output at a raise of `raised`, or all that is left. */
export const fillExactOut = (curve: Curve, raised: bigint, mtOut: bigint, rate = BASE_RATE): ModelFill =>
  fill.fillExactOut({ curve: exact(curve), raised, rate }, mtOut);

/** Fees of a raise: 30 bps of all that was paid to the creator, the rest of the fees to the protocol. */
export const feesOf = (gross: bigint, raised: bigint, fees: Fees = LOCAL_FEES) =>
  splitFees(gross, raised, fees.creatorBps);
