import { resolve } from "node:path";

import { LOCAL, readParameters } from "../../../deploy/config/parameters.ts";
import { buildWithProgress } from "../../lib/chain/build.ts";
import { runCommand } from "../runCommand.ts";
import { namedNetwork } from "../../lib/command/context.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { deployProtocol, parametersFileOf } from "../../lib/chain/protocol.ts";
import { connectNetwork, openSession } from "../../lib/chain/session.ts";
import { checkDeployment } from "../../lib/deployment/check/check.ts";
import { isClean } from "../../lib/deployment/check/comparison.ts";
import { describeCheck, jsonCheck } from "../../lib/deployment/check/report.ts";
import { newRecord } from "../../lib/deployment/newRecord.ts";
import { placeOf } from "../../lib/deployment/place.ts";
import { noteUrlOf, requireReal } from "../../lib/deployment/localRecords.ts";
import { requireNoOther, writeRecord } from "../../lib/deployment/record.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { shownPath } from "../../lib/command/textFile.ts";

interface Arguments {
  json: boolean;
  parameters: string | undefined;
  dryRun: boolean;
}

/** `fomo deploy`: deploys the protocol by Ignition, and goes on where an earlier run stopped. */
export default runCommand("deploy", async (args: Arguments, context) => {
  const { hre, out } = context;
  const network = namedNetwork(hre);
  if (network === undefined)
    throw new CommandError("Say where to deploy with --network, such as --network baseSepolia.");

  // Parameters first: an address that is still unknown is found without a key or a connection.
  const named = args.parameters === undefined ? undefined : resolve(args.parameters);
  const file = named ?? parametersFileOf(network === "localhost" ? "local" : network);
  const parameters = readParameters(file);

  const { connection, chainId } = await connectNetwork(context, true);
  if (BigInt(parameters.chainId) !== chainId) {
    throw new CommandError(
      `${shownPath(file)} is for chain ${parameters.chainId}, but ${network} is chain ${chainId.toString()}: name the right file with --parameters, or the right network.`,
    );
  }
  const [deployer] = await connection.ethers.getSigners();
  if (deployer === undefined) {
    throw new CommandError(`The network ${network} has no account to deploy with: put a key into Hardhat's keystore.`);
  }

  const place = await placeOf(hre.config.paths.ignition, { networkName: network, chainId }, connection.provider);
  await requireReal(place, connection.provider);
  requireNoOther(place);

  out.say(`Deploying the protocol on ${network} (chain ${chainId.toString()}) from ${deployer.address}.`);
  out.say(`The parameters are those of ${shownPath(file)}:`);
  const { firstTier, ...rest } = parameters;
  const shown = Object.entries({ ...rest, ...firstTier }).map(([key, value]) => [
    key,
    typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  out.say(pairsOf(Object.fromEntries(shown) as Record<string, string>));
  if ([parameters.flock, parameters.usdc, parameters.dexFactory].includes(LOCAL)) {
    out.say('Stand-ins are deployed for what the file calls "local".');
  }
  const document = { network, chainId: Number(chainId), deployer: deployer.address, parameters };
  if (args.dryRun) {
    out.say("This was a dry run: nothing was sent.");
    return { dryRun: true, ...document, deploymentId: null, addresses: null, record: null, check: null };
  }

  await buildWithProgress(hre, out);
  const { deploymentId } = place;
  await noteUrlOf(place, connection);
  // Ignition draws on stdout, which belongs to the document if one is wanted.
  const displayUi = !out.json && process.stdout.isTTY;
  const deployment = deployProtocol(connection, parameters, undefined, { deploymentId, displayUi });
  const addresses = await (displayUi ? deployment : out.during("Deploying", deployment));
  const { artifacts } = hre;
  const reading = newRecord({ connection, artifacts, place, addresses, parameters });
  const record = await out.during("Reading the transactions back", reading);
  writeRecord(place, record);
  const recordFile = shownPath(place.record);
  out.say(`\nThe protocol is deployed, wired and handed over; its record is ${recordFile}.`);
  if (!place.isLocal) out.say("Commit the record: all commands read it.");
  out.say(pairsOf({ ...addresses }));

  out.say("\nComparing what was deployed with the parameters:");
  const checking = checkDeployment(await openSession(context), artifacts, record, parameters);
  const check = await out.during("Reading the deployment", checking);
  describeCheck(out, check);
  if (!isClean(check)) process.exitCode = 1;
  return { dryRun: false, ...document, deploymentId, record: recordFile, addresses, check: jsonCheck(check) };
});
