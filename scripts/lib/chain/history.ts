import type { TypedContractEvent, TypedEventLog } from "../../../typechain-types/common.ts";
import { isLocal } from "./session.ts";
import type { Session } from "./session.ts";

/** Blocks of one request: what public nodes grant. */
const CHUNK = 9_000;

/** A range of blocks, both included. */
export interface Blocks {
  from: number;
  to: number;
}

/** The blocks from a moment to another [s], the last moment excluded. */
export async function blocksBetween(session: Session, from: bigint, to: bigint): Promise<Blocks> {
  const latest = await session.connection.ethers.provider.getBlockNumber();
  const timeAt = async (block: number) => BigInt((await session.connection.ethers.provider.getBlock(block))!.timestamp); // it is not above the latest
  const first = await firstBlockAt(from, latest, timeAt);
  return { from: first, to: (await firstBlockAt(to, latest, timeAt)) - 1 };
}

/**
 * The first block whose time is at least `time`; one above the latest if there is none.
 * @param timeAt Time of a block [s], which never falls.
 */
export async function firstBlockAt(
  time: bigint,
  latest: number,
  timeAt: (block: number) => Promise<bigint>,
): Promise<number> {
  let [low, high] = [0, latest + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await timeAt(middle)) >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The arguments of the events that `query` finds in a range of blocks, in their order, a bearable part at a time. */
export async function eventsIn<Event extends TypedContractEvent>(
  { chainId }: Session,
  { from, to }: Blocks,
  query: (from: number, to: number) => Promise<TypedEventLog<Event>[]>,
): Promise<TypedEventLog<Event>["args"][]> {
  const size = isLocal(chainId) ? to - from + 1 : CHUNK;
  const events: TypedEventLog<Event>["args"][] = [];
  for (let first = from; first <= to; first += size) {
    events.push(...(await query(first, Math.min(first + size - 1, to))).map(({ args }) => args));
  }
  return events;
}
