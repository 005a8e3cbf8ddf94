import { Fraction } from "fraction.js";

import { eventOf } from "../../../sdk/src/events/decode.ts";
import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { MAX_AGE_FACTOR } from "../../../sdk/src/emissions/score.ts";
import { figures, text } from "../chapter.ts";
import type { Chapter } from "../chapter.ts";
import { derived, exact, floorWei, fromWei, plain } from "../figure.ts";
import { DAY, modelOf, waitUntil } from "../stage.ts";
import type { Stage } from "../stage.ts";
import { MILLION, USDC, gained, morningOf, settle, useOf } from "../usage.ts";
import { BUDGET } from "./qwenAliceLive.ts";
import { SHARES } from "./shares.ts";

/** What card users pay for a model in a day [USDC units, units]: 1,250, of which 250 are compute cost. */
const CARD_PAID = 1_250n * USDC;
const CARD_UNITS = 1_250n * MILLION;
/** When the age factor reaches its floor, and a day long after vesting [days since QwenALICE went live]. */
const FLOOR_AGE = 144n;
const LATE_AGE = 200n;
/** The days on which anything was emitted: two in the chapters before, three in this one. */
const DAYS_WITH_REVENUE = 5n;
const DAILY = 20_000n;
/** What is left of a model's emission after the issuer's part. */
const USERS_PART = new Fraction(9, 10);

/** Sections 3.4, 3.7 and 3.8: the age factor falls to its floor, a younger model competes, and vesting ends. */
export async function sixMonthsOn(stage: Stage): Promise<Chapter> {
  stage.tell("Days 143 and 144: an old model and a new one");
  const competition = await compete(stage);
  stage.tell("Day 200: everything has vested");
  const late = await settleLate(stage);
  const paperShare = fromWei(floorWei(new Fraction(DAILY, 6n)));
  const bonusOfThat = fromWei(floorWei(paperShare.div(10)));
  const waiting = new Fraction(DAILY).mul(USERS_PART).add(paperShare).sub(bonusOfThat);

  return {
    id: "six-months-on",
    title: "Six months on",
    section: "§3.4, §3.7, §3.8",
    blocks: [
      text(`Days without revenue emit nothing, and nobody has to call anything. On days 143 and 144 card users bring
        QwenALICE 1,000 USDC of net revenue each. On day 144 the model of chapter 1 goes live too and has the same
        revenue. It is new, QwenALICE's age factor is at its floor of 0.2: they share the day's emission 1 : 5.`),
      figures(
        derived("QwenALICE's age factor on day 143", "§3.7", new Fraction(37, 180), competition.factors.before, ""),
        exact("on day 144", "§3.7", "0.2", competition.factors.atFloor, ""),
        exact("the new model's", "§3.7", "1", competition.factors.fresh, ""),
        exact("emission of day 144", "§3.7", DAILY.toString(), competition.emission, "FLOCK"),
        derived("QwenALICE's share by its score", "§3.7", new Fraction(DAILY, 6n), competition.shares.old, "FLOCK"),
        derived("the new model's", "§3.7", new Fraction(DAILY * 5n, 6n), competition.shares.fresh, "FLOCK"),
      ),
      text(`Card users have no wallet and no stake. So the users' 90% of these two days wait for QwenALICE's stakers, and
        the next day on which they use it brings them all of it.`),
      figures(derived("waiting for QwenALICE's stakers", "§3.8", waiting, competition.carried, "FLOCK")),
      text(`Day 200. Vesting is complete: all that is left of the supply circulates, and Bob's discount has fallen with his
        share of it. He and Carol use QwenALICE again, and with that day's pool the whole staking fund and the whole
        incentive reserve have been paid out.`),
      figures(
        exact("age factor on day 200: it stays", "§3.7", "0.2", late.factor, ""),
        exact("Alice's allocation, all released", "§3.4", "100000", late.aliceMt, "MT"),
        exact("not vested", "§3.4", "0", late.unvested, "MT"),
        exact("circulating: all that is not burned", "§3.6", plain(late.supply), late.circulating, "MT"),
        derived(
          "Bob's discount",
          "§3.6",
          new Fraction(100_000).div(fromWei(late.supply)).mul(100),
          late.bobsDiscount,
          "%",
          { decimals: 16 },
        ),
        derived(
          "in the pool: what waited, and 18,000",
          "§3.8",
          waiting.add(new Fraction(DAILY).mul(USERS_PART)),
          late.closed.emission,
          "FLOCK",
        ),
        exact("of the staking fund in all", "§3.8", "25000", late.rewards.releasedFund, "FLOCK"),
        exact("of the incentive reserve in all", "§3.8", "200000", late.rewards.releasedReserve, "MT"),
        derived("Bob has claimed for that day", "§3.8", late.bobsPart(late.pool.flock), late.bobsFlock, "FLOCK"),
        derived("and of the reserve", "§3.8", late.bobsPart(late.pool.mt), late.bobsMt, "MT"),
        exact(
          "budget left after 5 such days",
          "decision 22",
          (BigInt(BUDGET) - DAYS_WITH_REVENUE * DAILY).toString(),
          await stage.protocol.emissions.unreserved(),
          "FLOCK",
        ),
      ),
    ],
  };
}

/** Card users of two days; on the second one there are two models. */
async function compete(stage: Stage) {
  const { meter, registry, emissions } = stage.protocol;
  const { platform } = stage.people;
  const qwenAlice = modelOf(stage, "qwenAlice");
  const newcomer = modelOf(stage, "workedExample");
  const cardRow = (modelId: bigint) => ({ modelId, units: CARD_UNITS, list: CARD_PAID, paid: CARD_PAID });

  await waitUntil(stage, await morningOf(stage, qwenAlice, FLOOR_AGE - 1n));
  await meter.connect(platform).settleCard([cardRow(qwenAlice)]);
  const before = await factorOf(stage, qwenAlice);

  await waitUntil(stage, await morningOf(stage, qwenAlice, FLOOR_AGE));
  await registry.connect(platform).setApiId(newcomer, "worked-example");
  await meter.connect(platform).settleCard([cardRow(qwenAlice), cardRow(newcomer)]);
  const factors = { before, atFloor: await factorOf(stage, qwenAlice), fresh: await factorOf(stage, newcomer) };
  const { emission } = await emissions.epochTotalsOf(await emissions.currentEpoch());

  await waitUntil(stage, await morningOf(stage, qwenAlice, FLOOR_AGE + 1n));
  const shareOf = async (modelId: bigint) => {
    const sent = await emissions.roll(modelId);
    return eventOf(stage.protocol, (await sent.wait())!, "emissions", "ModelRolled").args.share;
  };
  const shares = { old: await shareOf(qwenAlice), fresh: await shareOf(newcomer) };
  const { carriedEmission } = await emissions.modelRewardsOf(qwenAlice);
  return { factors, emission, shares, carried: carriedEmission };
}

/** Usage of stakers long after the end of vesting. */
async function settleLate(stage: Stage) {
  const { meter, staking, emissions, vault, flock } = stage.protocol;
  const { alice, bob, carol, deployer } = stage.people;
  const modelId = modelOf(stage, "qwenAlice");
  const { token: address } = await vault.recordOf(modelId);
  const token = connectAs("modelToken", address, deployer);

  await waitUntil(stage, await morningOf(stage, modelId, LATE_AGE));
  await vault.release(modelId, SHARES.issuerMt);
  const found = {
    aliceMt: await token.balanceOf(alice),
    unvested: await vault.unvested(modelId),
    supply: await token.totalSupply(),
    circulating: await staking.circulatingSupply(modelId),
    bobsDiscount: await staking.discountOf(modelId, bob),
  };
  const uses = [await useOf(stage, modelId, bob, 2_500n * USDC), await useOf(stage, modelId, carol, 5_000n * USDC)];
  for (const { user, paid } of uses) await meter.connect(user).deposit(paid);
  const { net } = await settle(stage, modelId, uses);
  const open = await emissions.modelRewardsOf(modelId);
  const { weight } = await emissions.weightOf(bob, modelId);

  await waitUntil(stage, (open.openEpoch + 1n) * DAY);
  const sent = await emissions.roll(modelId);
  const { args: closed } = eventOf(stage.protocol, (await sent.wait())!, "emissions", "ModelRolled");
  const pool = await emissions.poolOf(modelId, open.openEpoch);
  const mtBefore = await token.balanceOf(bob);
  const bobsFlock = await gained(
    async () => await flock.balanceOf(bob),
    async () => await emissions.claim(bob, [modelId]),
  );
  return {
    ...found,
    factor: factorFrom(open.openScore, net),
    closed,
    pool,
    rewards: await emissions.modelRewardsOf(modelId),
    bobsFlock,
    bobsMt: (await token.balanceOf(bob)) - mtBefore,
    bobsPart: (whole: bigint) => fromWei(whole).mul(new Fraction(weight, pool.weight)),
  };
}

/** The age factor that stands behind a model's score of the day [WAD]. */
async function factorOf(stage: Stage, modelId: bigint): Promise<bigint> {
  const { meter, emissions } = stage.protocol;
  const settled = await meter.queryFilter(meter.filters.UsageSettled(modelId));
  const { openScore } = await emissions.modelRewardsOf(modelId);
  return factorFrom(openScore, settled.at(-1)!.args.net);
}

function factorFrom(score: bigint, net: bigint): bigint {
  return (score * 10n ** 18n) / (net * MAX_AGE_FACTOR);
}
