import { formatEther, parseEther } from "ethers";

import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import { priceAt, soldAt, virtualFlock } from "../../../sdk/src/raise/curve.ts";
import { grossFor } from "../../../sdk/src/raise/fees.ts";
import { drawCurve } from "../curvePicture.ts";
import { figures, picture, text } from "../chapter.ts";
import type { Chapter } from "../chapter.ts";
import { derived, exact } from "../figure.ts";
import { BASE_RATE, NO_DEADLINE, launch, launchTerms, waitUntil } from "../stage.ts";
import type { Stage } from "../stage.ts";
import { openingOf } from "./opening.ts";

/** G and P0 of the worked example. */
const TARGET = "50000";
const START_PRICE = "0.1";
/** Into how many equal parts the raise is cut: the samples of the picture. */
const STEPS = 50n;
/** Until when the fee of a sale's beginning has fallen to the base [s]. */
const ANTI_SNIPE_WINDOW = 5_880n;
/** More than any raise of this chapter is missing [FLOCK wei]. */
const MORE_THAN_ENOUGH = parseEther("60000");

const workedExampleTerms = launchTerms({
  name: "Worked Example",
  symbol: "WORKED",
  minimumRaise: parseEther("20000"),
  target: parseEther(TARGET),
  startPriceWad: parseEther(START_PRICE),
});

/** Sections 3.3.4 and 3.3.5: a curve with S = 400,000, G = 50,000, P0 = 0.1, and the pool that it opens. */
export async function workedExample(stage: Stage): Promise<Chapter> {
  const { offering, lens } = stage.protocol;
  const { alice, bob, carol } = stage.people;
  const target = parseEther(TARGET);
  const x0 = virtualFlock({ target, startPriceWad: parseEther(START_PRICE) });

  stage.tell("Launching the worked example of section 3.3.4");
  const modelId = await launch(stage, alice, workedExampleTerms);
  stage.models.workedExample = modelId;
  const atLaunch = await lens.raiseOf(modelId);
  await waitUntil(stage, atLaunch.startsAt + ANTI_SNIPE_WINDOW / 2n);
  const { feeRateWad: halfwayRate } = await lens.raiseOf(modelId);
  await waitUntil(stage, atLaunch.startsAt + ANTI_SNIPE_WINDOW);
  const { feeRateWad: baseRate } = await lens.raiseOf(modelId);
  const everything = await lens.quoteExactIn(modelId, MORE_THAN_ENOUGH);

  const hundred = parseEther("100");
  const first = await lens.quoteExactIn(modelId, grossFor(hundred, BASE_RATE));
  await offering.connect(bob).buyExactIn(modelId, first.flockIn, 0n, bob, NO_DEADLINE);
  const { mt: bobMt, flockNet: bobNet } = await offering.positionOf(modelId, bob);

  stage.tell("Raising 50,000 FLOCK in small steps, to see the price rise");
  const prices = await raiseInSteps(stage, modelId, carol, atLaunch.priceWad);
  const sold = await lens.raiseOf(modelId);

  stage.tell("Graduating it, and a twin that opens its pool where the curve ended");
  await offering.graduate(modelId);
  const opening = await openingOf(stage, modelId);
  const twinId = await launch(
    stage,
    alice,
    launchTerms({ ...workedExampleTerms, name: "Worked Twin", symbol: "TWIN", openingMode: 1n }),
  );
  const { startsAt } = await lens.raiseOf(twinId);
  await waitUntil(stage, startsAt + ANTI_SNIPE_WINDOW);
  await offering.connect(carol).buyExactIn(twinId, MORE_THAN_ENOUGH, 0n, carol, NO_DEADLINE);
  await offering.graduate(twinId);
  const twinOpening = await openingOf(stage, twinId);

  return {
    id: "worked-example",
    title: "The worked example: a curve, and the pool that it opens",
    section: "§3.3.4, §3.3.5",
    blocks: [
      text(`Alice wants to host a model and needs 50,000 FLOCK. She offers 400,000 of its 1,000,000 Model Tokens (MT) on
        a curve whose price starts at 0.1 FLOCK and rises with every purchase. Two numbers, the target G and the first
        price P0, fix the whole curve: it is a constant product with virtual reserves x0 and y0.`),
      figures(
        exact("MT for sale (S), by a quote for all", "§3.3.4", "400000", everything.mtOut, "MT"),
        exact("target (G)", "§3.3.4", TARGET, atLaunch.target, "FLOCK"),
        exact("first price (P0)", "§3.3.4", START_PRICE, atLaunch.priceWad, "FLOCK/MT"),
        exact("virtual FLOCK (x0)", "§3.3.4", "200000", atLaunch.virtualFlock, "FLOCK"),
        exact("virtual MT (y0)", "§3.3.4", "2000000", atLaunch.virtualMt, "MT"),
      ),
      text(`Whoever buys pays a fee on top of the price. It starts high, to keep bots away, and falls in a straight line
        to 0.30% for the issuer and 0.95% for the protocol, 98 minutes after the launch.`),
      figures(
        exact("fee at the first moment", "decision 27", "99", atLaunch.feeRateWad, "%", 16),
        exact("fee after 49 minutes: half way", "§3.10", "50.125", halfwayRate, "%", 16),
        exact("from minute 98 on: 0.30% + 0.95%", "§3.2", "1.25", baseRate, "%", 16),
      ),
      text("Bob waits for that and is the first to buy. 100 FLOCK of what he pays reach the curve."),
      figures(
        exact("raised by Bob's purchase (D)", "§3.3.4", "100", bobNet, "FLOCK"),
        derived("Bob gets S(100) = y0·100/(x0 + 100)", "§3.3.4", soldAt(target, x0, hundred), bobMt, "MT", {
          printed: "999.5",
        }),
        exact("his average price", "§3.3.4", "0.10005", (bobNet * 10n ** 18n) / bobMt, "FLOCK/MT"),
      ),
      text("Carol buys the rest in small steps until the target is reached."),
      figures(
        exact("raised (D = G)", "§3.3.4", TARGET, sold.raised, "FLOCK"),
        exact("sold: the whole sale, S(G) = S", "§3.3.1", "400000", sold.sold, "MT"),
        derived("last price (x0 + G)²/(x0·y0)", "§3.3.1", priceAt(target, x0, target), sold.priceWad, "FLOCK/MT", {
          printed: "0.15625",
        }),
      ),
      text(`Half of the FLOCK opens a public pool on Uniswap v2, with 200,000 MT. That is the average price of the raise,
        below what the last buyer paid. A launch may instead choose to open the pool where the curve ended: fewer MT go
        in, and the rest of the pool's share is burned. Alice's twin offering does.`),
      figures(
        exact("FLOCK in the pool", "§3.3.5", "25000", opening.flock, "FLOCK"),
        exact("MT in the pool", "§3.3.5", "200000", opening.mt, "MT"),
        exact("the pool opens at", "§3.3.5", "0.125", opening.priceWad, "FLOCK/MT"),
        exact("the twin's MT in the pool", "decision 3", "160000", twinOpening.mt, "MT"),
        exact("the twin's pool opens at", "decision 3", "0.15625", twinOpening.priceWad, "FLOCK/MT"),
      ),
      picture(
        ...drawCurve(
          prices,
          [
            { label: `${formatEther(opening.priceWad)} the paper's pool opens`, priceWad: opening.priceWad },
            { label: `${formatEther(twinOpening.priceWad)} the twin's pool`, priceWad: twinOpening.priceWad },
          ],
          "50,000",
        ),
      ),
    ],
  };
}

/** Buys until the target is reached and returns the price at every step [WAD]. */
async function raiseInSteps(
  stage: Stage,
  modelId: bigint,
  buyer: HardhatEthersSigner,
  firstPrice: bigint,
): Promise<bigint[]> {
  const { offering, lens } = stage.protocol;
  const prices = [firstPrice];
  const target = parseEther(TARGET);
  for (let step = 1n; step <= STEPS; step++) {
    const { raised } = await lens.raiseOf(modelId);
    const payment = grossFor((target * step) / STEPS - raised, BASE_RATE);
    await offering.connect(buyer).buyExactIn(modelId, payment, 0n, buyer, NO_DEADLINE);
    prices.push((await lens.raiseOf(modelId)).priceWad);
  }
  return prices;
}
