import { dayOf, epochAt } from "../../../sdk/src/emissions/epochs.ts";
import { SKIP_WORDS } from "../../../sdk/src/names/enums.ts";
import type { UsageRow } from "../../../sdk/src/usage/row.ts";
import { blocksBetween, eventsIn } from "../chain/history.ts";
import type { Session } from "../chain/session.ts";
import { skipOf } from "../usage/collecting.ts";
import type { Skip } from "../usage/collecting.ts";
import { momentsOf } from "./days.ts";
import type { Days } from "./days.ts";

/** What is asked for: a model and a user, or all of them. */
export interface Asked extends Days {
  modelId: bigint | undefined;
  user: string | undefined;
}

/** What was collected of a series on a day. */
export interface SettledDay extends UsageRow {
  day: string;
  modelId: bigint;
  user: string;
}

/** A voucher that a settlement has skipped on a day. */
export interface SkippedDay {
  day: string;
  modelId: bigint;
  user: string;
  key: string;
  skipped: Skip;
  reason: string;
}

/** What the meter has collected and skipped on days, as its events tell. */
export async function settledDays(
  session: Session,
  { modelId, user, ...days }: Asked,
): Promise<{ settled: SettledDay[]; skips: SkippedDay[] }> {
  const { meter } = session.protocol;
  const { since, until } = momentsOf(days);
  const blocks = await blocksBetween(session, since, until);
  const collected = await eventsIn(session, blocks, (from, to) =>
    meter.queryFilter(meter.filters.VoucherCollected(modelId, user), from, to),
  );
  const skipped = await eventsIn(session, blocks, (from, to) =>
    meter.queryFilter(meter.filters.VoucherSkipped(modelId, user), from, to),
  );
  const dayIn = await daysOf(
    session,
    [...collected, ...skipped].map(({ blockNumber }) => blockNumber),
  );
  return {
    settled: collected.map(({ blockNumber, args }) => ({
      ...{ day: dayIn(blockNumber), modelId: args.modelId, user: args.user },
      ...{ units: args.collected.units, list: args.collected.list, paid: args.collected.paid },
    })),
    skips: skipped.map(({ blockNumber, args: { modelId: model, user: who, key, reason } }) => {
      const skip = skipOf(reason);
      return { day: dayIn(blockNumber), modelId: model, user: who, key, skipped: skip, reason: SKIP_WORDS[skip] };
    }),
  };
}

/** The days of blocks. Time only goes on, so between two blocks of one day nobody has to be asked. */
async function daysOf({ connection }: Session, numbers: readonly number[]): Promise<(block: number) => string> {
  const blocks = [...new Set(numbers)].sort((one, other) => one - other);
  const known = new Map<number, string>();
  const ask = async (index: number): Promise<string> => {
    const block = blocks[index]!; // within
    const day =
      known.get(block) ?? dayOf(epochAt(BigInt((await connection.ethers.provider.getBlock(block))!.timestamp)));
    known.set(block, day);
    return day;
  };
  const fill = async (first: number, last: number): Promise<void> => {
    if ((await ask(first)) === (await ask(last))) {
      for (const block of blocks.slice(first, last)) known.set(block, await ask(last));
    } else if (last - first > 1) {
      const middle = Math.floor((first + last) / 2);
      await fill(first, middle);
      await fill(middle, last);
    }
  };
  if (blocks.length !== 0) await fill(0, blocks.length - 1);
  return (block) => known.get(block)!; // all were asked for
}
