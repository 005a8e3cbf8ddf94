import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { after } from "node:test";

import { HDNodeWallet, Mnemonic } from "ethers";

import { untilMorning } from "../../test/support/morning.ts";
import { SDK } from "./support/consumer.ts";

const ROOT = join(SDK, "..");
const HARDHAT = join(ROOT, "node_modules", "hardhat", "dist", "src", "cli.js");

/** The accounts of every local chain come from this phrase, which everybody knows. */
const PHRASE = Mnemonic.fromPhrase("test test test test test test test test test test test junk");

/** An account of the local chain. */
export interface Actor {
  address: `0x${string}`;
  privateKey: `0x${string}`;
}

/**
 * Who is who on the local chain. Alice is the platform too; she, Bob, Carol, Dave and the keeper hold FLOCK and USDC.
 */
export type ActorName =
  | "deployer"
  | "administrator"
  | "guardian"
  | "treasury"
  | "provider"
  | "alice"
  | "bob"
  | "carol"
  | "dave"
  | "keeper"
  | "stranger";

/** The local chain of `npm run node`, with the protocol where `deploymentOf(31337)` says. */
export interface LocalChain {
  url: string;
  actors: Record<ActorName, Actor>;
  /** Asks the node by JSON-RPC. */
  ask(method: string, ...params: unknown[]): Promise<unknown>;
  /** Lets time pass [s]. */
  warp(seconds: number): Promise<void>;
  /** Goes back to the moment after the deployment, so that the next test begins with a fresh chain. */
  rewind(): Promise<void>;
}

let chain: Promise<LocalChain> | undefined;
let node: ChildProcessByStdio<null, Readable, Readable> | undefined;

/**
 * The local chain of all tests. It starts when it is first asked for, and ends with them.
 * @param flags More options of `fomo node`, for whoever asks first.
 */
export const localChain = (...flags: string[]): Promise<LocalChain> => (chain ??= start(flags));

/** Stops it. The tests do so by themselves; other scripts have to. */
export async function stopLocalChain(): Promise<void> {
  if (node === undefined || node.exitCode !== null) return;
  const closed = once(node, "close");
  node.kill("SIGINT");
  await closed;
}

after(stopLocalChain);

/** What `fomo node --json` prints, as far as the tests use it. */
interface NodeDocument {
  url: string;
  accounts: { index: number; name: ActorName; address: `0x${string}` }[];
}

async function start(flags: string[]): Promise<LocalChain> {
  const { url, accounts } = await startNode(await freePort(), flags);
  const actors = accounts.map(({ index, name, address }) => {
    const { privateKey } = HDNodeWallet.fromMnemonic(PHRASE, `m/44'/60'/0'/0/${index}`);
    return [name, { address, privateKey }] as const;
  });
  const ask = (method: string, ...params: unknown[]) => askNode(url, method, params);
  const warp = async (seconds: number) => {
    await ask("evm_increaseTime", seconds);
    await ask("evm_mine");
  };
  const { timestamp } = (await ask("eth_getBlockByNumber", "latest", false)) as { timestamp: string };
  await warp(untilMorning(Number(timestamp)));
  let deployed = await ask("evm_snapshot");
  return {
    url,
    actors: Object.fromEntries(actors) as Record<ActorName, Actor>,
    ask,
    warp,
    async rewind() {
      await ask("evm_revert", deployed);
      deployed = await ask("evm_snapshot");
    },
  };
}

async function startNode(port: number, flags: string[]): Promise<NodeDocument> {
  const args = [HARDHAT, "fomo", "node", "--port", port.toString(), "--json", ...flags];
  node = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  node.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  let printed = "";
  for await (const text of node.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    printed += text as string;
    if (printed.endsWith("}\n")) return JSON.parse(printed) as NodeDocument;
  }
  throw new Error(`The local chain has ended before it was ready: ${said}`);
}

async function askNode(url: string, method: string, params: unknown[]): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, {
    method: "POST",
    headers,
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
  if (error !== undefined) throw new Error(`${method}: ${error.message}`);
  return result;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
