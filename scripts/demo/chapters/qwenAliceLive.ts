import { parseEther } from "ethers";
import { Fraction } from "fraction.js";

import { connectAs } from "../../../sdk/src/ethers/connect.ts";

import { WARM_UP, discountOf } from "../../../sdk/src/staking/discount.ts";
import { vestedAt } from "../../../sdk/src/vesting/vesting.ts";
import { figures, text } from "../chapter.ts";
import type { Chapter } from "../chapter.ts";
import { derived, exact, refused, word } from "../figure.ts";
import { DAY, lookAhead, modelOf, refusalOf, waitUntil } from "../stage.ts";
import type { Name, Stage } from "../stage.ts";

/** Under which id the platform serves the model. */
const API_ID = "qwen-alice";
/** What is put into the budget of emissions [FLOCK]: ten days of it. */
export const BUDGET = "200000";
/** Who stakes how much [MT]. */
const STAKES: [name: Name, amount: string][] = [
  ["bob", "50000"],
  ["carol", "100000"],
  ["dave", "30000"],
  ["erin", "1000"],
];
/** Percent are read from the discount, a fraction with 18 decimals. */
const PERCENT_DECIMALS = 16;

/** Sections 3.6 and 4.7: QwenALICE is served, and Bob stakes for a discount. */
export async function qwenAliceLive(stage: Stage): Promise<Chapter> {
  const { registry, staking, vault, emissions, flock, addresses } = stage.protocol;
  const { people } = stage;
  const modelId = modelOf(stage, "qwenAlice");
  const { token: address, startAt } = await vault.recordOf(modelId);
  const token = connectAs("modelToken", address, people.deployer);

  stage.tell("QwenALICE goes live, and its supporters stake");
  const [opened] = await vault.queryFilter(vault.filters.VestingOpened(modelId));
  const atGraduation = await staking.circulatingSupply(modelId, { blockTag: opened!.blockNumber });
  await registry.connect(people.platform).setApiId(modelId, API_ID);
  await emissions.connect(people.deployer).fund(parseEther(BUDGET));
  for (const [name, amount] of STAKES) {
    await token.connect(people[name]).approve(addresses.staking, parseEther(amount));
    await staking.connect(people[name]).stake(modelId, parseEther(amount));
  }
  const { active, warming, warmAt } = await staking.stakeRecordOf(modelId, people.bob);
  const { multiplier } = await staking.discountSettings();
  const stillCold = await staking.discountOf(modelId, people.bob);
  const warmUp = await firstSecondOf(stage, modelId, warmAt);

  await waitUntil(stage, startAt + WARM_UP + 60n); // everybody's stake counts
  const now = BigInt(await stage.connection.networkHelpers.time.latest());
  const circulating = await staking.circulatingSupply(modelId);
  const paperCirculating = parseEther("600000") + vestedAt(parseEther("400000"), startAt, now);
  const quotedTo = async (name: Name) => await staking.discountOf(modelId, people[name]);
  const paperDiscount = (stake: string) =>
    discountOf(parseEther(stake), { circulating: paperCirculating, multiplier: 2n, capBps: 3_000n });

  const exit = await lookAhead(stage, async () => {
    await staking.connect(people.bob).requestExit(modelId, parseEther("50000"));
    const afterRequest = await quotedTo("bob");
    const tooEarly = await refusalOf(staking, async () => {
      await staking.connect(people.bob).withdraw.staticCall(modelId);
    });
    const { withdrawableAt } = await staking.stakeRecordOf(modelId, people.bob);
    const cooldown = withdrawableAt - BigInt(await stage.connection.networkHelpers.time.latest());
    await waitUntil(stage, withdrawableAt);
    const had = await token.balanceOf(people.bob);
    await staking.connect(people.bob).withdraw(modelId);
    return { afterRequest, tooEarly, cooldown, back: (await token.balanceOf(people.bob)) - had };
  });

  return {
    id: "qwenalice-live",
    title: "QwenALICE goes live, and Bob stakes for a discount",
    section: "§3.5, §3.6, §4.7",
    blocks: [
      text(`The platform records on chain under which API id it serves QwenALICE; from now on usage can be settled, and
        the model's age counts. Somebody puts 200,000 FLOCK into the budget of emissions, as anybody may. Bob stakes his
        50,000 MT, Carol 100,000, Dave 30,000, Erin 1,000.`),
      figures(
        word("API id", "decision 16", API_ID, await registry.apiIdOf(modelId)),
        exact("budget of emissions", "decision 22", BUDGET, await emissions.unreserved(), "FLOCK"),
        exact("and it is there", "decision 22", BUDGET, await flock.balanceOf(addresses.emissions), "FLOCK"),
        exact("Bob's stake, still warming up", "§4.7", "50000", warming, "MT"),
        exact("of it counts at once", "decision 13", "0", active, "MT"),
        exact("so his discount is", "decision 13", "0", stillCold, "%", PERCENT_DECIMALS),
        exact("it warms up for", "decision 13", "24", (warmAt - warmUp.stakedAt) / 3_600n, "hours", 0),
        exact("counts one second before that", "decision 13", "0", warmUp.before, "MT"),
        exact("counts then", "decision 13", "50000", warmUp.then, "MT"),
      ),
      text(`The paper works the discount out at launch, with 600,000 MT in circulation: 2 · 50,000 / 600,000. A stake
        counts a day later, when 2,222 more have vested, and then the chain quotes a little less. That is what Bob will be
        charged by. Whoever stakes more than 15% of what circulates gets the largest discount, 30%.`),
      figures(
        exact("circulating at graduation", "§4.7", "600000", atGraduation, "MT"),
        derived(
          "2 · 50,000 / 600,000",
          "§4.7",
          new Fraction(50, 3),
          (multiplier * warming * 10n ** 18n) / atGraduation,
          "%",
          { printed: "16.67", decimals: PERCENT_DECIMALS },
        ),
        derived("circulating a day later", "§3.6", paperCirculating, circulating, "MT"),
        derived("Bob's discount, as it is quoted", "§3.6", paperDiscount("50000"), await quotedTo("bob"), "%", {
          printed: "16.61",
          decimals: PERCENT_DECIMALS,
        }),
        exact("Carol's, at the cap", "§4.7", "30", await quotedTo("carol"), "%", PERCENT_DECIMALS),
        derived("Dave's", "§3.6", paperDiscount("30000"), await quotedTo("dave"), "%", {
          decimals: PERCENT_DECIMALS,
        }),
      ),
      text("Another look ahead: if Bob wanted his tokens back, they would stop counting at once and be his in 7 days."),
      figures(
        exact("his discount after the request", "decision 13", "0", exit.afterRequest, "%", PERCENT_DECIMALS),
        refused("he takes them at once", "decision 13", "Staking_CoolingDown", exit.tooEarly),
        exact("the cooldown", "decision 13", "7", exit.cooldown / DAY, "days", 0),
        exact("he has back", "decision 13", "50000", exit.back, "MT"),
      ),
    ],
  };
}

/** What counts of Bob's stake right before and when it has warmed up. */
async function firstSecondOf(stage: Stage, modelId: bigint, warmAt: bigint) {
  const { staking } = stage.protocol;
  const { bob } = stage.people;
  const [staked] = await staking.queryFilter(staking.filters.Staked(modelId, bob));
  const stakedAt = BigInt((await staked!.getBlock()).timestamp);
  await waitUntil(stage, warmAt - 1n);
  const before = await staking.stakeOf(modelId, bob);
  await waitUntil(stage, warmAt);
  return { stakedAt, before, then: await staking.stakeOf(modelId, bob) };
}
