import { resolve } from "node:path";

import { getAddress, isAddress } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

import { LOCAL, readParameters } from "../../../deploy/config/parameters.ts";
import type { Parameters } from "../../../deploy/config/parameters.ts";
import { buildWithProgress } from "../../lib/chain/build.ts";
import { connectNetwork, openSession } from "../../lib/chain/session.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { withLock } from "../../lib/command/fileLock.ts";
import { namedNetwork } from "../../lib/command/context.ts";
import type { CommandContext } from "../../lib/command/context.ts";
import type { Output } from "../../lib/command/output.ts";
import { typedText } from "../../../sdk/src/text/plainText.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { shownPath } from "../../lib/command/textFile.ts";
import { checkDeployment } from "../../lib/deployment/check/check.ts";
import { isClean } from "../../lib/deployment/check/comparison.ts";
import { describeCheck, jsonCheck } from "../../lib/deployment/check/report.ts";
import { deployProtocol } from "../../lib/deployment/deployment.ts";
import {
  hashOfCode,
  keepBeginning,
  requireSameBeginning,
  requireSameChain,
} from "../../lib/deployment/journal/beginning.ts";
import { stepsIn } from "../../lib/deployment/journal/journal.ts";
import { noteUrlOf, requireReal } from "../../lib/deployment/localRecords.ts";
import { newRecord } from "../../lib/deployment/newRecord.ts";
import { parametersFileOf } from "../../lib/deployment/parameterFiles.ts";
import { placeOf } from "../../lib/deployment/place.ts";
import type { Place } from "../../lib/deployment/place.ts";
import { preflight, requirePassed } from "../../lib/deployment/preflight/preflight.ts";
import type { Planned } from "../../lib/deployment/preflight/preflight.ts";
import { deploymentOfRecord } from "../../../sdk/src/deployments/deployment.ts";
import { requireNoOther, writeRecord } from "../../lib/deployment/record.ts";
import { rehearse } from "../../lib/deployment/rehearsal/rehearsal.ts";
import {
  describeChecks,
  describeRehearsal,
  preflightDocument,
  rehearsalDocument,
} from "../../lib/deployment/rehearsal/rehearsalView.ts";
import { feesNow } from "../../lib/sending/fees.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments {
  json: boolean;
  parameters: string | undefined;
  dryRun: boolean;
  deployer: string | undefined;
}

/** `fomo deploy`: deploys the protocol by Ignition, and goes on where an earlier run stopped. */
export default runCommand("deploy", async (args: Arguments, context) => {
  const { hre, out } = context;
  const network = namedNetwork(hre);
  if (network === undefined)
    throw new CommandError("Say where to deploy with --network, such as --network baseSepolia.");

  const named = {
    deployer: namedDeployer(args),
    file: args.parameters === undefined ? undefined : resolve(args.parameters),
  };
  // Parameters first: an address that is still unknown is found without a key or a connection.
  const file = named.file ?? parametersFileOf(network === "localhost" ? "local" : network);
  const parameters = readParameters(file);

  const { connection, chainId } = await connectNetwork(context, args.deployer === undefined);
  if (BigInt(parameters.chainId) !== chainId) {
    throw new CommandError(
      `${shownPath(file)} is for chain ${parameters.chainId}, but ${network} is chain ${chainId.toString()}: name the right file with --parameters, or the right network.`,
    );
  }
  const deployer = named.deployer ?? (await accountOf(connection, network));
  const place = await placeOf(hre.config.paths.ignition, { networkName: network, chainId }, connection.provider);
  if (!args.dryRun) {
    await requireReal(place, connection.provider);
    requireNoOther(place);
  }

  out.say(`Deploying the protocol on ${network} (chain ${chainId.toString()}) from ${deployer}.`);
  out.say(`The parameters are those of ${shownPath(file)}:`);
  out.say(pairsOf(shownParameters(parameters)));
  if ([parameters.flock, parameters.usdc, parameters.dexFactory].includes(LOCAL)) {
    out.say('Stand-ins are deployed for what the file calls "local".');
  }
  sayProgress(place, out);
  const fees = await feesNow({ connection }, context.sending.options.priorityFee);
  const planned: Planned = { connection, chainId, parameters, deployer, fees, folder: place.journals[0] };
  await requireSameChain(planned);
  await buildWithProgress(hre, out);
  const checks = await out.during("Checking the parameters against the chain", preflight(planned, hre.artifacts));
  requirePassed(checks);
  out.say(describeChecks(checks));

  const beginning = { deployer, code: await hashOfCode(hre.artifacts), parameters };
  const document = { network, chainId: Number(chainId), deployer, parameters };
  if (args.dryRun) {
    requireSameBeginning(planned.folder, beginning, file);
    const rehearsal = await out.during("Rehearsing on a fork of the chain", rehearse(hre, planned));
    requirePassed(rehearsal.checks);
    out.say(describeChecks(rehearsal.checks));
    out.say(describeRehearsal(rehearsal, chainId));
    out.say("This was a dry run: nothing was sent.");
    return {
      dryRun: true,
      ...document,
      preflight: preflightDocument([...checks, ...rehearsal.checks]),
      rehearsal: rehearsalDocument(rehearsal, chainId),
      ...{ deploymentId: null, addresses: null, record: null, check: null },
    };
  }

  await context.sending.consent(out);
  const record = await alone(place, async () => {
    await noteUrlOf(place, connection);
    keepBeginning(planned.folder, beginning, file);
    const addresses = await deployWithProgress(planned, context);
    const reading = newRecord({ connection, artifacts: hre.artifacts, place, addresses, parameters });
    const record = await out.during("Reading the transactions back", reading);
    writeRecord(place, record);
    return record;
  });
  const { addresses } = deploymentOfRecord(record);
  const recordFile = shownPath(place.record);
  out.say(`\nThe protocol is deployed, wired and handed over; its record is ${recordFile}.`);
  if (!place.isLocal) out.say("Commit the record: all commands read it.");
  out.say(pairsOf({ ...addresses }));

  out.say("\nComparing what was deployed with the parameters:");
  const checking = checkDeployment(await openSession(context), hre.artifacts, record, parameters);
  const check = await out.during("Reading the deployment", checking);
  describeCheck(out, check);
  if (!isClean(check)) process.exitCode = 1;
  return {
    dryRun: false,
    ...document,
    preflight: preflightDocument(checks),
    rehearsal: null,
    ...{ deploymentId: place.deploymentId, addresses, record: recordFile, check: jsonCheck(check) },
  };
});

/** Who is named as the deployer of a dry run, which needs no key; undefined for the network's account. */
function namedDeployer({ deployer, dryRun }: Arguments): string | undefined {
  if (deployer === undefined) return undefined;
  const isValid: boolean = isAddress(deployer);
  if (!isValid) {
    throw new CommandError(`--deployer is "${typedText(deployer)}": name an address with a valid checksum.`);
  }
  if (!dryRun) {
    throw new CommandError("--deployer is for --dry-run: without it the key of the network signs; leave it out.");
  }
  return getAddress(deployer);
}

/** Deploys while no other process of this machine deploys at the same place: they would send everything twice. */
const alone = <T>({ journals: [folder] }: Place, work: () => Promise<T>): Promise<T> =>
  withLock(
    `${folder}.lock`,
    {
      patience: 0,
      busy: (pid) =>
        `The process ${pid.toString()} is deploying this at the moment: wait until it has finished, or stop it.`,
    },
    work,
  );

/** The first account of the network. */
async function accountOf(connection: NetworkConnection, network: string): Promise<string> {
  const [deployer] = await connection.ethers.getSigners();
  if (deployer === undefined) {
    throw new CommandError(
      `The network ${network} has no account to deploy with: put a key into Hardhat's keystore, or name an address with --deployer for a dry run.`,
    );
  }
  return deployer.address;
}

/** Deploys, and shows how far it is. */
async function deployWithProgress({ connection, parameters, fees, folder }: Planned, { hre, out }: CommandContext) {
  const { artifacts } = hre;
  const tip = "gasPrice" in fees ? {} : { priorityFee: fees.maxPriorityFeePerGas };
  return await out.duringSteps("Deploying", (announce) =>
    deployProtocol(connection, parameters, undefined, { folder, artifacts, announce, ...tip }),
  );
}

/** The parameters as they are shown, those of the first tier among them. */
function shownParameters({ firstTier, ...rest }: Parameters): Record<string, string> {
  const shown = Object.entries({ ...rest, ...firstTier }).map(([key, value]) => [
    key,
    typeof value === "object" ? JSON.stringify(value) : String(value),
  ]);
  return Object.fromEntries(shown) as Record<string, string>;
}

/** Says that an earlier run has done a part. */
function sayProgress({ journals }: Place, out: Output): void {
  const steps = journals.flatMap(stepsIn);
  const done = steps.filter(({ state }) => state === "done").length;
  if (done !== 0) out.say(`It goes on from ${shownPath(journals[0])}, where ${done.toString()} steps are done.`);
}
