import { toBeHex } from "ethers";
import type { EthereumProvider, RequestArguments } from "hardhat/types/providers";

import { nodeFailureOf } from "./failures.ts";
import { attemptsOf, pauseBefore, unlessSilent } from "./patience.ts";

/** What a command knows of the node, or the many nodes behind one URL, that it talks to. */
export interface NodeLink {
  /**
   * Reads must know this block from now on: one of our own transactions stands in it. Behind one URL may be nodes that have
   * not seen it yet, and would answer for the time before.
   */
  mustKnow(block: number): void;
}

/** Requests that are not repeated by themselves: the first may have arrived, and only its answer was lost. */
const ONCE_ONLY = new Set(["eth_sendTransaction", "evm_mine", "evm_increaseTime", "evm_snapshot", "evm_revert"]);

/** Where requests name the block whose state they are about. */
const BLOCK_AT: Partial<Record<string, number>> = {
  eth_call: 1,
  eth_estimateGas: 1,
  eth_getBalance: 1,
  eth_getCode: 1,
  eth_getTransactionCount: 1,
  eth_getStorageAt: 2,
};

/** How long reads are bound to the block of an own transaction [ms]: by then every node has it, and has newer ones. */
const BOUND_FOR = 60_000;

/**
 * Makes a provider bear what public nodes do: requests that can be repeated are, for as long as a failure may pass; a wait
 * is said; and after an own transaction no older state is taken for the newest.
 * @param tell Says a sentence to the person.
 * @param name Name of the network.
 * @param manyNodes Whether several nodes may answer: everywhere but on a local chain.
 */
export function linkTo(
  provider: EthereumProvider,
  { tell, name, manyNodes }: { tell: (sentence: string) => void; name: string; manyNodes: () => boolean },
): NodeLink {
  const ask = provider.request.bind(provider) as (request: RequestArguments) => Promise<unknown>;
  let hasAnswered = false;
  let own: { block: number; until: number } | undefined;

  provider.request = async (request: RequestArguments) => {
    const bound = boundTo(own !== undefined && Date.now() < own.until ? own.block : undefined, request);
    const kind = manyNodes() ? "public" : "local";
    for (let attempt = 0; ; attempt++) {
      try {
        const waiting = `Waiting for the node of ${name} to answer ${request.method} …`;
        const answer = await unlessSilent(ask(bound), () => {
          tell(waiting);
        });
        hasAnswered = true;
        return answer;
      } catch (error) {
        const failure = nodeFailureOf(error);
        const mayPass =
          failure !== undefined &&
          (failure.kind === "passing" ||
            // A node that has answered may be restarting; one that never did is not there.
            (failure.kind === "refused" && hasAnswered) ||
            (failure.kind === "missing" && own !== undefined));
        if (!mayPass || ONCE_ONLY.has(request.method) || !(await pauseBefore(attempt, kind))) throw error;
        if (attempt === 2) {
          tell(
            `The node of ${name} answers ${request.method} with: ${failure.words}; asking again, up to ${attemptsOf(kind).toString()} times.`,
          );
        }
      }
    }
  };

  return {
    mustKnow(block) {
      if (manyNodes()) own = { block: Math.max(block, own?.block ?? 0), until: Date.now() + BOUND_FOR };
    },
  };
}

/** A request about the newest state, about that of a certain block instead. */
function boundTo(block: number | undefined, request: RequestArguments): RequestArguments {
  const at = BLOCK_AT[request.method];
  if (block === undefined || at === undefined || !Array.isArray(request.params)) return request;
  const params = [...(request.params as unknown[])];
  if ((params[at] ?? "latest") !== "latest") return request;
  params[at] = toBeHex(block);
  return { ...request, params };
}
