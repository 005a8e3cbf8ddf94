import { buildWithProgress } from "../../lib/chain/build.ts";
import { openSession } from "../../lib/chain/session.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { placeOf } from "../../lib/deployment/place.ts";
import { readRecord } from "../../lib/deployment/record.ts";
import { verifyDeployment } from "../../lib/deployment/verification.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments {
  json: boolean;
}

/** `fomo verify`: publishes the sources of the deployment on the network's explorer. */
export default runCommand("verify", async (_args: Arguments, context) => {
  const { hre, out } = context;
  const session = await openSession(context);
  const { networkName, chainId, connection } = session;
  const place = await placeOf(hre.config.paths.ignition, session, connection.provider);
  if (place.isLocal) {
    throw new CommandError(
      `${networkName} is a local chain, which no explorer shows: name a public network with --network.`,
    );
  }
  const record = readRecord(place);
  await buildWithProgress(hre, out);

  out.say(`Publishing the sources of the deployment on ${networkName} (chain ${chainId.toString()}) on Etherscan.\n`);
  const all = await verifyDeployment(hre, connection, record, ({ contract, address, outcome, reason }) => {
    out.say(`  ${contract} ${address}: ${outcome}${reason === null ? "" : `: ${reason}`}`);
  });
  const failed = all.filter(({ outcome }) => outcome === "failed").length;
  if (failed === 0) out.say("\nThe sources of all contracts are public.");
  else {
    out.say(
      `\n${failed.toString()} of ${all.length.toString()} failed: run it again, it leaves alone what is verified.`,
    );
    process.exitCode = 1;
  }
  return { network: networkName, chainId: Number(chainId), contracts: all };
});
