import { cpSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import hre from "hardhat";
import type { RequestArguments } from "hardhat/types/providers";

import type { Session } from "../../scripts/lib/chain/session.ts";
import { Output } from "../../scripts/lib/command/output.ts";
import type { Limits } from "../../scripts/lib/keeper/budget.ts";
import { Ledger } from "../../scripts/lib/keeper/ledger.ts";
import { keeperRound } from "../../scripts/lib/keeper/round.ts";
import type { Keeper, Round } from "../../scripts/lib/keeper/round.ts";
import { findOutOwn, takeUpEarlierRuns } from "../../scripts/lib/sending/earlierRuns.ts";
import { STATE_FOLDER, journalOf } from "../../scripts/lib/sending/journal.ts";
import { Sending } from "../../scripts/lib/sending/sending.ts";
import { WAD } from "../../sdk/src/units/numbers.ts";
import { connectProtocol } from "../../sdk/src/ethers/connect.ts";
import type { Node } from "./node.ts";
import { deploymentIn } from "./deployment.ts";
import { patientConnection } from "./patientConnection.ts";

/** Says nothing. */
class Silence extends Output {
  constructor() {
    super(true);
  }
  override say(): void {
    return;
  }
  override note(): void {
    return;
  }
  override async during<T>(_what: unknown, work: Promise<T>): Promise<T> {
    return await work;
  }
}

/**
 * One life of a keeper in this process, from its start to a kill. A killed one does nothing any more, not even what it would
 * do after an error: the answer that it waits for never comes. What is left is its folder, as after `kill -9`.
 */
export interface KeeperLife {
  /** A folder of its own for each life: the locks that a killed one holds are those of a dead process. */
  root: string;
  session: Session;
  ledger: Ledger;
  keeper: Keeper;
  /** One round, or undefined if it was killed in it. */
  round(): Promise<Round | undefined>;
  /** Kills it at the request after so many, in its round; that one arrives or is lost. With `Infinity` it lives on. */
  killAfter(requests: number, arrives: boolean): void;
}

/**
 * Starts a keeper with what an earlier life has left.
 * @param account Index of its account on the node.
 * @param root Its new folder.
 */
export async function startKeeper(
  node: Node,
  account: number,
  root: string,
  limits: Limits,
  before?: KeeperLife,
): Promise<KeeperLife> {
  mkdirSync(root, { recursive: true });
  const left = before === undefined ? "" : join(before.root, STATE_FOLDER);
  if (existsSync(left)) cpSync(left, join(root, STATE_FOLDER), { recursive: true });
  const connection = await patientConnection(hre, node.url);
  let requestsLeft = Infinity;
  let arrives = false;
  let die: () => void;
  const death = new Promise<undefined>((resolve) => {
    die = () => {
      resolve(undefined);
    };
  });
  const ask = connection.provider.request.bind(connection.provider) as (one: RequestArguments) => Promise<unknown>;
  connection.provider.request = async (request: RequestArguments) => {
    const isLast = requestsLeft === 0;
    if (requestsLeft-- > 0) return await ask(request);
    if (isLast && arrives) await ask(request).catch(() => undefined);
    die();
    return await new Promise<never>(() => undefined);
  };
  const { chainId } = await connection.ethers.provider.getNetwork();
  const signers = await connection.ethers.getSigners();
  const signer = signers[account]!;
  const session: Session = {
    ...{ out: new Silence(), connection, networkName: "localhost", chainId, root, usdcDecimals: 6, firstBlock: 0 },
    deployment: deploymentIn(node),
    protocol: connectProtocol(node.addresses, connection.ethers.provider),
    now: { blockTag: "pending" },
    node: { mustKnow: () => undefined },
    sending: new Sending("keeper", { dryRun: false, yes: true, priorityFee: undefined }),
    signing: () => Promise.resolve({ connection, signers }),
  };
  const ledger = await Ledger.of(session, signer.address, limits);
  const keeper = { session, signer, ledger, ethUsd: undefined, maxUsd: undefined, minWorth: WAD, slippageBps: 50n, patience: 300n }; // prettier-ignore
  let hasStarted = false;
  const live = async () => {
    if (!hasStarted) await takeUpEarlierRuns(session, signer, await journalOf(session, signer.address));
    hasStarted = true;
    await findOutOwn(session, signer);
    return await keeperRound(keeper);
  };
  return {
    ...{ root, session, ledger, keeper },
    round: async () => await Promise.race([live(), death]),
    killAfter(requests, lastArrives) {
      requestsLeft = requests;
      arrives = lastArrives;
    },
  };
}
