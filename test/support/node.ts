import { join } from "node:path";

import { JsonRpcProvider } from "ethers";

import { identityOf } from "../../scripts/lib/chain/identity.ts";
import { forgetChain } from "../../scripts/lib/sending/journal.ts";
import { commandLine } from "./commandLine.ts";
import { untilMorning } from "./morning.ts";
import { freePort } from "./process.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** How long a node may take to start on a busy machine [ms]. */
export const START_TIMEOUT = 180_000;

/** Local chains that no test names: one for each process of tests. */
const FIRST_CHAIN_ID = 31_400;

/** Who the accounts of a local chain are that tests name by their addresses. */
export const ADDRESS = {
  treasury: "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
  alice: "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc",
  bob: "0x976EA74026E726554dB657fA54763abd0C3a0aa9",
  carol: "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955",
  dave: "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f",
  stranger: "0xBcd4042DE499D14e55001CcbB24a551F3b954096",
} as const;

/** A document of `--json`, or a part of one. */
export type Document = Record<string, unknown>;

/** A running local node with a command line. */
export type Node = Awaited<ReturnType<typeof startNode>>;

let started: Promise<Node> | undefined;

/**
 * The local node of this process of tests, as it was when the protocol had been deployed on it. It starts once: that takes
 * as long as a whole story. It ends with the process.
 */
export async function freshNode(): Promise<Node> {
  const node = await (started ??= startNode());
  await node.rewind();
  return node;
}

/**
 * Starts what `fomo node` starts, with a chain id of this process of tests and on a free port, so that it touches no other
 * local chain. It runs in the process that runs the commands.
 */
async function startNode() {
  const chainId = FIRST_CHAIN_ID + Number(process.env.MOCHA_WORKER_ID ?? 0);
  const url = `http://127.0.0.1:${(await freePort()).toString()}`;
  const cli = commandLine(url);
  const addresses = await cli.becomeNode(chainId);
  const provider = new JsonRpcProvider(url, chainId, { staticNetwork: true, cacheTimeout: -1, batchMaxCount: 1 });
  const blocks = () => provider.send("eth_blockNumber", []) as Promise<string>;
  const snapshot = () => provider.send("evm_snapshot", []) as Promise<string>;
  const warp = async (seconds: number) => {
    await provider.send("evm_increaseTime", [seconds]);
    await provider.send("evm_mine", []);
  };
  await warp(untilMorning((await provider.getBlock("latest"))!.timestamp));
  let deployed = await snapshot();
  return {
    ...cli,
    url,
    addresses,
    provider,
    /** Number of blocks, one for each transaction. */
    blocks,
    /** The sentence of a command that refuses and must send nothing. */
    async refusalUnsent(line: string, ...args: string[]): Promise<string> {
      const before = await blocks();
      const sentence = await cli.refusal(line, ...args);
      if ((await blocks()) !== before) throw new Error(`fomo ${line} has sent a transaction`);
      return sentence;
    },
    /** Lets time pass [s]. */
    warp,
    /** Goes back to the moment after the deployment. What was remembered of what came after is forgotten. */
    async rewind(): Promise<void> {
      forgetChain(ROOT, await identityOf(BigInt(chainId), { request: ({ method }) => provider.send(method, []) }));
      await provider.send("evm_revert", [deployed]);
      deployed = await snapshot();
    },
  };
}

/** What the transactions of a command's document did, in words. */
export const transactionsOf = (document: Document) =>
  (document.transactions as { what: string }[]).map(({ what }) => what);

/** The values that proposals of governance would change. */
export const valuesOf = (proposed: unknown) => (proposed as { values: Document[] }[]).flatMap(({ values }) => values);
