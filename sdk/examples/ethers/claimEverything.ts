import type { Signer } from "ethers";
import { accountOf, answerOf, callOf, claimsOf, deploymentOf, dryRun, raiseOf, requestOf, seatOf } from "fomo-sdk";
import { connectProtocol } from "fomo-sdk/ethers";

/**
 * Takes everything that an account can take now: positions, refunds, rewards, stakes that have left, withdrawals that have
 * matured, and as an issuer fees, bonus, vested tokens and credit. What the chain refuses is told and not sent.
 */
export async function claimEverything(signer: Signer) {
  const provider = signer.provider!; // a signer that sends has one
  const deployment = deploymentOf((await provider.getNetwork()).chainId);
  const { registry, waterfall } = connectProtocol(deployment.addresses, provider);
  const account = await signer.getAddress();
  const count = await registry.modelCount();
  const modelIds = Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1));
  const read = accountOf(deployment, account, modelIds);
  const view = answerOf(read, await provider.call(requestOf(read)));
  const issued = view.models.filter(({ isIssuer }) => isIssuer).map(({ modelId }) => modelId);
  const viewOf = async (id: bigint) => {
    const raise = raiseOf(deployment, id);
    return answerOf(raise, await provider.call(requestOf(raise)));
  };
  const raises = new Map(await Promise.all(issued.map(async (id) => [id, await viewOf(id)] as const)));
  const creditOf = (id: bigint) => waterfall.creditOf(seatOf("issuer", id));
  const credits = new Map(await Promise.all(issued.map(async (id) => [id, await creditOf(id)] as const)));

  const time = BigInt((await provider.getBlock("latest"))!.timestamp);
  const done: string[] = [];
  for (const action of claimsOf(deployment, { account, view, time, raises, credits })) {
    const run = await dryRun(action, account, (transaction) => provider.call(transaction));
    if (run.outcome !== "accepted") {
      done.push(`${action.what}: ${run.refusal.sentence}`);
      continue;
    }
    await (await signer.sendTransaction(callOf(action))).wait();
    done.push(action.what);
  }
  return done;
}
