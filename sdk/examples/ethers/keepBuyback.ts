import type { Signer } from "ethers";
import { answerOf, callOf, deploymentOf, dryRun, dueActions, dueOf, requestOf } from "fomo-sdk";
import { connectProtocol } from "fomo-sdk/ethers";

/**
 * One round of a keeper: everything that is due for the protocol and all models, the buyback's lots above all. Anybody can
 * do it, with any key. Call it again every few minutes; what somebody else has just done is refused, and no reason to stop.
 * @returns What was done, and what was refused.
 */
export async function keeperRound(signer: Signer) {
  const provider = signer.provider!; // a signer that sends has one
  const deployment = deploymentOf((await provider.getNetwork()).chainId);
  const count = await connectProtocol(deployment.addresses, provider).registry.modelCount();
  const modelIds = Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1));
  const read = dueOf(deployment, modelIds);
  const due = answerOf(read, await provider.call(requestOf(read)));
  const time = BigInt((await provider.getBlock("latest"))!.timestamp);
  const done: string[] = [];
  const refused: string[] = [];
  for (const action of dueActions(deployment, due, { time, slippageBps: 50n, patience: 300n })) {
    const run = await dryRun(action, await signer.getAddress(), (transaction) => provider.call(transaction));
    if (run.outcome !== "accepted") {
      refused.push(run.refusal.sentence);
      continue;
    }
    await (await signer.sendTransaction(callOf(action))).wait();
    done.push(action.what);
  }
  return { done, refused };
}
