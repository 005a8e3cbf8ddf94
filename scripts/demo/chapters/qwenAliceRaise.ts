import { parseEther } from "ethers";

import { figures, text } from "../chapter.ts";
import type { Chapter } from "../chapter.ts";
import { derived, exact, refused } from "../figure.ts";
import { NO_DEADLINE, launch, launchTerms, refusalOf, waitUntil } from "../stage.ts";
import type { Stage } from "../stage.ts";
import { BOB_MT, CAROL_PAYS, DAVE_PAYS, ERIN_OFFERS, START_PRICE, TARGET, expectedRaise } from "./qwenAliceExpected.ts";

/** After what time the fee is down to its base [s]. */
const ANTI_SNIPE_WINDOW = 5_880n;

/** Section 4.1: QwenALICE raises $100,000 from several supporters, one of whom offers more than is missing. */
export async function qwenAliceRaise(stage: Stage): Promise<Chapter> {
  const { offering, lens, flock } = stage.protocol;
  const { alice, bob, carol, dave, erin, frank, treasury } = stage.people;
  const expected = expectedRaise();

  stage.tell("Launching QwenALICE");
  const aliceHadAtFirst = await flock.balanceOf(alice);
  const modelId = await launch(
    stage,
    alice,
    launchTerms({
      name: "QwenALICE",
      symbol: "QALICE",
      minimumRaise: parseEther("40000"),
      target: parseEther(TARGET),
      startPriceWad: parseEther(START_PRICE),
    }),
  );
  stage.models.qwenAlice = modelId;
  const launchFee = aliceHadAtFirst - (await flock.balanceOf(alice));
  const atLaunch = await lens.raiseOf(modelId);
  await waitUntil(stage, atLaunch.startsAt + ANTI_SNIPE_WINDOW);

  stage.tell("Bob, Carol, Dave and Erin buy QwenALICE");
  const buyFor = async (buyer: typeof bob, flockIn: string) => {
    await offering.connect(buyer).buyExactIn(modelId, parseEther(flockIn), 0n, buyer, NO_DEADLINE);
  };
  const bobQuote = await lens.quoteExactOut(modelId, parseEther(BOB_MT));
  await offering.connect(bob).buyExactOut(modelId, parseEther(BOB_MT), bobQuote.flockIn, bob, NO_DEADLINE);
  await buyFor(carol, CAROL_PAYS);
  await buyFor(dave, DAVE_PAYS);
  const missing = atLaunch.target - (await lens.raiseOf(modelId)).raised;
  const erinHad = await flock.balanceOf(erin);
  await buyFor(erin, ERIN_OFFERS);
  const erinPaid = erinHad - (await flock.balanceOf(erin));

  const sold = await lens.raiseOf(modelId);
  const positionOf = async (who: typeof bob) => (await offering.positionOf(modelId, who)).mt;
  const positions = {
    bob: await positionOf(bob),
    carol: await positionOf(carol),
    dave: await positionOf(dave),
    erin: await positionOf(erin),
  };
  const frankIsRefused = await refusalOf(offering, async () => {
    await offering.connect(frank).buyExactIn.staticCall(modelId, parseEther("1"), 0n, frank, NO_DEADLINE);
  });

  const aliceHad = await flock.balanceOf(alice);
  await offering.connect(alice).claimCreatorFee(modelId, alice);
  const creatorFee = (await flock.balanceOf(alice)) - aliceHad;
  const treasuryHad = await flock.balanceOf(treasury);
  await offering.connect(treasury).claimProtocolFee(modelId, treasury);
  const protocolFee = (await flock.balanceOf(treasury)) - treasuryHad;

  return {
    id: "qwenalice-raise",
    title: "QwenALICE raises $100,000",
    section: "§4.1",
    blocks: [
      text(`The paper's example, at 1 FLOCK = 1 dollar. Alice pays the launch fee and opens an offering for 100,000
        FLOCK that starts at 0.2. It lasts seven days, or until the target is reached.`),
      figures(
        exact("launch fee, paid by Alice", "decision 7", "1000", launchFee, "FLOCK"),
        exact("target (G)", "§4.1", TARGET, atLaunch.target, "FLOCK"),
        exact("first price (P0)", "§3.3.3", START_PRICE, atLaunch.priceWad, "FLOCK/MT"),
        exact("virtual FLOCK (x0)", "§3.3.2", "400000", atLaunch.virtualFlock, "FLOCK"),
        exact("virtual MT (y0)", "§3.3.2", "2000000", atLaunch.virtualMt, "MT"),
      ),
      text(`Bob wants exactly 50,000 MT, an eighth of the sale (and gets a wei or two more, because FLOCK is paid in whole wei); Carol and Dave spend a fixed sum each. Erin is generous
        and offers 60,000 FLOCK when less is missing: her purchase is filled up to the target and takes only what that
        costs. After that nobody can buy any more.`),
      figures(
        derived("Bob gets what he asked for", "§4.7", expected.bob.mt, positions.bob, "MT", {
          printed: BOB_MT,
        }),
        derived("Carol gets for 30,000 FLOCK", "§3.3.1", expected.carol.mt, positions.carol, "MT"),
        derived("Dave gets for 20,000 FLOCK", "§3.3.1", expected.dave.mt, positions.dave, "MT"),
        derived("what Erin finds missing", "§3.3.1", expected.missing, missing, "FLOCK"),
        derived("Erin offers 60,000 FLOCK and pays", "§3.3.1", expected.erin.paid, erinPaid, "FLOCK"),
        derived("Erin gets all that is left", "§3.3.1", expected.erin.mt, positions.erin, "MT"),
        refused("Frank comes too late", "§3.3.1", "Offering_SaleClosed", frankIsRefused),
      ),
      figures(
        exact("raised", "§4.1", TARGET, sold.raised, "FLOCK"),
        exact("sold", "§4.1", "400000", sold.sold, "MT"),
        exact("the four positions together", "§4.1", "400000", sum(Object.values(positions)), "MT"),
        derived("paid by the four, fees included", "§3.2", expected.gross, sold.gross, "FLOCK"),
        derived("0.30% of that goes to Alice", "§3.2", expected.creatorFee, creatorFee, "FLOCK"),
        derived("0.95% to the treasury (the rest)", "§3.2", expected.protocolFee, protocolFee, "FLOCK"),
      ),
    ],
  };
}

function sum(amounts: bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
