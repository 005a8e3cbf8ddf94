import { callOf, deploymentOf, dryRun, dueActions, dueOf, readOf } from "fomo-sdk";
import type { Account, Chain, PublicClient, Transport, WalletClient } from "viem";

/**
 * One round of a keeper: everything that is due for the protocol and all models, the buyback's lots above all. Anybody can
 * do it, with any key. Call it again every few minutes; what somebody else has just done is refused, and no reason to stop.
 * @returns What was done, and what was refused.
 */
export async function keeperRound(client: PublicClient, wallet: WalletClient<Transport, Chain, Account>) {
  const deployment = deploymentOf(wallet.chain.id);
  const count = await client.readContract(readOf(deployment, "registry", "modelCount", []));
  const modelIds = Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1));
  const due = await client.readContract(dueOf(deployment, modelIds));
  const { timestamp: time } = await client.getBlock();
  const done: string[] = [];
  const refused: string[] = [];
  for (const action of dueActions(deployment, due, { time, slippageBps: 50n, patience: 300n })) {
    const run = await dryRun(action, wallet.account.address, (transaction) =>
      client.request({ method: "eth_call", params: [transaction, "latest"] }),
    );
    if (run.outcome !== "accepted") {
      refused.push(run.refusal.sentence);
      continue;
    }
    await client.waitForTransactionReceipt({ hash: await wallet.sendTransaction(callOf(action)) });
    done.push(action.what);
  }
  return { done, refused };
}
