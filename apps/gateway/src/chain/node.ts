import { createPublicClient, http, numberToHex } from "viem";
import type { PublicClient } from "viem";

import type { ContractName } from "../../../../sdk/src/reads/abis.ts";
import { answerOf, requestOf } from "../../../../sdk/src/reads/read.ts";
import type { Read, ReadName, ReadResult } from "../../../../sdk/src/reads/read.ts";
import { OperatorError } from "../config/operatorError.ts";

/** How long a node may take to answer [ms], and how often it is asked again. */
const PATIENCE = 10_000;
const RETRIES = 2;

/** A block of the chain. */
export interface Head {
  number: bigint;
  /** [s] */
  time: bigint;
}

/** A node of the chain, for reading. */
export class ChainNode {
  readonly client: PublicClient;
  readonly chainId: number;

  constructor(client: PublicClient, chainId: number) {
    this.client = client;
    this.chainId = chainId;
  }

  /** Connects to a node. @throws OperatorError if it does not answer. */
  static async connect(url: string): Promise<ChainNode> {
    const client = createPublicClient({ transport: http(url, { timeout: PATIENCE, retryCount: RETRIES }) });
    try {
      return new ChainNode(client, await client.getChainId());
    } catch {
      throw new OperatorError(
        `The node ${url} does not answer: start a chain with \`npm run node\`, or name another node in \`chain.rpcUrl\`.`,
      );
    }
  }

  /** The newest block. */
  async head(): Promise<Head> {
    const { number, timestamp } = await this.client.getBlock({ blockTag: "latest" });
    return { number, time: timestamp };
  }

  /** Asks a question of the SDK, as of a block; the newest if left out. */
  async ask<Contract extends ContractName, Name extends ReadName<Contract>>(
    read: Read<Contract, Name>,
    block?: bigint,
  ): Promise<ReadResult<Contract, Name>> {
    const { to, data } = requestOf(read);
    const at = block === undefined ? "latest" : numberToHex(block);
    const returned = await this.client.request({ method: "eth_call", params: [{ to, data }, at] });
    return answerOf(read, returned);
  }

  /** The hash of the first block, which tells a local chain from others with its id. */
  async genesis(): Promise<string> {
    return (await this.client.getBlock({ blockNumber: 0n })).hash;
  }
}
