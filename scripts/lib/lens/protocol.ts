import { jsonAmount, jsonFlock, jsonMt, jsonTime } from "../command/amounts.ts";
import { show, showDuration, showFlock, showMt, showShare, showTime } from "../../../sdk/src/units/show.ts";
import { emissionSettingsOf } from "../emissions/settings.ts";
import { offeringOf } from "../offering/raise.ts";
import { describePauses, jsonPauses, pausesOf } from "../governance/pauses.ts";
import { timeOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";
import { isAlive, spelledAlike } from "../registry/namesakes.ts";
import { pairsOf, tableOf } from "../command/table.ts";
import type { ProtocolStatus } from "../documents/lens.ts";
import { treasuryStatus } from "./live.ts";
import { phaseOf } from "../../../sdk/src/raise/phase.ts";

/** Says everything about the protocol that no single model or account owns, and gives it as a document. */
export async function protocolStatus(session: Session): Promise<ProtocolStatus> {
  const { protocol, chainId, networkName, out, usdcDecimals } = session;
  const { offering, registry, staking, buyback, addresses } = protocol;
  const settings = await offering.offeringSettings();
  const [discount, lots, route] = await Promise.all([
    staking.discountSettings(),
    buyback.buybackSettings(),
    buyback.routePairs(),
  ]);
  const pauses = await pausesOf(session);
  const treasury = await registry.treasury();
  const tiers = await tiersOf(session);
  const models = await modelsOf(session);
  const budget = await emissionSettingsOf(session);

  const usdc = (amount: bigint) => `${show(amount, usdcDecimals)} USDC`;
  out.say(`The protocol on ${networkName} (chain ${chainId.toString()})\n`);
  out.say(pairsOf({ ...addresses, treasury }));
  out.say("\nSettings for launches to come:");
  out.say(
    pairsOf({
      "launch fee": showFlock(settings.launchFee),
      "purchase fees": `${show(settings.creatorFeeBps, 2)}% creator, ${show(settings.protocolFeeBps, 2)}% protocol`,
      "anti-sniping fee": `from ${show(settings.antiSnipeStartBps, 2)}%, falling for ${showDuration(settings.antiSnipeWindow)}`,
      "bundle cap": `${show(settings.bundleCapBps, 2)}% of what the minimum raise would sell`,
    }),
  );
  out.say("\nSettings of live models:");
  out.say(
    pairsOf({
      discount: `stake's share of the supply times ${discount.multiplier.toString()}, at most ${show(discount.capBps, 2)}%`,
      buyback: `lots of ${show(lots.bucketBps, 2)}% of a pool, at ${show(lots.bandBps, 2)}% of its average price or better`,
      "a lot's time": `${showDuration(lots.routeRefillDuration)} for a pair of the route, ${showDuration(lots.modelRefillDuration)} for a model's pool`,
      "least pool": `${showFlock(lots.modelMinReserve)} in a model's pool`,
      route: route.length === 0 ? "none: USDC waits" : route.map(({ pair }) => pair).join(", "),
      "minimum stake": `${showMt(budget.minimumStake)} for rewards`,
    }),
  );
  out.say("\nWhat the guardian can pause:");
  out.say(pairsOf(describePauses(pauses)));
  out.say("\nHosting tiers:");
  out.say(
    tableOf(
      [">tier", ">compute cost", ">price floor", ">least minimum", ">largest target", "open"],
      tiers.map(({ id, terms, priceFloor }) => [
        id.toString(),
        usdc(terms.computeCost),
        usdc(priceFloor),
        showFlock(terms.minMinimumRaise),
        showFlock(terms.maxTarget),
        terms.open ? "yes" : "no",
      ]),
    ),
  );
  const waiting = await treasuryStatus(session, budget);
  out.say(models.length === 0 ? "\nNo model has been launched yet." : "\nModels:");
  if (models.length !== 0) {
    out.say(
      tableOf(
        [">model", "symbol", "name", "raise", ">raised (FLOCK)", ">of the target", "sale ends or ended", "API id"],
        models.map(({ id, phase, view, apiId }) => [
          id.toString(),
          view.symbol,
          view.name,
          phase,
          show(view.raised, 18, 2),
          showShare(view.raised, view.target),
          out.inFull(showTime(view.endsAt)),
          apiId,
        ]),
      ),
    );
  }

  const spellings = models.filter(({ phase }) => isAlive(phase)).map(({ view }) => spelledAlike(view.symbol));
  const shared = new Set(spellings.filter((spelling, index) => spellings.indexOf(spelling) !== index));
  for (const { id, view } of models.filter((one) => isAlive(one.phase) && shared.has(spelledAlike(one.view.symbol)))) {
    out.say(`WARNING: model ${id.toString()} has the symbol ${plain(view.symbol)}, and another one has the same.`);
  }

  return {
    network: networkName,
    chainId: Number(chainId),
    addresses,
    treasury,
    settings: {
      ...jsonFlock("launchFee", settings.launchFee),
      creatorFeeBps: Number(settings.creatorFeeBps),
      protocolFeeBps: Number(settings.protocolFeeBps),
      antiSnipeStartBps: Number(settings.antiSnipeStartBps),
      antiSnipeWindowSeconds: Number(settings.antiSnipeWindow),
      bundleCapBps: Number(settings.bundleCapBps),
    },
    liveSettings: {
      discountCapBps: Number(discount.capBps),
      discountMultiplier: Number(discount.multiplier),
      bucketBps: Number(lots.bucketBps),
      bandBps: Number(lots.bandBps),
      ...jsonFlock("modelMinReserve", lots.modelMinReserve),
      routeRefillSeconds: Number(lots.routeRefillDuration),
      modelRefillSeconds: Number(lots.modelRefillDuration),
      route: route.map(({ pair, minReserve }) => ({ pair, minReserveWei: minReserve.toString() })),
      ...jsonMt("minimumStake", budget.minimumStake),
    },
    pausedUntil: jsonPauses(pauses),
    tiers: tiers.map(({ id, terms, priceFloor, guaranteesHash }) => ({
      tierId: Number(id),
      open: terms.open,
      ...jsonAmount("computeCost", "UsdcPerMillionUnits", terms.computeCost, usdcDecimals),
      ...jsonAmount("priceFloor", "UsdcPerMillionUnits", priceFloor, usdcDecimals),
      ...jsonFlock("minMinimumRaise", terms.minMinimumRaise),
      ...jsonFlock("maxTarget", terms.maxTarget),
      guaranteesHash,
    })),
    waiting,
    models: models.map(({ id, phase, view, apiId }) => ({
      modelId: Number(id),
      symbol: view.symbol,
      name: view.name,
      phase,
      ...jsonFlock("raised", view.raised),
      ...jsonFlock("target", view.target),
      ...jsonTime("endsAt", view.endsAt),
      apiId,
    })),
  };
}

/** All hosting tiers. */
async function tiersOf({ protocol: { registry } }: Session) {
  const tiers = [];
  for (const id of idsTo(await registry.tierCount())) {
    const [terms, priceFloor] = await Promise.all([registry.tierOf(id), registry.priceFloorOf(id)]);
    tiers.push({ id, terms, priceFloor, guaranteesHash: terms.guaranteesHash });
  }
  return tiers;
}

/** All models with their raises. */
export async function modelsOf(session: Session) {
  const time = await timeOf(session);
  const models = [];
  for (const id of idsTo(await session.protocol.registry.modelCount())) {
    const [view, apiId] = await Promise.all([offeringOf(session, id), session.protocol.registry.apiIdOf(id)]);
    models.push({ id, view, apiId, phase: phaseOf(view, time) });
  }
  return models;
}

/** The ids 1 to `count`. */
const idsTo = (count: bigint) => Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1));
