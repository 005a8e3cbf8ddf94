import { JsonRpcProvider } from "ethers";

import { commandLine } from "./commandLine.ts";
import { freePort } from "./process.ts";

/** How long a node may take to start on a busy machine [ms]. */
export const START_TIMEOUT = 180_000;

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

/**
 * Starts what `fomo node` starts, of its own chain id and on a free port, so that it touches no other local chain. It
 * runs in the process that runs the commands.
 */
export async function startNode(chainId: string) {
  const url = `http://127.0.0.1:${(await freePort()).toString()}`;
  const cli = commandLine(url);
  const addresses = await cli.becomeNode(chainId);
  const provider = new JsonRpcProvider(url, Number(chainId), { staticNetwork: true, cacheTimeout: -1 });
  const blocks = () => provider.send("eth_blockNumber", []) as Promise<string>;
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
    async warp(seconds: number): Promise<void> {
      await provider.send("evm_increaseTime", [seconds]);
      await provider.send("evm_mine", []);
    },
    /** Stops the node, which forgets its deployment, and what runs its commands. */
    async stop(): Promise<void> {
      provider.destroy();
      await cli.close();
    },
  };
}

/** What the transactions of a command's document did, in words. */
export const transactionsOf = (document: Document) =>
  (document.transactions as { what: string }[]).map(({ what }) => what);

/** The values that proposals of governance would change. */
export const valuesOf = (proposed: unknown) => (proposed as { values: Document[] }[]).flatMap(({ values }) => values);
