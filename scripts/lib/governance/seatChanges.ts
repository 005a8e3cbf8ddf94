import { ZeroAddress } from "ethers";

import { toTierTerms } from "../../../deploy/config/parameters.ts";
import type { TierFile } from "../../../deploy/config/parameters.ts";
import { CommandError } from "../command/commandError.ts";
import { describeSeat, kindOf } from "../../../sdk/src/names/seats.ts";
import type { Session } from "../chain/session.ts";
import type { Change } from "./changes.ts";
import { tierValues } from "./tierValues.ts";

/** A new hosting tier with its first compute provider. */
export function newTier(session: Session, tier: TierFile, provider: string): Change {
  const { registry, addresses } = session.protocol;
  const terms = toTierTerms(tier, session.usdcDecimals);
  return {
    title: "New hosting tier",
    target: addresses.registry,
    data: registry.interface.encodeFunctionData("addTier", [terms, provider, tier.guaranteesUri]),
    values: [
      ...tierValues(undefined, terms, tier.guaranteesUri, session.usdcDecimals),
      { key: "provider", from: null, to: provider },
    ],
  };
}

/** Other terms of a hosting tier; its compute cost holds for all of its models, the rest for models to come. */
export async function changedTier(session: Session, tierId: bigint, tier: TierFile): Promise<Change> {
  const { registry, addresses } = session.protocol;
  const { usdcDecimals } = session;
  const now = await registry.tierOf(tierId);
  const terms = toTierTerms(tier, usdcDecimals);
  return {
    title: `Terms of hosting tier ${tierId.toString()}`,
    target: addresses.registry,
    data: registry.interface.encodeFunctionData("changeTier", [tierId, terms, tier.guaranteesUri]),
    values: tierValues(now, terms, tier.guaranteesUri, usdcDecimals),
  };
}

/** Another compute provider for a tier: a new seat, while the former keeps its credit. */
export async function newProvider(session: Session, tierId: bigint, provider: string): Promise<Change> {
  const { registry, addresses } = session.protocol;
  const holder = await registry.holderOf(await registry.providerSeatOf(tierId));
  return {
    title: `Compute provider of hosting tier ${tierId.toString()}`,
    target: addresses.registry,
    data: registry.interface.encodeFunctionData("nameProvider", [tierId, provider]),
    values: [{ key: "provider", from: holder, to: provider }],
  };
}

/** Another holder for a seat of the buyback and what it has not claimed (decision 20). */
export async function newBuybackHolder(session: Session, seat: string, holder: string): Promise<Change> {
  const { registry, addresses } = session.protocol;
  const from = await registry.holderOf(seat);
  const name = describeSeat(BigInt(seat));
  if (kindOf(BigInt(seat))?.startsWith("buyback") !== true) {
    throw new CommandError(
      `Governance names no holder for ${name}: who holds it offers it with \`fomo seat --offer\`.`,
    );
  }
  if (from === holder) throw new CommandError(`${holder} holds ${name} already: there is nothing to propose.`);
  return {
    title: `Holder of ${name}`,
    target: addresses.registry,
    data: registry.interface.encodeFunctionData("nameBuybackHolder", [seat, holder]),
    values: [{ key: "holder", from: from === ZeroAddress ? null : from, to: holder }],
  };
}
