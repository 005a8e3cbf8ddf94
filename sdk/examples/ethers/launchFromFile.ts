import type { Signer } from "ethers";
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
} from "fomo-sdk";
import type { LaunchFileTerms } from "fomo-sdk";
import { connectProtocol } from "fomo-sdk/ethers";

/**
 * Launches a model from a launch file, as `fomo launch` takes it. What the launch means is worked out before it is paid
 * for; whatever a contract would refuse of the terms is refused here, with one sentence.
 * @param terms The launch file as JSON; sdk/schemas/launch.schema.json describes it.
 * @param metadataHash SHA-256 of the document that describes the model.
 */
export async function launchFromFile(signer: Signer, terms: LaunchFileTerms, metadataHash: string) {
  const provider = signer.provider!; // a signer that sends has one
  const deployment = deploymentOf((await provider.getNetwork()).chainId);
  const { offering, flock, addresses } = connectProtocol(deployment.addresses, signer);
  const plan = launchPlanOf(terms, metadataHash, deployment.usdcDecimals);
  const conditions = launchConditionsOf(await offering.offeringSettings(), deployment.usdcDecimals);
  checkLaunch(plan);
  checkPayment(plan, conditions);
  const { due } = previewLaunch(plan, conditions);

  const deadline = BigInt((await provider.getBlock("latest"))!.timestamp) + 600n;
  const action = launch(deployment, plan, { max: due, deadline });
  const allowance = await flock.allowance(await signer.getAddress(), addresses.offering);
  const receipts = [];
  for (const call of callsOf(action, allowance)) receipts.push(await (await signer.sendTransaction(call)).wait());
  return eventOf(deployment, receipts.at(-1)!, "offering", "ModelLaunched").args; // the launch is the last call
}
