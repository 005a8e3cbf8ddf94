import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import type { NetworkConnection } from "hardhat/types/network";
import type { EthereumProvider } from "hardhat/types/providers";

import { instanceOf, localIdentity } from "../chain/identity.ts";
import { writeAtomically } from "../command/atomicFile.ts";
import { CommandError } from "../command/commandError.ts";
import { DEFAULT_NETWORK } from "../command/context.ts";
import { askOnce } from "../rpc/askOnce.ts";
import { localPlace, localRecordsDir } from "./place.ts";
import type { Place } from "./place.ts";

/** How long a node that listens may take to say who it is [ms]. A busy one that takes longer is left alone. */
const PATIENCE = 2_000;

/**
 * Notes where a chain can be reached that lives in its node's memory, before anything is deployed on it: its records are
 * worth nothing once nobody listens there, or somebody else does.
 */
export function noteUrl(place: Place, url: string): void {
  writeAtomically(place.url, url);
}

/** Notes where a chain can be reached if it lives in its node's memory. */
export async function noteUrlOf(place: Place, { networkConfig, provider }: NetworkConnection): Promise<void> {
  if (!place.isLocal || networkConfig.type !== "http" || (await instanceOf(provider)) === undefined) return;
  noteUrl(place, await networkConfig.url.getUrl());
}

/**
 * Refuses a node that plays a public network in its memory: its deployment would be recorded as the network's own, and
 * committed.
 */
export async function requireReal({ isLocal, networkName }: Place, provider: EthereumProvider): Promise<void> {
  // Who does not even answer the question, whatever it says instead, is no such node.
  if (isLocal || (await instanceOf(provider).catch(() => undefined)) === undefined) return;
  throw new CommandError(
    `The node behind ${networkName} only plays that network: put its URL into FOMO_LOCALHOST_URL and deploy with --network ${DEFAULT_NETWORK}, so that nobody takes the result for ${networkName}'s.`,
  );
}

/** Forgets the deployment of a local chain that no longer exists; those of other chains stay. */
export function forgetDeployment(place: Place): void {
  for (const path of [place.record, ...place.journals, place.url]) rmSync(path, { recursive: true, force: true });
}

/** Forgets the deployments of chains whose nodes have ended without forgetting them themselves. */
export async function forgetGoneNodes(ignitionDir: string): Promise<void> {
  const folder = localRecordsDir(ignitionDir);
  if (!existsSync(folder)) return;
  const files = readdirSync(folder).filter((file) => file.endsWith(".url"));
  await Promise.all(
    files.map(async (file) => {
      const identity = file.replace(/\.url$/, "");
      const chainId = BigInt(/^\d+/.exec(identity)?.[0] ?? 0);
      const place = localPlace(ignitionDir, { networkName: DEFAULT_NETWORK, chainId }, identity);
      const url = urlIn(join(folder, file));
      if (url !== undefined && (await isGone(url, chainId, identity))) forgetDeployment(place);
    }),
  );
}

/** The URL in a file; undefined if another process has just forgotten it. */
function urlIn(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Whether a node is certainly gone: nobody listens at its URL, or another node does. */
async function isGone(url: string, chainId: bigint, identity: string): Promise<boolean> {
  try {
    const metadata = await askOnce(url, "hardhat_metadata", AbortSignal.timeout(PATIENCE));
    const { instanceId } = (metadata ?? {}) as { instanceId?: string };
    return instanceId !== undefined && localIdentity(chainId, instanceId) !== identity;
  } catch (error) {
    return isRefused(error);
  }
}

/** Whether a request failed because nobody listens. */
function isRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && "code" in cause && cause.code === "ECONNREFUSED";
}
