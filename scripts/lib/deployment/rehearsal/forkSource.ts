import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

import type { EthereumProvider } from "hardhat/types/providers";

import { nodeFailureOf } from "../../rpc/failures.ts";

/** What a fork reads of its chain. Nothing else is passed on: the chain's provider may hold a key. */
const READS = new Set([
  "eth_blockNumber",
  "eth_call",
  "eth_chainId",
  "eth_feeHistory",
  "eth_gasPrice",
  "eth_getBalance",
  "eth_getBlockByHash",
  "eth_getBlockByNumber",
  "eth_getBlockReceipts",
  "eth_getCode",
  "eth_getLogs",
  "eth_getProof",
  "eth_getStorageAt",
  "eth_getTransactionByHash",
  "eth_getTransactionCount",
  "eth_getTransactionReceipt",
  "eth_maxPriorityFeePerGas",
  "net_version",
]);

/** A question of JSON-RPC. */
interface Asked {
  id: number | string;
  method: string;
  params?: unknown[];
}

/** Where a fork reads its chain from. */
export interface ForkSource {
  url: string;
  /** Why the chain did not answer a question, however often it was asked; undefined if it has answered all of them. */
  failure: () => unknown;
  close: () => Promise<void>;
}

/**
 * Opens a way to a chain for one fork of it, on this machine. A fork belongs to one moment, so that each of its questions has
 * one answer: it is asked once, where the fork itself asks thousands of times, and with the patience of `provider`.
 */
export async function openForkSource(provider: EthereumProvider): Promise<ForkSource> {
  const answers = new Map<string, Promise<object>>();
  let failure: unknown;
  const ask = async (method: string, params: unknown[]): Promise<object> => {
    try {
      const result: unknown = await provider.request({ method, params });
      return { result };
    } catch (error) {
      const { kind, words } = nodeFailureOf(error) ?? { kind: "passing", words: "the chain does not answer" };
      // What a node refuses in its own words, such as a method that it does not have, the fork may do without.
      if (kind !== "other") failure ??= error;
      return { error: { code: -32_000, message: words } };
    }
  };
  const answer = async ({ id, method, params = [] }: Asked): Promise<object> => {
    if (!READS.has(method)) {
      return { jsonrpc: "2.0", id, error: { code: -32_601, message: `${method} is nothing that a fork reads` } };
    }
    const question = JSON.stringify([method, params]);
    const known = answers.get(question) ?? ask(method, params);
    answers.set(question, known);
    return { jsonrpc: "2.0", id, ...(await known) };
  };

  const server = createServer((request, response) => {
    void json(request)
      .then(async (asked) =>
        Array.isArray(asked) ? await Promise.all((asked as Asked[]).map(answer)) : await answer(asked as Asked),
      )
      .then((body) => response.setHeader("content-type", "application/json").end(JSON.stringify(body)))
      .catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port.toString()}`,
    failure: () => failure,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
