import { resolve } from "node:path";

import { readParameters } from "../../../deploy/config/parameters.ts";
import { buildWithProgress } from "../../lib/chain/build.ts";
import { openSession } from "../../lib/chain/session.ts";
import { shownPath } from "../../lib/command/textFile.ts";
import { checkDeployment, recordedParameters } from "../../lib/deployment/check/check.ts";
import { isClean } from "../../lib/deployment/check/comparison.ts";
import { describeCheck, jsonCheck } from "../../lib/deployment/check/report.ts";
import { placeOf } from "../../lib/deployment/place.ts";
import { readRecord } from "../../lib/deployment/record.ts";
import { requireSameChain } from "../../lib/governance/unchanged.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments {
  json: boolean;
  parameters: string | undefined;
}

/** `fomo check`: reads the deployment back and compares all of it with the parameters. */
export default runCommand("check", async (args: Arguments, context) => {
  const { hre, out } = context;
  const named = args.parameters === undefined ? undefined : resolve(args.parameters);
  const file = named === undefined ? undefined : readParameters(named);
  const session = await openSession(context);
  const { networkName, chainId, connection } = session;
  const place = await placeOf(hre.config.paths.ignition, session, connection.provider);
  const record = readRecord(place);
  if (file !== undefined) requireSameChain(session, file);
  const parameters = file ?? recordedParameters(record);

  await buildWithProgress(hre, out);
  const from = shownPath(named ?? place.record);
  out.say(`Comparing the deployment on ${networkName} (chain ${chainId.toString()}) with the parameters in ${from}.\n`);
  const check = await out.during("Reading the deployment", checkDeployment(session, hre.artifacts, record, parameters));
  describeCheck(out, check);
  if (!isClean(check)) process.exitCode = 1;
  return { network: networkName, chainId: Number(chainId), comparedWith: from, ...jsonCheck(check) };
});
