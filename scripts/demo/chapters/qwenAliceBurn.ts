import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { MONTHS_LOT, POOL_FLOCK, POOL_USDC, burnAllMt } from "../buybacks.ts";
import { figures, text } from "../chapter.ts";
import type { Chapter } from "../chapter.ts";
import { exact, plain } from "../figure.ts";
import { TradedPool } from "../pool.ts";
import { modelOf } from "../stage.ts";
import type { Stage } from "../stage.ts";
import { openingOf } from "./opening.ts";

/** Section 4.3: what the first month's revenue burns of the model's own token. */
export async function qwenAliceBurn(stage: Stage): Promise<Chapter> {
  const modelId = modelOf(stage, "qwenAlice");
  const { buyback, vault } = stage.protocol;
  stage.tell("Buying back and burning QwenALICE, lot by lot");
  const { token: address } = await vault.recordOf(modelId);
  const token = connectAs("modelToken", address, stage.people.deployer);
  const before = await openingOf(stage, modelId);
  const supplyBefore = await token.totalSupply();
  const waiting = await buyback.flockOf(modelId);
  const lots = await burnAllMt(stage, modelId);
  const after = await openingOf(stage, modelId);

  // The same swaps by Uniswap's formula.
  const route = new TradedPool(POOL_USDC, POOL_FLOCK);
  route.swap(MONTHS_LOT); // which was burned
  const paperKept = route.swap(MONTHS_LOT);
  const pool = new TradedPool(before.flock, before.mt);
  const paperMt = lots.spent.map((flockIn) => pool.swap(flockIn)).reduce((sum, out) => sum + out, 0n);
  const spent = lots.spent.reduce((sum, flockIn) => sum + flockIn, 0n);
  const supply = plain(10n ** 24n - paperMt);
  return {
    id: "qwenalice-burn",
    title: "What QwenALICE's first month burns",
    section: "§3.5, §4.3",
    blocks: [
      text(`The FLOCK that waits buys MT in QwenALICE's own pool, and they are burned. That pool is their main market, so
        a lot of 0.15% takes five hours: whoever pushed the price up first would have to hold it for over a week,
        while everybody else sells into it.`),
      figures(
        exact("what waits", "§4.3", plain(paperKept), waiting, "FLOCK"),
        exact(`spent in ${lots.spent.length.toString()} lots`, "§4.3", plain(paperKept), spent, "FLOCK"),
        exact("QwenALICE bought and burned", "§4.3", plain(paperMt), supplyBefore - (await token.totalSupply()), "MT"),
        exact("total supply after it", "§4.3", supply, await token.totalSupply(), "MT"),
        exact("the pool's price before", "§4.3", "0.25", before.priceWad, "FLOCK/MT"),
        exact("and after", "§4.3", plain((pool.reserveIn * 10n ** 18n) / pool.reserveOut), after.priceWad, "FLOCK/MT"),
      ),
    ],
  };
}
