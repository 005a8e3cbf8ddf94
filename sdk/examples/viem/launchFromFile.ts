import {
  callsOf,
  checkLaunch,
  checkPayment,
  deploymentOf,
  eventOf,
  launch,
  launchConditionsOf,
  launchPlanOf,
  previewLaunch,
  readOf,
} from "fomo-sdk";
import type { LaunchFileTerms } from "fomo-sdk";
import type { Account, Chain, Hex, PublicClient, Transport, WalletClient } from "viem";

/**
 * Launches a model from a launch file, as `fomo launch` takes it. What the launch means is worked out before it is paid
 * for; whatever a contract would refuse of the terms is refused here, with one sentence.
 * @param terms The launch file as JSON; sdk/schemas/launch.schema.json describes it.
 * @param metadataHash SHA-256 of the document that describes the model.
 */
export async function launchFromFile(
  client: PublicClient,
  wallet: WalletClient<Transport, Chain, Account>,
  terms: LaunchFileTerms,
  metadataHash: Hex,
) {
  const deployment = deploymentOf(wallet.chain.id);
  const issuer = wallet.account.address;
  const plan = launchPlanOf(terms, metadataHash, deployment.usdcDecimals);
  const settings = await client.readContract(readOf(deployment, "offering", "offeringSettings", []));
  const conditions = launchConditionsOf(settings, deployment.usdcDecimals);
  checkLaunch(plan);
  checkPayment(plan, conditions);
  const { due } = previewLaunch(plan, conditions);

  const deadline = (await client.getBlock()).timestamp + 600n;
  const action = launch(deployment, plan, { max: due, deadline });
  const allowance = await client.readContract(
    readOf(deployment, "flock", "allowance", [issuer, deployment.addresses.offering]),
  );
  const receipts = [];
  for (const call of callsOf(action, allowance)) {
    receipts.push(await client.waitForTransactionReceipt({ hash: await wallet.sendTransaction(call) }));
  }
  return eventOf(deployment, receipts.at(-1)!, "offering", "ModelLaunched").args; // the launch is the last call
}
