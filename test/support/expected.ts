import { ceilDiv, min } from "./bigints.ts";
import { ANTI_SNIPE_WINDOW, VESTING_DURATION } from "./time.ts";
import { BPS, MT_SUPPLY, SALE_SUPPLY, WAD } from "./units.ts";

/**
 * What the whitepaper and the design ask for, in plain bigint arithmetic: the expected values of the unit tests. Nothing
 * here is read from a contract.
 */

/** x0 = G S P0 / (G - S P0), section 3.3.2, rounded down. */
export function virtualFlockOf(target: bigint, startPriceWad: bigint): bigint {
  const saleAtStart = SALE_SUPPLY * startPriceWad; // scaled by WAD
  return (target * saleAtStart) / (target * WAD - saleAtStart);
}

/** The parameters of a curve: G, and x0 as the contracts name it. */
export interface Curve {
  target: bigint;
  virtualFlock: bigint;
}

/** The curve of a target [FLOCK wei] and a first price [WAD]. */
export function curveOf(target: bigint, startPriceWad: bigint): Curve {
  return { target, virtualFlock: virtualFlockOf(target, startPriceWad) };
}

/** y0 = S (x0 + G) / G. */
export const virtualMtOf = ({ target, virtualFlock }: Curve) => (SALE_SUPPLY * (virtualFlock + target)) / target;

/** S(D) = y0 D / (x0 + D), section 3.3.2, rounded down. */
export function soldAt({ target, virtualFlock }: Curve, raised: bigint): bigint {
  return (SALE_SUPPLY * raised * (virtualFlock + target)) / (target * (virtualFlock + raised));
}

/** The smallest D at which the curve has sold `sold`. */
export function raisedAt({ target, virtualFlock }: Curve, sold: bigint): bigint {
  return ceilDiv(sold * target * virtualFlock, SALE_SUPPLY * (virtualFlock + target) - sold * target);
}

/** P(D) = (x0 + D)^2 / (x0 y0) with y0 = S (x0 + G) / G, in WAD, rounded down. */
export function priceAt({ target, virtualFlock }: Curve, raised: bigint): bigint {
  return ((virtualFlock + raised) ** 2n * target * WAD) / (virtualFlock * (virtualFlock + target) * SALE_SUPPLY);
}

/** Terms of the fees. */
export interface Fees {
  creatorBps: bigint;
  protocolBps: bigint;
  startBps: bigint;
  window: bigint;
}

/** The local parameters: 0.30% and 0.95%, from 99% over 98 minutes (sections 3.2 and 3.10). */
export const LOCAL_FEES: Fees = { creatorBps: 30n, protocolBps: 95n, startBps: 9_900n, window: ANTI_SNIPE_WINDOW };

/** The base rate of the local parameters, 1.25% [WAD]. */
export const BASE_RATE = (125n * WAD) / BPS;

/** The total fee rate `elapsed` seconds after the start [WAD]. */
export function rateAt(elapsed: bigint, fees: Fees = LOCAL_FEES): bigint {
  const base = fees.creatorBps + fees.protocolBps;
  if (elapsed >= fees.window) return (base * WAD) / BPS;
  return (base * WAD) / BPS + ceilDiv(((fees.startBps - base) * WAD * (fees.window - elapsed)) / BPS, fees.window);
}

/** The fee contained in a payment of `gross` at `rate` [WAD], rounded up [FLOCK wei]. */
export const feeOn = (gross: bigint, rate: bigint) => ceilDiv(gross * rate, WAD);
/** The smallest payment that leaves `net` after the fee at `rate` [WAD], rounded up [FLOCK wei]. */
export const grossFor = (net: bigint, rate: bigint) => ceilDiv(net * WAD, WAD - rate);

/** A purchase: what is paid, what reaches the curve, what comes out. */
export interface ExpectedFill {
  flockIn: bigint;
  flockNet: bigint;
  mtOut: bigint;
}

/** An exact payment at a raise of `raised`, filled up to the target. */
export function fillExactIn(curve: Curve, raised: bigint, flockIn: bigint, rate = BASE_RATE): ExpectedFill {
  const missing = curve.target - raised;
  const max = grossFor(missing, rate);
  const paid = min(flockIn, max);
  const flockNet = flockIn < max ? flockIn - feeOn(flockIn, rate) : missing;
  return { flockIn: paid, flockNet, mtOut: soldAt(curve, raised + flockNet) - soldAt(curve, raised) };
}

/** An exact output at a raise of `raised`, or all that is left. */
export function fillExactOut(curve: Curve, raised: bigint, mtOut: bigint, rate = BASE_RATE): ExpectedFill {
  const sold = soldAt(curve, raised);
  const after = sold + mtOut < SALE_SUPPLY ? raisedAt(curve, sold + mtOut) : curve.target;
  const flockNet = after - raised;
  return { flockIn: grossFor(flockNet, rate), flockNet, mtOut: soldAt(curve, after) - sold };
}

/** Fees of a raise: 30 bps of all that was paid to the creator, the rest of the fees to the protocol. */
export function feesOf(gross: bigint, raised: bigint, fees: Fees = LOCAL_FEES) {
  const creator = (gross * fees.creatorBps) / BPS;
  return { creator, protocol: gross - raised - creator };
}

/** Where the supply goes: 40 : 20 : 20 : 10 : 10 of what was sold, the rest burned (decision 2). */
export function supplySplit(sold: bigint, bundleMt: bigint, poolMt: bigint) {
  const claimable = sold - bundleMt;
  const incentiveReserve = sold / 2n;
  const issuer = sold / 4n + bundleMt;
  const treasury = sold / 4n;
  const burned = MT_SUPPLY - claimable - poolMt - incentiveReserve - issuer - treasury;
  return { claimable, pool: poolMt, incentiveReserve, issuer, treasury, burned };
}

/** Where the raised FLOCK goes: 25%, 25%, and the rest to the pool (section 3.4). */
export function proceedsSplit(raised: bigint) {
  const protocol = raised / 4n;
  return { protocol, stakingFund: protocol, pool: raised - 2n * protocol };
}

/** What of `total` has vested `elapsed` seconds after graduation. */
export function vestedAfter(total: bigint, elapsed: bigint): bigint {
  return elapsed >= VESTING_DURATION ? total : (total * elapsed) / VESTING_DURATION;
}
