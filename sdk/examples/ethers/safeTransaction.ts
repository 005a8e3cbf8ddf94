import type { Provider } from "ethers";
import { claimCredit, deploymentOf, dryRun, safeBatch, safeCallsOf, seatOf } from "fomo-sdk";
import { connectProtocol } from "fomo-sdk/ethers";

/**
 * A Safe that holds the treasury's seat takes its USDC: the file that Safe's Transaction Builder loads. Nothing is sent;
 * the call was tried as the Safe's before.
 * @param createdAt When the file is made [ms] since 1970.
 */
export async function treasuryClaim(provider: Provider, safe: string, createdAt: number) {
  const deployment = deploymentOf((await provider.getNetwork()).chainId);
  const seat = seatOf("treasury", 0n);
  const credit = await connectProtocol(deployment.addresses, provider).waterfall.creditOf(seat);
  const action = claimCredit(deployment, seat, credit, safe);
  const run = await dryRun(action, safe, (transaction) => provider.call(transaction), deployment);
  if (run.outcome !== "accepted") throw new Error(run.refusal.sentence);
  const batch = { chainId: deployment.chainId, safe, name: "FOMO: the treasury's USDC" };
  return JSON.stringify(safeBatch(batch, safeCallsOf([action]), createdAt), null, 2);
}
