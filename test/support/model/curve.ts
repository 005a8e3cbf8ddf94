import { PaperCurve } from "../../../scripts/demo/paper.ts";
import { ratio } from "./rational.ts";
import { SALE_SUPPLY, WAD } from "../units.ts";

/** The paper's curve in wei. */
export type Curve = PaperCurve;

/** Whether the paper's curve exists: G > S P0 (section 3.3.2). */
export function isFeasible(target: bigint, startPriceWad: bigint): boolean {
  return ratio(SALE_SUPPLY * startPriceWad, WAD).compare(ratio(target)) < 0;
}

/**
 * The curve of the terms of a launch, not rounded anywhere.
 * @param target G [FLOCK wei].
 * @param startPriceWad P0 [WAD].
 */
export const idealCurve = (target: bigint, startPriceWad: bigint): Curve =>
  PaperCurve.fromTerms(ratio(target), ratio(startPriceWad, WAD), ratio(SALE_SUPPLY));

/**
 * The curve that a chain keeps.
 * @param target G [FLOCK wei].
 * @param virtualFlock x0 [FLOCK wei].
 */
export const curveWith = (target: bigint, virtualFlock: bigint): Curve =>
  PaperCurve.throughReserve(ratio(target), ratio(virtualFlock), ratio(SALE_SUPPLY));
