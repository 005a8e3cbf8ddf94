import {
  jsonFlock,
  jsonMt,
  jsonTime,
  jsonUsdc,
  showFlock,
  showMt,
  showShare,
  showTime,
  showUsdc,
} from "../command/amounts.ts";
import { creditOf } from "../revenue/credits.ts";
import { dayOf } from "../emissions/epochs.ts";
import { seatOf } from "../decode/seats.ts";
import type { Session } from "../chain/session.ts";
import { tokenOf } from "../staking/stakes.ts";
import { pairsOf } from "../command/table.ts";

/** What a model owes is kept in millionths of a USDC unit. */
const OWED_UNIT = 10n ** 6n;

/** Says how a graduated model is used: API id, stakes, revenue that waits, rewards. */
export async function liveStatus(session: Session, modelId: bigint): Promise<object> {
  const { registry, staking, waterfall, buyback, emissions, addresses } = session.protocol;
  const { out, usdcDecimals } = session;
  const token = await tokenOf(session, modelId);
  const [apiId, { liveAt }, staked, circulating, issuer, forMt, flock, owed, rewards, bonus] = await Promise.all([
    registry.apiIdOf(modelId),
    registry.usageTermsOf(modelId),
    token.balanceOf(addresses.staking),
    staking.circulatingSupply(modelId, session.now),
    creditOf(session, seatOf("issuer", modelId)),
    creditOf(session, seatOf("buyback-model", modelId)),
    buyback.flockOf(modelId),
    waterfall.owedOf(modelId),
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
      "owed for compute": usdc(owed / OWED_UNIT),
      "carried emission": showFlock(rewards.carriedEmission),
      ...(openEpoch === 0n
        ? {}
        : {
            "open epoch": `${dayOf(openEpoch)}, ${usdc(rewards.openWeight)} weigh for at most ${showFlock(rewards.openAllowance)}`,
          }),
    }),
  );
  return {
    apiId,
    liveAt: liveAt === 0n ? null : jsonTime(liveAt),
    ...jsonMt("staked", staked),
    ...jsonMt("circulating", circulating),
    ...jsonUsdc("issuerCredit", issuer.credit, usdcDecimals),
    ...jsonFlock("issuerBonus", bonus),
    ...jsonUsdc("buyback", forMt.credit, usdcDecimals),
    ...jsonFlock("buyback", flock),
    ...jsonUsdc("owed", owed / OWED_UNIT, usdcDecimals),
    ...jsonFlock("carriedEmission", rewards.carriedEmission),
    ...jsonFlock("releasedFund", rewards.releasedFund),
    ...jsonMt("releasedReserve", rewards.releasedReserve),
    openEpoch: openEpoch === 0n ? null : Number(openEpoch),
    openScore: rewards.openScore.toString(),
    ...jsonUsdc("openWeight", rewards.openWeight, usdcDecimals),
    ...jsonFlock("openAllowance", rewards.openAllowance),
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
      "emission budget": `${showFlock(budget.unreserved)}; at most ${showFlock(budget.dailyRate)} a day and ${budget.cap.toString()} FLOCK per USDC`,
      "treasury's credit": showUsdc(treasury.credit, usdcDecimals),
      "to buy back FLOCK": showUsdc(forFlock.credit, usdcDecimals),
    }),
  );
  return {
    ...jsonFlock("budget", budget.unreserved),
    ...jsonFlock("dailyRate", budget.dailyRate),
    maxFlockPerUsdc: Number(budget.cap),
    ...jsonUsdc("treasuryCredit", treasury.credit, usdcDecimals),
    ...jsonUsdc("buyback", forFlock.credit, usdcDecimals),
  };
}
