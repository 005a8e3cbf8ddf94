import type { RequestArguments } from "hardhat/types/providers";

import { DEFAULT_NETWORK } from "../command/context.ts";

/** Whatever answers requests. */
interface Asked {
  request(request: RequestArguments): Promise<unknown>;
}

/** The first id that a local chain may have: Hardhat's own. */
export const FIRST_LOCAL_CHAIN = 31_337n;
/** How many ids local chains may have, from the first on. */
export const LOCAL_CHAINS = 100n;

/** Whether a chain is one of ours: the ids of `fomo node` begin where Hardhat's own does. */
export function isLocal(chainId: bigint): boolean {
  return chainId >= FIRST_LOCAL_CHAIN && chainId < FIRST_LOCAL_CHAIN + LOCAL_CHAINS;
}

/** Characters of a hash that tell one local chain from another. */
const HASH_LENGTH = 18;

/**
 * What tells a chain from all others. A public one has its id to itself; local ones come and go with the same id, so that
 * what is remembered of one must not be taken for another: they say themselves who they are, or their first block does.
 * @param isPassing Whether it is such a local chain, which a fork of a public one is, too.
 */
export async function identityOf(chainId: bigint, provider: Asked, isPassing = isLocal(chainId)): Promise<string> {
  if (!isPassing) return chainId.toString();
  return localIdentity(chainId, (await instanceOf(provider)) ?? (await firstBlockOf(provider)));
}

/** Whether a chain comes and goes: whatever listens where local chains do is one, a fork of a public chain as well. */
export const comesAndGoes = ({ chainId, networkName }: { chainId: bigint; networkName: string }): boolean =>
  isLocal(chainId) || networkName === DEFAULT_NETWORK;

/** What tells the chain of a session from all others. */
export const identityOfSession = (session: {
  chainId: bigint;
  networkName: string;
  connection: { provider: Asked };
}): Promise<string> => identityOf(session.chainId, session.connection.provider, comesAndGoes(session));

/** The identity of a local chain with this hash of its own. */
export const localIdentity = (chainId: bigint, hash: string) => `${chainId.toString()}-${hash.slice(2, HASH_LENGTH)}`;

/** The number that a Hardhat node gives itself when it starts; undefined if the node is another's. */
export async function instanceOf(provider: Asked): Promise<string | undefined> {
  try {
    const { instanceId } = (await provider.request({ method: "hardhat_metadata" })) as { instanceId: string };
    return instanceId;
  } catch (error) {
    const isUnknown = error instanceof Error && "code" in error && typeof error.code === "number";
    if (!isUnknown) throw error;
    return undefined;
  }
}

async function firstBlockOf(provider: Asked): Promise<string> {
  const { hash } = (await provider.request({ method: "eth_getBlockByNumber", params: ["0x0", false] })) as {
    hash: string;
  };
  return hash;
}
