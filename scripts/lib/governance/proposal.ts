import { resolve } from "node:path";

import { readParameters, tierSchema } from "../../../deploy/config/parameters.ts";
import type { Parameters, TierFile } from "../../../deploy/config/parameters.ts";
import { addressOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { CommandError } from "../command/commandError.ts";
import { readJson5 } from "../command/textFile.ts";
import { parseSeat, parseTierId, seatBytes } from "../registry/seats.ts";
import type { NamedSeat, SeatArguments } from "../registry/seats.ts";
import { settingChanges } from "./changes.ts";
import type { Change } from "./changes.ts";
import { changedTier, newBuybackHolder, newProvider, newTier } from "./seatChanges.ts";
import { requireSameChain, unchangedDifferences } from "./unchanged.ts";

/** Options that say what governance is to change. */
export interface ProposalArguments extends SeatArguments {
  parameters: string | undefined;
  tierFile: string | undefined;
  provider: string | undefined;
  holder: string | undefined;
}

/** What governance is to change; accounts as they were typed. */
export type Proposal =
  | { kind: "settings"; parameters: Parameters }
  | { kind: "buybackHolder"; seat: NamedSeat; holder: string }
  | { kind: "provider"; tierId: bigint; provider: string }
  | { kind: "tierTerms"; tierId: bigint; terms: TierFile }
  | { kind: "newTier"; terms: TierFile; provider: string };

/** The calls that a proposal comes to. */
export interface ProposedChanges {
  changes: Change[];
  /** Keys of a parameter file that differ and that this does not change, each with the way to change it. */
  unchanged: string[];
}

/** Reads which changes are meant, and the file that says so. */
export function parseProposal(args: ProposalArguments): Proposal {
  const { parameters, tierFile, provider, holder } = args;
  const subjects = [parameters, tierFile ?? provider, holder].filter((option) => option !== undefined);
  if (subjects.length !== 1) {
    throw new CommandError(
      "Say one thing to change: --parameters, --tier-file, --tier with --provider, or --seat with --holder.",
    );
  }
  if (parameters !== undefined) return { kind: "settings", parameters: readParameters(resolve(parameters)) };
  if (holder !== undefined) {
    return { kind: "buybackHolder", seat: parseSeat({ ...args, tier: undefined }), holder };
  }
  const tierId = args.tier === undefined ? undefined : parseTierId(args.tier);
  if (tierFile === undefined) {
    if (tierId === undefined) throw new CommandError("Say for which tier with --tier, such as --tier 1.");
    return { kind: "provider", tierId, provider: provider! }; // one of the two was named
  }
  const terms = readJson5("tier file", resolve(tierFile), tierSchema);
  if (tierId !== undefined) {
    if (provider !== undefined) {
      throw new CommandError("Name another provider in a proposal of its own: --tier and --provider without a file.");
    }
    return { kind: "tierTerms", tierId, terms };
  }
  if (provider === undefined) {
    throw new CommandError("A new tier needs its first compute provider: name it with --provider.");
  }
  return { kind: "newTier", terms, provider };
}

/** The calls that bring a proposal about on this chain. */
export async function changesOf(session: Session, proposal: Proposal): Promise<ProposedChanges> {
  if (proposal.kind !== "settings") return { changes: [await changeOf(session, proposal)], unchanged: [] };
  requireSameChain(session, proposal.parameters);
  const unchanged = await unchangedDifferences(session, proposal.parameters);
  return { changes: await settingChanges(session, proposal.parameters), unchanged };
}

async function changeOf(session: Session, proposal: Exclude<Proposal, { kind: "settings" }>): Promise<Change> {
  switch (proposal.kind) {
    case "buybackHolder": {
      const seat = await seatBytes(session, proposal.seat);
      return await newBuybackHolder(session, seat, await addressOf(session, "--holder", proposal.holder));
    }
    case "provider": {
      const provider = await addressOf(session, "--provider", proposal.provider);
      return await newProvider(session, proposal.tierId, provider);
    }
    case "tierTerms":
      return await changedTier(session, proposal.tierId, proposal.terms);
    case "newTier":
      return newTier(session, proposal.terms, await addressOf(session, "--provider", proposal.provider));
  }
}
