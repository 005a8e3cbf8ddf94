import type { Session, Signer } from "../chain/session.ts";
import { CommandError } from "../command/commandError.ts";
import { MAX_GAS } from "../sending/gasLimit.ts";
import type { Thresholds } from "../settlement/due.ts";
import { settleReduced } from "../settlement/settleReduced.ts";
import type { ReducedOutcome } from "../settlement/settleReduced.ts";
import { passingReason } from "./loop.ts";
import type { Keeper } from "./round.ts";

/** What a keeper collects for its platform, and when. */
export interface Settling {
  /** A gateway's store. */
  store: string;
  thresholds: Thresholds;
  /** From one settlement to the next [s]. */
  every: bigint;
}

/** The rest after a settlement that has failed, if they are not more frequent [s]. */
const REST = 300n;

/** What became of a settlement that was due. */
export type Settlement = { outcome: ReducedOutcome } | { failure: string; againIn: bigint };

/** Collects what a gateway's store has, whenever it is time. */
export class Settler {
  readonly settling: Settling;
  readonly #now: () => number;
  #nextAt = 0;

  /** @param now A clock that never goes back [ms]. */
  constructor(settling: Settling, now = () => performance.now()) {
    this.settling = settling;
    this.#now = now;
  }

  /**
   * Settles if it is time; undefined if it is not. What fails here, such as a store that does not answer, keeps nothing else
   * from being done.
   */
  async settleIfDue(keeper: Keeper): Promise<Settlement | undefined> {
    if (this.#now() < this.#nextAt) return undefined;
    const { every } = this.settling;
    try {
      const outcome = await settleStore(keeper, this.settling);
      this.#sleep(every);
      return { outcome };
    } catch (error) {
      const failure = passingReason(keeper.session, error);
      if (failure === undefined) throw error;
      const againIn = every < REST ? every : REST;
      this.#sleep(againIn);
      return { failure, againIn };
    }
  }

  #sleep(seconds: bigint): void {
    this.#nextAt = this.#now() + Number(seconds) * 1_000;
  }
}

/** Collects what a gateway's store has and is worth it, within the keeper's limits, as `fomo settle` does. */
export async function settleStore(
  { session, signer, ledger }: Keeper,
  { store, thresholds }: Settling,
): Promise<ReducedOutcome> {
  session.sending.purse = ledger.purse(false);
  try {
    return await settleReduced(session, signer, { logs: [], store, thresholds, receipts: undefined, maxGas: MAX_GAS });
  } finally {
    session.sending.purse = undefined;
  }
}

/** Refuses to settle as somebody who is not the platform. */
export async function requirePlatform({ protocol }: Session, { address }: Signer): Promise<void> {
  const { accessManager, addresses, meter } = protocol;
  const { selector } = meter.interface.getFunction("settle");
  const [isPlatform] = await accessManager.canCall(address, addresses.meter, selector);
  if (!isPlatform) {
    throw new CommandError(`${address} may not settle: name the platform's account with --from, or leave --store out.`);
  }
}
