import { jsonAmount, jsonFlock, jsonTime, show, showDuration, showFlock, showShare, showTime } from "../amounts.ts";
import { offeringOf } from "../model.ts";
import { timeOf } from "../session.ts";
import type { Session } from "../session.ts";
import { pairsOf, tableOf } from "../table.ts";
import { phaseOf } from "./phase.ts";

/** Says everything about the protocol that no single model or account owns, and gives it as a document. */
export async function protocolStatus(session: Session): Promise<object> {
  const { protocol, context, chainId, networkName, now } = session;
  const { offering, registry, addresses } = protocol;
  const settings = await offering.offeringSettings();
  const [launchesUntil, buysUntil] = await offering.pauses(now);
  const treasury = await registry.treasury();
  const tiers = await tiersOf(session);
  const models = await modelsOf(session);

  const { out } = context;
  const usdc = (amount: bigint) => `${show(amount, context.usdcDecimals)} USDC`;
  out.say(`The protocol on ${networkName} (chain ${chainId.toString()})\n`);
  out.say(pairsOf({ ...addresses, treasury }));
  out.say("\nSettings for launches to come:");
  out.say(
    pairsOf({
      "launch fee": showFlock(settings.launchFee),
      "purchase fees": `${show(settings.creatorFeeBps, 2)}% creator, ${show(settings.protocolFeeBps, 2)}% protocol`,
      "anti-sniping fee": `from ${show(settings.antiSnipeStartBps, 2)}%, falling for ${showDuration(settings.antiSnipeWindow)}`,
      "bundle cap": `${show(settings.bundleCapBps, 2)}% of the sale`,
      launches: launchesUntil === 0n ? "open" : `paused until ${showTime(launchesUntil)} at the latest`,
      purchases: buysUntil === 0n ? "open" : `paused until ${showTime(buysUntil)} at the latest`,
    }),
  );
  out.say("\nHosting tiers:");
  out.say(
    tableOf(
      [">tier", ">compute cost", ">price floor", ">least minimum", ">largest target", "open"],
      tiers.map(({ id, terms, priceFloor }) => [
        id.toString(),
        usdc(terms.computeCost),
        usdc(priceFloor),
        showFlock(terms.smallestMinimum),
        showFlock(terms.largestTarget),
        terms.open ? "yes" : "no",
      ]),
    ),
  );
  out.say(models.length === 0 ? "\nNo model has been launched yet." : "\nModels:");
  if (models.length !== 0) {
    out.say(
      tableOf(
        [">model", "symbol", "name", "raise", ">raised (FLOCK)", ">of the target", "sale ends or ended"],
        models.map(({ id, phase, view }) => [
          id.toString(),
          view.symbol,
          view.name,
          phase,
          show(view.raised, 18, 2),
          showShare(view.raised, view.target),
          showTime(view.endsAt),
        ]),
      ),
    );
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
    launchesPausedUntil: launchesUntil === 0n ? null : jsonTime(launchesUntil),
    buysPausedUntil: buysUntil === 0n ? null : jsonTime(buysUntil),
    tiers: tiers.map(({ id, terms, priceFloor, guaranteesHash }) => ({
      tierId: Number(id),
      open: terms.open,
      ...jsonAmount("computeCost", "Usdc", terms.computeCost, context.usdcDecimals),
      ...jsonAmount("priceFloor", "Usdc", priceFloor, context.usdcDecimals),
      ...jsonFlock("smallestMinimum", terms.smallestMinimum),
      ...jsonFlock("largestTarget", terms.largestTarget),
      guaranteesHash,
    })),
    models: models.map(({ id, phase, view }) => ({
      modelId: Number(id),
      symbol: view.symbol,
      name: view.name,
      phase,
      ...jsonFlock("raised", view.raised),
      ...jsonFlock("target", view.target),
      endsAt: jsonTime(view.endsAt),
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
    const view = await offeringOf(session, id);
    models.push({ id, view, phase: phaseOf(view, time) });
  }
  return models;
}

/** The ids 1 to `count`. */
const idsTo = (count: bigint) => Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1));
