import { nodeFailureOf } from "../rpc/failures.ts";
import { isLocal } from "./identity.ts";
import type { Session } from "./session.ts";

/** Blocks of one request to begin with: what most public nodes grant. */
const CHUNK = 9_000;

/** A range of blocks, both included. */
export interface Blocks {
  from: number;
  to: number;
}

/** The blocks from a moment to another [s], the last moment excluded, so far as the node still has them. */
export async function blocksBetween(session: Session, from: bigint, to: bigint): Promise<Blocks> {
  const { provider } = session.connection.ethers;
  const latest = await provider.getBlockNumber();
  const timeAt = async (number: number) => {
    const block = await provider.getBlock(number);
    return block === null ? undefined : BigInt(block.timestamp);
  };
  const { block: first, isCut } = await firstBlockAt(from, latest, timeAt);
  if (isCut) {
    session.out.note(
      `The node of ${session.networkName} has no block before ${first.toString()}: what happened earlier is not shown. A node that keeps more of the past shows it.`,
    );
  }
  const { block: after } = await firstBlockAt(to, latest, timeAt);
  return { from: first, to: after - 1 };
}

/**
 * The first block whose time is at least `time`; one above the latest if there is none. Blocks that the node does not have
 * are the oldest ones, and count as earlier.
 * @param timeAt Time of a block [s], which never falls; undefined if the node does not have it.
 * @returns The block, and whether earlier ones that are as late may be missing.
 */
export async function firstBlockAt(
  time: bigint,
  latest: number,
  timeAt: (block: number) => Promise<bigint | undefined>,
): Promise<{ block: number; isCut: boolean }> {
  let [low, high] = [0, latest + 1];
  let isCut = false;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = await timeAt(middle);
    if (found !== undefined && found >= time) high = middle;
    else {
      low = middle + 1;
      // The last block below the result decides: one that is there is really earlier.
      isCut = found === undefined;
    }
  }
  return { block: low, isCut: isCut && low <= latest };
}

/**
 * The events that `query` finds in a range of blocks, in their order. A node that refuses a range gets half of it, until it
 * answers.
 */
export async function eventsIn<Found>(
  { chainId }: Session,
  { from, to }: Blocks,
  query: (from: number, to: number) => Promise<Found[]>,
): Promise<Found[]> {
  const largest = isLocal(chainId) ? Math.max(1, to - from + 1) : CHUNK;
  let size = largest;
  const events: Found[] = [];
  for (let first = from; first <= to;) {
    const last = Math.min(first + size - 1, to);
    try {
      events.push(...(await query(first, last)));
      first = last + 1;
      // What was refused once may have been the number of results in a busy time.
      size = Math.min(largest, size * 2);
    } catch (error) {
      const isRefused = nodeFailureOf(error)?.kind;
      if (isRefused === undefined || isRefused === "refused" || last === first) throw error;
      size = Math.ceil((last - first + 1) / 2);
    }
  }
  return events;
}
