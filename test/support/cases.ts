import { isFeasible } from "./model/curve.ts";
import type { Random } from "./random.ts";
import { SALE_SUPPLY, WAD } from "./units.ts";

/** The largest target of a launch: half of FLOCK's supply [FLOCK wei]. */
export const MAX_TARGET = 5n * 10n ** 26n;

/** Terms of a curve. */
export interface CurveTerms {
  target: bigint;
  startPriceWad: bigint;
}

const TRILLION = 10n ** 12n;

/** The smallest target at which a start price of 1e-18 is at max 99% of it [FLOCK wei]. */
const MIN_TARGET = 404_041n;

/** Targets at the edges, then of every order of magnitude [FLOCK wei]. */
export function drawTarget(random: Random, min = MIN_TARGET): bigint {
  if (random.uniform(0n, 4n) > 0n) return random.magnitude(min, MAX_TARGET);
  return random.pick([min, min + 1n, 10n ** 9n, WAD, 1_000n * WAD, 50_000n * WAD, MAX_TARGET - 1n, MAX_TARGET]);
}

/**
 * Curve terms over the whole range. S P0 / G is close to 1 (down to a millionth of a millionth), at the bounds of a
 * launch (99% and 50%), between them, or close to 0.
 */
export function drawTerms(random: Random): CurveTerms {
  const target = drawTarget(random);
  const share = random.pick([
    () => TRILLION - random.magnitude(1n, TRILLION / 100n),
    () => (TRILLION * 99n) / 100n,
    () => random.uniform(TRILLION / 2n, (TRILLION * 99n) / 100n),
    () => TRILLION / 2n,
    () => random.magnitude(1n, TRILLION / 2n),
  ])();
  const startPriceWad = (target * WAD * share) / (SALE_SUPPLY * TRILLION);
  const terms = { target, startPriceWad: startPriceWad === 0n ? 1n : startPriceWad };
  return isFeasible(terms.target, terms.startPriceWad) ? terms : drawTerms(random);
}

/** A number from 0 to `max`, with both ends and their neighbours among the likely ones. */
export function drawUpTo(random: Random, max: bigint): bigint {
  if (max < 4n) return random.uniform(0n, max);
  return random.pick([
    () => 0n,
    () => 1n,
    () => max - 1n,
    () => max,
    () => random.magnitude(1n, max),
    () => max - random.magnitude(1n, max),
    () => random.uniform(0n, max),
    () => random.uniform(0n, max),
  ])();
}

/** A fee rate [WAD]: the base of the local parameters, the highest, none, or any between. */
export function drawRate(random: Random): bigint {
  const highest = (WAD * 99n) / 100n;
  const base = (WAD * 125n) / 10_000n;
  return random.pick([base, base, highest, 0n, random.uniform(base, highest), random.uniform(0n, highest)]);
}
