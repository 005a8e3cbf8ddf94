import { Fraction } from "fraction.js";

import { ceilWei, floorWei } from "../figure.ts";
import { fromWei, grossFor, netOf, paperCurve, tokensBetween } from "../paper.ts";

/** G, $100,000 at 1 FLOCK = 1 dollar [FLOCK]. */
export const TARGET = "100000";
/** P0 [FLOCK per MT]; S P0 is 80% of the target, as in the worked example. */
export const START_PRICE = "0.2";
/** What Bob wants, whatever it costs [MT]. */
export const BOB_MT = "50000";
/** What Carol pays, fee included [FLOCK]. */
export const CAROL_PAYS = "30000";
/** What Dave pays, fee included [FLOCK]. */
export const DAVE_PAYS = "20000";
/** What Erin is ready to pay [FLOCK]: more than is missing then, so that she is charged less. */
export const ERIN_OFFERS = "60000";

/** The purchases of QwenALICE's raise by the paper's formulas. */
export function expectedRaise() {
  const curve = paperCurve(TARGET, START_PRICE);
  const zero = new Fraction(0);
  // What is asked for exactly costs whole wei, rounded up.
  const afterBob = fromWei(ceilWei(curve.raisedAt(new Fraction(BOB_MT))));
  const afterCarol = afterBob.add(netOf(new Fraction(CAROL_PAYS)));
  const afterDave = afterCarol.add(netOf(new Fraction(DAVE_PAYS)));
  const missing = curve.target.sub(afterDave);
  const erinPaid = grossFor(missing);
  const gross = grossFor(afterBob).add(CAROL_PAYS).add(DAVE_PAYS).add(erinPaid);
  const fees = gross.sub(curve.target);
  const creatorFee = fromWei(floorWei(gross.mul(new Fraction("0.003"))));
  return {
    bob: { mt: tokensBetween(curve, zero, afterBob) },
    carol: { mt: tokensBetween(curve, afterBob, afterCarol) },
    dave: { mt: tokensBetween(curve, afterCarol, afterDave) },
    erin: { paid: erinPaid, mt: tokensBetween(curve, afterDave, curve.target) },
    missing,
    gross,
    creatorFee,
    protocolFee: fees.sub(creatorFee),
  };
}
