import { ROLES } from "../../../deploy/config/roles.ts";
import { LOCAL, toTierTerms } from "../../../deploy/config/parameters.ts";
import type { Parameters } from "../../../deploy/config/parameters.ts";
import { CommandError } from "../command/commandError.ts";
import { isLocal } from "../chain/identity.ts";
import type { Session } from "../chain/session.ts";

/** Refuses a parameter file of another chain; the local file is good for every local chain. */
export function requireSameChain({ chainId, networkName }: Session, parameters: Parameters): void {
  const named = BigInt(parameters.chainId);
  if (named === chainId || (isLocal(named) && isLocal(chainId))) return;
  throw new CommandError(
    `The parameter file is for chain ${named.toString()}, and ${networkName} is chain ${chainId.toString()}: name the file of this network.`,
  );
}

/**
 * What a parameter file says otherwise than the chain and no proposal of settings changes: each key with the way to
 * change it.
 */
export async function unchangedDifferences(session: Session, parameters: Parameters): Promise<string[]> {
  const { accessManager, registry, buyback, addresses } = session.protocol;
  const found: string[] = [];
  const note = (differs: boolean, key: string, way: string) => {
    if (differs) found.push(`\`${key}\` (${way})`);
  };

  for (const key of ["flock", "usdc", "dexFactory"] as const) {
    note(parameters[key] !== LOCAL && parameters[key] !== addresses[key], key, "fixed for good");
  }
  for (const [key, role] of [
    ["administrator", ROLES.admin],
    ["governor", ROLES.governor],
    ["guardian", ROLES.guardian],
    ["platform", ROLES.platform],
  ] as const) {
    const { isMember } = await accessManager.hasRole(role, parameters[key]);
    note(!isMember, key, "the administrator grants roles");
  }
  note((await registry.treasury()) !== parameters.treasury, "treasury", "its holder offers it with `fomo seat`");
  note((await buyback.PAIR_FEE_BPS()) !== BigInt(parameters.pairFeeBps), "pairFeeBps", "fixed for good");
  note((await buyback.FLOCK_BURNS()) !== parameters.flockBurns, "flockBurns", "fixed for good");

  const { firstTier } = parameters;
  const wanted = toTierTerms({ ...firstTier, open: true }, session.usdcDecimals);
  const terms = await registry.tierOf(1n);
  const provider = await registry.holderOf(await registry.providerSeatOf(1n));
  for (const [key, field] of [
    ["computeCostUsdcPerMillionUnits", "computeCost"],
    ["minMinimumRaiseFlock", "minMinimumRaise"],
    ["maxTargetFlock", "maxTarget"],
    ["guaranteesSha256", "guaranteesHash"],
  ] as const) {
    const agrees = String(terms[field]).toLowerCase() === String(wanted[field]).toLowerCase();
    note(!agrees, `firstTier.${key}`, "propose --tier 1 with --tier-file");
  }
  note(
    provider !== firstTier.provider,
    "firstTier.provider",
    "propose --tier 1 with --provider, or its holder's offer",
  );
  return found;
}
