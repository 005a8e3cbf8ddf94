import type { Action } from "../../../sdk/src/actions/action.ts";
import { claimCreatorFee, claimLaunchFees, claimProtocolFee } from "../../../sdk/src/actions/offering.ts";
import { jsonFlock } from "../../lib/command/amounts.ts";
import { showFlock } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { offeringOf } from "../../lib/offering/raise.ts";
import { addressOf, openSession, signerOf } from "../../lib/chain/session.ts";
import type { Session } from "../../lib/chain/session.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { send } from "../../lib/chain/transactions.ts";
import { writeSafeFile } from "../../lib/safe/safeFile.ts";
import type { SafeArguments } from "../../lib/safe/safeFile.ts";
import { parseModelId } from "../../lib/command/modelId.ts";
import { typedText } from "../../../sdk/src/text/plainText.ts";
import type { DocumentOf } from "../../lib/documents/index.ts";

type Kind = "creator" | "protocol" | "launch";
type Signer = Awaited<ReturnType<typeof signerOf>>;

interface Arguments extends SafeArguments {
  json: boolean;
  model: string | undefined;
  claim: string | undefined;
  to: string | undefined;
}

/** `fomo fees`: what waits for the holders of the seats, and how they take it. */
export default runCommand("fees", async (args: Arguments, context) => {
  const kind = args.claim;
  if (kind !== undefined && kind !== "creator" && kind !== "protocol" && kind !== "launch") {
    throw new CommandError(`--claim is "${typedText(kind)}": name creator, protocol or launch.`);
  }
  if (kind === undefined && args.to !== undefined) {
    throw new CommandError("--to says who receives what is claimed: add --claim, or leave --to out.");
  }
  const needsModel = kind === "creator" || kind === "protocol";
  const modelId = args.model !== undefined || needsModel ? parseModelId(args.model) : undefined;
  const session = await openSession(context);
  const waiting = await feesOf(session, modelId);
  if (kind === undefined) return waiting;

  const receiver = args.to === undefined ? undefined : await addressOf(session, "--to", args.to);
  if (args.safeFile !== undefined) {
    const { registry } = session.protocol;
    const holder = () => (kind === "creator" ? registry.issuerOf(modelId!) : registry.treasury());
    const steps = (safe: string) => [claimOf(session, kind, modelId, receiver ?? safe)];
    return await writeSafeFile(session, args, { name: `${kind} fees`, holder, steps });
  }
  const signer = await signerOf(session, args.from);
  const to = receiver ?? signer.address;
  context.out.say(`\nClaiming the ${kind} fees for ${to} as ${signer.address}.`);
  const { amount, sent } = await claim(session, signer, kind, modelId, to);
  context.out.say(`${to} has received ${showFlock(amount)}.`);
  return {
    kind,
    modelId: modelId === undefined ? null : Number(modelId),
    to,
    ...jsonFlock("claimed", amount),
    transactions: [sent],
  };
});

/** Claims one kind of fees; the two kinds that belong to a model were checked to name one. */
async function claim(session: Session, signer: Signer, kind: Kind, modelId: bigint | undefined, to: string) {
  const { sent, receipt } = await send(session, signer, claimOf(session, kind, modelId, to));
  const claimed = {
    launch: "LaunchFeesClaimed",
    creator: "CreatorFeeClaimed",
    protocol: "ProtocolFeeClaimed",
  } as const;
  return { sent, amount: eventOf(session.deployment, receipt, "offering", claimed[kind]).args.amount };
}

function claimOf({ deployment }: Session, kind: Kind, modelId: bigint | undefined, to: string): Action {
  switch (kind) {
    case "launch":
      return claimLaunchFees(deployment, to);
    case "creator":
      return claimCreatorFee(deployment, modelId!, to);
    case "protocol":
      return claimProtocolFee(deployment, modelId!, to);
  }
}

/** Shows what waits. */
async function feesOf(session: Session, modelId: bigint | undefined): Promise<DocumentOf<"fees">> {
  const { offering, registry } = session.protocol;
  const { out } = session;
  const treasury = await registry.treasury();
  const launchFees = await offering.unclaimedLaunchFees();
  out.say("Fees that wait for the holders of the seats:");
  const launch = { "launch fees": `${showFlock(launchFees)} for the treasury ${treasury}` };
  if (modelId === undefined) {
    out.say(pairsOf(launch));
    const noModel = { ...jsonFlock("creatorFees", null), ...jsonFlock("protocolFees", null) };
    return { modelId: null, issuer: null, treasury, ...noModel, ...jsonFlock("launchFees", launchFees) };
  }
  const { symbol } = await offeringOf(session, modelId);
  const issuer = await registry.issuerOf(modelId);
  const { creatorFee, protocolFee } = await offering.unclaimedFeesOf(modelId);
  out.say(
    pairsOf({
      [`creator fees of ${symbol}`]: `${showFlock(creatorFee)} for the issuer ${issuer}`,
      [`protocol fees of ${symbol}`]: `${showFlock(protocolFee)} for the treasury ${treasury}`,
      ...launch,
    }),
  );
  return {
    modelId: Number(modelId),
    issuer,
    treasury,
    ...jsonFlock("creatorFees", creatorFee),
    ...jsonFlock("protocolFees", protocolFee),
    ...jsonFlock("launchFees", launchFees),
  };
}
