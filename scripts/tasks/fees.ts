import { jsonFlock, showFlock } from "../lib/amounts.ts";
import { runCommand } from "../lib/command.ts";
import { CommandError } from "../lib/commandError.ts";
import { modelIdOf, offeringOf } from "../lib/model.ts";
import { addressOf, openSession, signerOf } from "../lib/session.ts";
import type { Session } from "../lib/session.ts";
import { pairsOf } from "../lib/table.ts";
import { send } from "../lib/transactions.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  model: string | undefined;
  claim: string | undefined;
  to: string | undefined;
}

/** `fomo fees`: what waits for the holders of the seats, and how they take it. */
export default runCommand<Arguments>(async (args, context) => {
  const kind = args.claim;
  if (kind !== undefined && kind !== "creator" && kind !== "protocol" && kind !== "launch") {
    throw new CommandError(`--claim is "${kind}": name creator, protocol or launch.`);
  }
  if (kind === undefined && args.to !== undefined) {
    throw new CommandError("--to says who receives what is claimed: add --claim, or leave --to out.");
  }
  const needsModel = kind === "creator" || kind === "protocol";
  const modelId = args.model !== undefined || needsModel ? modelIdOf(args.model) : undefined;
  const session = await openSession(context);
  const waiting = await feesOf(session, modelId);
  if (kind === undefined) return waiting;

  const signer = await signerOf(session, args.from);
  const to = args.to === undefined ? signer.address : await addressOf(session, "--to", args.to);
  context.out.say(`\nClaiming the ${kind} fees for ${to} as ${signer.address}.`);
  const offering = session.protocol.offering.connect(signer);
  // A call that is simulated says what it would take; the amount cannot change in between, except grow.
  const { sent, receipt } =
    kind === "launch"
      ? await send(session, signer, "Claim", offering.claimLaunchFees, to)
      : await send(
          session,
          signer,
          "Claim",
          kind === "creator" ? offering.claimCreatorFee : offering.claimProtocolFee,
          modelId!, // both kinds need a model, which was checked above
          to,
        );
  const claimed = receipt.logs
    .map((log) => offering.interface.parseLog(log))
    .find((event) => /^(CreatorFee|ProtocolFee|LaunchFees)Claimed$/.test(event?.name ?? ""));
  const amount = claimed?.args.getValue("amount") as bigint;
  context.out.say(`${to} has received ${showFlock(amount)}.`);
  return {
    kind,
    modelId: modelId === undefined ? null : Number(modelId),
    to,
    ...jsonFlock("claimed", amount),
    transactions: [sent],
  };
});

/** Shows what waits. */
async function feesOf(session: Session, modelId: bigint | undefined): Promise<object> {
  const { offering, registry } = session.protocol;
  const { out } = session.context;
  const treasury = await registry.treasury();
  const launchFees = await offering.unclaimedLaunchFees();
  out.say("Fees that wait for the holders of the seats:");
  const launch = { "launch fees": `${showFlock(launchFees)} for the treasury ${treasury}` };
  if (modelId === undefined) {
    out.say(pairsOf(launch));
    return { treasury, ...jsonFlock("launchFees", launchFees) };
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
