import { resolve } from "node:path";

import { readParameters, tierSchema } from "../../../deploy/config/parameters.ts";
import { jsonTime, parseWhole, showTime } from "../../lib/command/amounts.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { eventOf } from "../../lib/chain/events.ts";
import { settingChanges } from "../../lib/governance/changes.ts";
import type { Change } from "../../lib/governance/changes.ts";
import { requireSameChain, unchangedDifferences } from "../../lib/governance/unchanged.ts";
import { changedTier, newBuybackHolder, newProvider, newTier } from "../../lib/governance/seatChanges.ts";
import { parseSeat } from "../../lib/registry/seats.ts";
import type { SeatArguments } from "../../lib/registry/seats.ts";
import { addressOf, openSession, signerOf } from "../../lib/chain/session.ts";
import type { Session } from "../../lib/chain/session.ts";
import { tableOf } from "../../lib/command/table.ts";
import { readJson5 } from "../../lib/command/textFile.ts";
import { send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";

interface Arguments extends SeatArguments {
  json: boolean;
  from: string | undefined;
  parameters: string | undefined;
  tierFile: string | undefined;
  provider: string | undefined;
  holder: string | undefined;
  dryRun: boolean;
}

/** `fomo propose`: schedules what governance wants to change; `fomo operations` executes it 48 hours later. */
export default runCommand<Arguments>(async (args, context) => {
  const changesIn = parseChanges(args);
  const session = await openSession(context);
  const { changes, unchanged } = await changesIn(session);
  const { accessManager } = session.protocol;
  const { out } = context;

  const transactions: Sent[] = [];
  const proposed: object[] = [];
  if (unchanged.length !== 0) {
    out.say(`The file differs from the chain in what this does not change: ${unchanged.join(", ")}.`);
  }
  if (changes.length === 0) out.say("The chain's settings are those of the file: there is nothing to propose.");
  const signer = args.dryRun || changes.length === 0 ? undefined : await signerOf(session, args.from);
  if (signer !== undefined) out.say(`Scheduling what follows as ${signer.address}.\n`);
  for (const change of changes) {
    out.say(`${change.title}:`);
    out.say(
      tableOf(
        ["", ">now", ">proposed"],
        change.values.map(({ key, from, to }) => [key, from ?? "", to]),
      ),
    );
    // A multisig sends the same call to the AccessManager itself.
    const call = accessManager.interface.encodeFunctionData("schedule", [change.target, change.data, EARLIEST]);
    const document = { ...change, schedule: { to: session.protocol.addresses.accessManager, data: call } };
    if (signer === undefined) {
      proposed.push(document);
      continue;
    }
    const schedule = accessManager.connect(signer).schedule;
    const { sent, receipt } = await send(session, signer, "Schedule", schedule, change.target, change.data, EARLIEST);
    const event = eventOf(accessManager, receipt, "OperationScheduled").args;
    out.say(`${signer.address} can execute it from ${showTime(event.schedule)}.\n`);
    transactions.push(sent);
    proposed.push({ ...document, operation: event.operationId, executableAt: jsonTime(event.schedule) });
  }
  if (args.dryRun) out.say("This was a dry run: nothing was sent.");
  return { dryRun: args.dryRun, proposed, unchanged, transactions };
});

/** What is to be scheduled. */
interface Proposal {
  changes: Change[];
  /** Keys of a parameter file that differ and that this does not change, each with the way to change it. */
  unchanged: string[];
}

/** A proposal of one change. */
const only = (change: Change): Proposal => ({ changes: [change], unchanged: [] });

/** To the AccessManager: as soon as the delay allows. */
const EARLIEST = 0n;

/** Reads which changes are meant, before anything is connected. */
function parseChanges(args: Arguments): (session: Session) => Promise<Proposal> {
  const { parameters, tierFile, provider, holder, tier, seat } = args;
  const subjects = [parameters, tierFile ?? provider, holder].filter((option) => option !== undefined);
  if (subjects.length !== 1) {
    throw new CommandError(
      "Say one thing to change: --parameters, --tier-file, --tier with --provider, or --seat with --holder.",
    );
  }
  if (parameters !== undefined) {
    const wanted = readParameters(resolve(parameters));
    return async (session) => {
      requireSameChain(session, wanted);
      const unchanged = await unchangedDifferences(session, wanted);
      return { changes: await settingChanges(session, wanted), unchanged };
    };
  }
  if (holder !== undefined) {
    const seatIn = parseSeat({ seat, model: args.model, tier: undefined });
    return async (session) =>
      only(await newBuybackHolder(session, await seatIn(session), await addressOf(session, "--holder", holder)));
  }
  const tierId = tier === undefined ? undefined : parseWhole("--tier", tier, 1n, 65_535n);
  if (tierFile === undefined) {
    if (tierId === undefined) throw new CommandError("Say for which tier with --tier, such as --tier 1.");
    return async (session) =>
      only(await newProvider(session, tierId, await addressOf(session, "--provider", provider!)));
  }
  const wanted = readJson5("tier file", resolve(tierFile), tierSchema);
  if (tierId !== undefined) {
    if (provider !== undefined) {
      throw new CommandError("Name another provider in a proposal of its own: --tier and --provider without a file.");
    }
    return async (session) => only(await changedTier(session, tierId, wanted));
  }
  if (provider === undefined) {
    throw new CommandError("A new tier needs its first compute provider: name it with --provider.");
  }
  return async (session) => only(newTier(session, wanted, await addressOf(session, "--provider", provider)));
}
