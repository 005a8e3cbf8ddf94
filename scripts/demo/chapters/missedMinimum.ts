import { parseEther } from "ethers";

import { soldAt, virtualFlock } from "../../../sdk/src/raise/curve.ts";
import { feeOn, feesOf } from "../../../sdk/src/raise/fees.ts";
import { figures, text } from "../chapter.ts";
import type { Chapter } from "../chapter.ts";
import { derived, exact, refused, word } from "../figure.ts";
import { BASE_RATE, CREATOR_FEE_BPS, NO_DEADLINE, launch, launchTerms, refusalOf, waitUntil } from "../stage.ts";
import type { Stage } from "../stage.ts";

const TARGET = "50000";
const START_PRICE = "0.1";
/** After what time the fee is down to its base [s]. */
const ANTI_SNIPE_WINDOW = 5_880n;
/** What everybody pays [FLOCK]. */
const BUNDLE_PAYS = "2000";
const BOB_PAYS = "4000";
const CAROL_PAYS = "1500";

/** Section 3.2: an offering that misses its minimum gives everybody the net contribution back, the issuer included. */
export async function missedMinimum(stage: Stage): Promise<Chapter> {
  const { offering, lens, flock, addresses } = stage.protocol;
  const { bob, carol, frank, grace, treasury } = stage.people;

  stage.tell("Launching NightOwl, which will miss its minimum");
  const heldBefore = await flock.balanceOf(addresses.offering);
  const terms = launchTerms({
    name: "NightOwl",
    symbol: "OWL",
    minimumRaise: parseEther("20000"),
    target: parseEther(TARGET),
    startPriceWad: parseEther(START_PRICE),
  });
  const modelId = await launch(stage, grace, terms, { bundleFlock: parseEther(BUNDLE_PAYS) });
  stage.models.nightOwl = modelId;
  const atLaunch = await lens.raiseOf(modelId);
  await waitUntil(stage, atLaunch.startsAt + ANTI_SNIPE_WINDOW);
  await offering.connect(bob).buyExactIn(modelId, parseEther(BOB_PAYS), 0n, bob, NO_DEADLINE);
  await offering.connect(carol).buyExactIn(modelId, parseEther(CAROL_PAYS), 0n, carol, NO_DEADLINE);
  await waitUntil(stage, atLaunch.endsAt);
  const ended = await lens.raiseOf(modelId);
  const graduation = await refusalOf(offering, async () => {
    await offering.graduate.staticCall(modelId);
  });

  stage.tell("Refunding everybody");
  const received = async (who: typeof bob, send: () => Promise<unknown>) => {
    const had = await flock.balanceOf(who);
    await send();
    return (await flock.balanceOf(who)) - had;
  };
  // The first refund settles the failure; Frank, who is nobody here, sends all of them.
  const backToBob = await received(bob, async () => await offering.connect(frank).refund(modelId, bob));
  const { outcome } = await lens.raiseOf(modelId);
  const backToCarol = await received(carol, async () => await offering.connect(frank).refund(modelId, carol));
  const backToGrace = await received(grace, async () => await offering.connect(frank).refundBundle(modelId));
  const again = await refusalOf(offering, async () => {
    await offering.refund.staticCall(modelId, bob);
  });
  const { creatorFee, protocolFee } = await offering.unclaimedFeesOf(modelId);
  const heldAfterRefunds = await flock.balanceOf(addresses.offering);
  await offering.connect(grace).claimCreatorFee(modelId, grace);
  await offering.connect(treasury).claimProtocolFee(modelId, treasury);
  const heldAfterFees = await flock.balanceOf(addresses.offering);

  const target = parseEther(TARGET);
  const x0 = virtualFlock({ target, startPriceWad: parseEther(START_PRICE) });
  const netOf = (gross: string) => parseEther(gross) - feeOn(parseEther(gross), BASE_RATE);
  const net = { grace: netOf(BUNDLE_PAYS), bob: netOf(BOB_PAYS), carol: netOf(CAROL_PAYS) };
  const raised = net.grace + net.bob + net.carol;
  const paid = parseEther(BUNDLE_PAYS) + parseEther(BOB_PAYS) + parseEther(CAROL_PAYS);
  const fees = feesOf(paid, raised, CREATOR_FEE_BPS);
  const outcomes = ["none", "open", "graduated", "failed"];

  return {
    id: "missed-minimum",
    title: "An offering that misses its minimum",
    section: "§3.2, §3.10",
    blocks: [
      text(`Grace launches NightOwl with the curve of the worked example and a minimum of 20,000 FLOCK. In the launch
        transaction she buys a first bundle herself, at the base fee; Bob and Carol follow. After seven days the minimum
        is not there.`),
      figures(
        exact("minimum", "§3.1", "20000", ended.minimumRaise, "FLOCK"),
        derived("Grace's bundle for 2,000 FLOCK", "decision 5", soldAt(target, x0, net.grace), ended.bundleMt, "MT"),
        derived("raised", "§3.3.1", raised, ended.raised, "FLOCK"),
        refused("somebody tries to graduate it", "§3.2", "Offering_NotGraduatable", graduation),
      ),
      text(`Everybody takes back what had reached the curve, Grace's bundle included. Anyone may send the refunds; they
        go to the owners. The fees are not refunded: they had been earned.`),
      figures(
        derived("back to Bob", "§3.2", net.bob, backToBob, "FLOCK"),
        word("the outcome after the first refund", "§3.2", "failed", outcomes[Number(outcome)]!),
        derived("back to Carol", "§3.2", net.carol, backToCarol, "FLOCK"),
        derived("back to Grace, for the bundle", "§3.2", net.grace, backToGrace, "FLOCK"),
        refused("a second refund for Bob", "§3.2", "Offering_NoPosition", again),
        derived("0.30% stay for the issuer", "§3.10", fees.creator, creatorFee, "FLOCK"),
        derived("0.95% stay for the protocol", "§3.10", fees.protocol, protocolFee, "FLOCK"),
        derived(
          "what is left after the refunds",
          "§3.10",
          paid - raised + parseEther("1000"),
          heldAfterRefunds - heldBefore,
          "FLOCK",
        ),
        exact("and after the fees (the launch fee)", "decision 7", "1000", heldAfterFees - heldBefore, "FLOCK"),
      ),
    ],
  };
}
