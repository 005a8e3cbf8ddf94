import { claimCredit, deploymentOf, dryRun, readOf, safeBatch, safeCallsOf, seatOf } from "fomo-sdk";
import type { Address, PublicClient } from "viem";

/**
 * A Safe that holds the treasury's seat takes its USDC: the file that Safe's Transaction Builder loads. Nothing is sent;
 * the call was tried as the Safe's before.
 * @param createdAt When the file is made [ms] since 1970.
 */
export async function treasuryClaim(client: PublicClient, safe: Address, createdAt: number) {
  const deployment = deploymentOf(await client.getChainId());
  const seat = seatOf("treasury", 0n);
  const credit = await client.readContract(readOf(deployment, "waterfall", "creditOf", [seat]));
  const action = claimCredit(deployment, seat, credit, safe);
  const run = await dryRun(
    action,
    safe,
    (transaction) => client.request({ method: "eth_call", params: [transaction, "latest"] }),
    deployment,
  );
  if (run.outcome !== "accepted") throw new Error(run.refusal.sentence);
  const batch = { chainId: deployment.chainId, safe, name: "FOMO: the treasury's USDC" };
  return JSON.stringify(safeBatch(batch, safeCallsOf([action]), createdAt), null, 2);
}
