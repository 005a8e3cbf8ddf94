import { parseEther } from "ethers";

import { virtualFlock } from "../../../sdk/src/raise/curve.ts";
import { feesOf } from "../../../sdk/src/raise/fees.ts";
import { quotePurchase } from "../../../sdk/src/raise/fill.ts";
import type { Wish } from "../../../sdk/src/raise/fill.ts";
import { BASE_RATE, CREATOR_FEE_BPS } from "../stage.ts";

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

/** The purchases of QwenALICE's raise by the paper's formulas [FLOCK wei, MT wei]. */
export function expectedRaise() {
  const target = parseEther(TARGET);
  const x0 = virtualFlock({ target, startPriceWad: parseEther(START_PRICE) });
  let [raised, gross] = [0n, 0n];
  const buy = (wish: Wish) => {
    const quote = quotePurchase({ raised, target, virtualFlock: x0, feeRate: BASE_RATE }, wish);
    raised += quote.flockNet;
    gross += quote.flockIn;
    return { paid: quote.flockIn, mt: quote.mtOut };
  };
  const bob = buy({ kind: "exactOut", mt: parseEther(BOB_MT) });
  const carol = buy({ kind: "exactIn", flock: parseEther(CAROL_PAYS) });
  const dave = buy({ kind: "exactIn", flock: parseEther(DAVE_PAYS) });
  const missing = target - raised;
  const erin = buy({ kind: "exactIn", flock: parseEther(ERIN_OFFERS) });
  const { creator: creatorFee, protocol: protocolFee } = feesOf(gross, raised, CREATOR_FEE_BPS);
  return { bob, carol, dave, erin, missing, gross, creatorFee, protocolFee };
}
