import { parseEther } from "ethers";
import { Fraction } from "fraction.js";

import { eventOf } from "../../../sdk/src/events/decode.ts";
import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { endOfEpoch } from "../../../sdk/src/emissions/epochs.ts";
import { MAX_AGE_FACTOR } from "../../../sdk/src/emissions/score.ts";
import { paidAt } from "../../../sdk/src/staking/discount.ts";
import { vestedAt } from "../../../sdk/src/vesting/vesting.ts";
import { figures, text } from "../chapter.ts";
import type { Chapter } from "../chapter.ts";
import { derived, exact, fromWei } from "../figure.ts";
import { DAY, USDC_DECIMALS, modelOf, waitUntil } from "../stage.ts";
import type { Name, Stage } from "../stage.ts";
import { USDC, gained, morningOf, settle, useOf } from "../usage.ts";

/** Who uses how much at list price that day [USDC units]: 50,000 in all. */
const USES: [name: Name, list: bigint][] = [
  ["bob", 2_500n * USDC],
  ["carol", 20_000n * USDC],
  ["dave", 15_000n * USDC],
  ["erin", 12_500n * USDC],
];
/** Bob's part of that. */
const BOBS_PART = new Fraction(5, 100);
/** How old the model is [days]. */
const AGE = 30n;
/** What vests for rewards in 180 days. */
const FUND = parseEther("25000");
const RESERVE = parseEther("200000");

/** Sections 4.4 to 4.8: one day's emission, and who earns it. */
export async function qwenAliceDay(stage: Stage): Promise<Chapter> {
  const { emissions, meter, staking, vault, flock } = stage.protocol;
  const { people } = stage;
  const { alice, bob } = people;
  const modelId = modelOf(stage, "qwenAlice");
  const { token: address, startAt } = await vault.recordOf(modelId);
  const token = connectAs("modelToken", address, people.deployer);
  await waitUntil(stage, await morningOf(stage, modelId, AGE));

  stage.tell("A day with 50,000 USDC of inference");
  // What the month's scene has earned is taken first, so that what follows is the day's alone.
  for (const name of ["bob", "carol", "dave"] as const) await emissions.claim(people[name], [modelId]);
  await emissions.connect(alice).claimIssuerBonus(modelId, alice);
  const cleared = await emissions.claimableOf(bob, modelId);

  const discount = await staking.discountOf(modelId, bob);
  const uses = await Promise.all(USES.map(async ([name, list]) => await useOf(stage, modelId, people[name], list)));
  for (const { user, paid } of uses) await meter.connect(user).deposit(paid);
  const { paid: paidBefore } = await meter.usageOf(bob, bob, modelId);
  const day = await settle(stage, modelId, uses);
  const open = await emissions.modelRewardsOf(modelId);
  const totals = await emissions.epochTotalsOf(open.openEpoch);
  const { weight: bobsWeight } = await emissions.weightOf(bob, modelId);
  const bobsPaid = (await meter.usageOf(bob, bob, modelId)).paid - paidBefore;

  await waitUntil(stage, await morningOf(stage, modelId, AGE + 1n));
  const sent = await emissions.roll(modelId);
  const { args: closed } = eventOf(stage.protocol, (await sent.wait())!, "emissions", "ModelRolled");
  const flockOf = async (who: typeof bob) => await flock.balanceOf(who);
  const mtHad = await token.balanceOf(bob);
  const bobsFlock = await gained(
    async () => await flockOf(bob),
    async () => await emissions.claim(bob, [modelId]),
  );
  const bobsMt = (await token.balanceOf(bob)) - mtHad;
  const bonus = await gained(
    async () => await flockOf(alice),
    async () => await emissions.connect(alice).claimIssuerBonus(modelId, alice),
  );

  // What vested in the day: both sums are whole wei.
  const endOfDay = endOfEpoch(open.openEpoch);
  const slice = (total: bigint) =>
    fromWei(vestedAt(total, startAt, endOfDay) - vestedAt(total, startAt, endOfDay - DAY));
  const pool = new Fraction(18_000).add(slice(FUND));
  const usdc = (what: string, section: string, paper: string, chain: bigint) =>
    exact(what, section, paper, chain, "USDC", USDC_DECIMALS);

  return {
    id: "qwenalice-day",
    title: "A day of QwenALICE: emissions for Alice, Bob and the other users",
    section: "§4.4-§4.8",
    blocks: [
      text(`Day 30. What the month's scene earned has been claimed, so all that follows is one day's. Bob uses QwenALICE
        for 2,500 USDC at list price, Carol, Dave and Erin for 47,500. All of them stake, so all of it weighs for rewards,
        and discounts take no weight away.`),
      figures(
        exact("left for Bob of earlier days", "§3.8", "0", cleared.flock, "FLOCK"),
        usdc("list spend of the day", "§4.7", "50000", day.list),
        usdc("of it weighs for rewards", "§4.7", "50000", open.openWeight),
        usdc("Bob's", "§4.7", "2500", bobsWeight),
        exact("Bob's part", "§4.7", "5", (bobsWeight * 10n ** 18n) / open.openWeight, "%", 16),
        derived("though he paid only", "§3.6", paidAt(2_500n * USDC, discount), bobsPaid, "USDC", {
          decimals: USDC_DECIMALS,
        }),
      ),
      text(`The age factor at day 30 is 1 - 30/180. QwenALICE is the only model with revenue that day, so it gets the whole
        daily emission. When the day is over, nobody has to do anything; the first who touches the model closes it.`),
      figures(
        derived(
          "age factor at day 30",
          "§4.4",
          new Fraction(5, 6),
          (open.openScore * 10n ** 18n) / (day.net * MAX_AGE_FACTOR),
          "",
          { printed: "0.8333" },
        ),
        exact("emission of the day", "§4.7", "20000", totals.emission, "FLOCK"),
        exact("QwenALICE's share", "§4.7", "20000", closed.share, "FLOCK"),
        exact("90%: into the pool of its users", "§4.7", "18000", closed.emission, "FLOCK"),
        exact("10%: Alice has claimed", "§4.5", "2000", bonus, "FLOCK"),
        exact("Bob's 5% of those 18,000", "§4.7", "900", (closed.emission * bobsWeight) / closed.pool.weight, "FLOCK"),
      ),
      text("What vested that day of the staking fund and of the incentive reserve goes into the same pool, on top."),
      figures(
        derived("a day of the 25,000 of the fund", "§3.8", slice(FUND), closed.fund, "FLOCK"),
        derived("a day of the 200,000 of the reserve", "§3.8", slice(RESERVE), closed.pool.mt, "MT"),
        derived("Bob has claimed, emission and fund", "§3.8", pool.mul(BOBS_PART), bobsFlock, "FLOCK"),
        derived("and of the reserve", "§3.8", slice(RESERVE).mul(BOBS_PART), bobsMt, "MT"),
      ),
    ],
  };
}
