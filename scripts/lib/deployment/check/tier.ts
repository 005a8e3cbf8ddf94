import { toBeHex } from "ethers";

import type { Parameters } from "../../../../deploy/config/parameters.ts";
import { eventsIn } from "../../chain/history.ts";
import type { Session } from "../../chain/session.ts";
import { exact } from "../../../../sdk/src/units/numbers.ts";
import { seatOf } from "../../../../sdk/src/names/seats.ts";
import type { Comparison } from "./comparison.ts";

/** The first hosting tier: its number, and the seat of its first compute provider. */
const FIRST_TIER = 1n;

/** An amount as `exact` writes it, whatever zeros the file has. */
const written = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text).replace(/^0+(?=\d)/, "");

/** Where the guarantees of the first tier can be read: events alone say it. Undefined if the node has none. */
async function guaranteesUriOf(session: Session): Promise<string | undefined> {
  const { provider } = session.connection.ethers;
  const { interface: events, target } = session.protocol.registry;
  const names = [events.getEvent("TierAdded").topicHash, events.getEvent("TierChanged").topicHash];
  const filter = { address: target, topics: [names, toBeHex(FIRST_TIER, 32)] };
  const blocks = { from: session.firstBlock, to: await provider.getBlockNumber() };
  const logs = await eventsIn(session, blocks, (fromBlock, toBlock) =>
    provider.getLogs({ ...filter, fromBlock, toBlock }),
  );
  const last = logs.at(-1);
  return last === undefined ? undefined : (events.parseLog(last)!.args.guaranteesUri as string);
}

/** Compares the terms of the first tier. */
export async function tierComparisons(session: Session, { firstTier }: Parameters): Promise<Comparison[]> {
  const { protocol, usdcDecimals } = session;
  const terms = await protocol.registry.tierOf(FIRST_TIER);
  const pairs: [key: string, expected: string, actual: string][] = [
    [
      "computeCostUsdcPerMillionUnits",
      written(firstTier.computeCostUsdcPerMillionUnits),
      exact(terms.computeCost, usdcDecimals),
    ],
    ["minMinimumRaiseFlock", written(firstTier.minMinimumRaiseFlock), exact(terms.minMinimumRaise)],
    ["maxTargetFlock", written(firstTier.maxTargetFlock), exact(terms.maxTarget)],
    ["guaranteesUri", firstTier.guaranteesUri, (await guaranteesUriOf(session)) ?? "no event says it"],
    ["guaranteesSha256", firstTier.guaranteesSha256.toLowerCase(), terms.guaranteesHash],
    ["open", "true", String(terms.open)],
  ];
  return pairs.map(([key, expected, actual]) => ({ group: "first tier", key: `firstTier.${key}`, expected, actual }));
}

/** Compares who holds the seats that the deployment fills. */
export async function seatComparisons(
  { protocol: { registry, addresses } }: Session,
  { treasury, firstTier }: Parameters,
): Promise<Comparison[]> {
  const seats: [key: string, expected: string, seat: string][] = [
    ["treasury", treasury, seatOf("treasury", 0n)],
    ["firstTier.provider", firstTier.provider, await registry.providerSeatOf(FIRST_TIER)],
    ["buyback-flock", addresses.buyback, seatOf("buyback-flock", 0n)],
  ];
  return await Promise.all(
    seats.map(async ([key, expected, seat]) => ({
      group: "seats" as const,
      key,
      expected,
      actual: await registry.holderOf(seat),
    })),
  );
}
