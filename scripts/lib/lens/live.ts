import { jsonFlock, jsonMt, jsonPrice, jsonRate, jsonTime, jsonUsdc } from "../command/amounts.ts";
import { showFlock, showMt, showShare, showTime, showUsdc } from "../../../sdk/src/units/show.ts";
import { creditOf } from "../revenue/credits.ts";
import { dayOf } from "../../../sdk/src/emissions/epochs.ts";
import { seatOf } from "../../../sdk/src/names/seats.ts";
import type { Session } from "../chain/session.ts";
import { tokenOf } from "../staking/stakes.ts";
import { pairsOf } from "../command/table.ts";
import type { LiveStatus } from "../documents/lens.ts";

/** Says how a graduated model is used: API id, stakes, revenue that waits, rewards. */
export async function liveStatus(session: Session, modelId: bigint): Promise<LiveStatus> {
  const { registry, staking, buyback, emissions, addresses } = session.protocol;
  const { out, usdcDecimals } = session;
  const token = await tokenOf(session, modelId);
  const [apiId, { liveAt }, staked, circulating, issuer, forMt, flock, rewards, bonus] = await Promise.all([
    registry.apiIdOf(modelId),
    registry.usageTermsOf(modelId),
    token.balanceOf(addresses.staking),
    staking.circulatingSupply(modelId, session.now),
    creditOf(session, seatOf("issuer", modelId)),
    creditOf(session, seatOf("buyback-model", modelId)),
    buyback.flockOf(modelId),
    emissions.modelRewardsOf(modelId),
    emissions.issuerBonusOf(modelId, session.now),
  ]);
  const usdc = (amount: bigint) => showUsdc(amount, usdcDecimals);
  const { openEpoch } = rewards;

  out.say("\nIn use:");
  out.say(
    pairsOf({
      "API id": liveAt === 0n ? "none, it is not served yet" : `${apiId}, live since ${showTime(liveAt)}`,
      stakes: `${showMt(staked)}, ${showShare(staked, circulating)} of ${showMt(circulating)} in circulation`,
      "issuer's credit": `${usdc(issuer.credit)}, and a bonus of ${showFlock(bonus)}`,
      "to buy back MT": `${usdc(forMt.credit)} and ${showFlock(flock)}`,
      "carried emission": showFlock(rewards.carriedEmission),
      "cut from rewards": `${showFlock(rewards.cutFlock)} and ${showMt(rewards.cutMt)}, until a sweep`,
      ...(openEpoch === 0n
        ? {}
        : {
            "open epoch": `${dayOf(openEpoch)}, ${usdc(rewards.openWeight)} weigh; ${usdc(rewards.openNet)} of net revenue earn ${showFlock(rewards.openCap)} each at most`,
          }),
    }),
  );
  return {
    apiId,
    ...jsonTime("liveAt", liveAt === 0n ? null : liveAt),
    ...jsonMt("staked", staked),
    ...jsonMt("circulating", circulating),
    ...jsonUsdc("issuerCredit", issuer.credit, usdcDecimals),
    ...jsonFlock("issuerBonus", bonus),
    ...jsonUsdc("buyback", forMt.credit, usdcDecimals),
    ...jsonFlock("buyback", flock),
    ...jsonFlock("carriedEmission", rewards.carriedEmission),
    ...jsonFlock("releasedFund", rewards.releasedFund),
    ...jsonMt("releasedReserve", rewards.releasedReserve),
    openEpoch: openEpoch === 0n ? null : Number(openEpoch),
    openScore: rewards.openScore.toString(),
    ...jsonUsdc("openWeight", rewards.openWeight, usdcDecimals),
    ...jsonUsdc("openNet", rewards.openNet, usdcDecimals),
    ...jsonRate("openCapFlockPerUsdc", rewards.openCap),
    ...jsonPrice("openPrice", rewards.openPrice),
    ...jsonFlock("cut", rewards.cutFlock),
    ...jsonMt("cut", rewards.cutMt),
  };
}

/** Says what the protocol as a whole has to spend: budget of emissions and credits of no single model. */
export async function treasuryStatus(session: Session, budget: { unreserved: bigint; dailyRate: bigint; cap: bigint }) {
  const { out, usdcDecimals } = session;
  const [treasury, forFlock] = await Promise.all([
    creditOf(session, seatOf("treasury", 0n)),
    creditOf(session, seatOf("buyback-flock", 0n)),
  ]);
  out.say("\nMoney that waits:");
  out.say(
    pairsOf({
      "emission budget": `${showFlock(budget.unreserved)}; at most ${showFlock(budget.dailyRate)} a day and ${showFlock(budget.cap)} for one USDC of net revenue`,
      "treasury's credit": showUsdc(treasury.credit, usdcDecimals),
      "to buy back FLOCK": showUsdc(forFlock.credit, usdcDecimals),
    }),
  );
  return {
    ...jsonFlock("budget", budget.unreserved),
    ...jsonFlock("dailyRate", budget.dailyRate),
    ...jsonRate("capFlockPerUsdc", budget.cap),
    ...jsonUsdc("treasuryCredit", treasury.credit, usdcDecimals),
    ...jsonUsdc("buyback", forFlock.credit, usdcDecimals),
  };
}
