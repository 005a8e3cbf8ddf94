import { accountOf, callOf, claimsOf, deploymentOf, dryRun, raiseOf, readOf, seatOf } from "fomo-sdk";
import type { Account, Chain, PublicClient, Transport, WalletClient } from "viem";

/**
 * Takes everything that an account can take now: positions, refunds, rewards, stakes that have left, withdrawals that have
 * matured, and as an issuer fees, bonus, vested tokens and credit. What the chain refuses is told and not sent.
 */
export async function claimEverything(client: PublicClient, wallet: WalletClient<Transport, Chain, Account>) {
  const deployment = deploymentOf(wallet.chain.id);
  const account = wallet.account.address;
  const count = await client.readContract(readOf(deployment, "registry", "modelCount", []));
  const modelIds = Array.from({ length: Number(count) }, (_, index) => BigInt(index + 1));
  const view = await client.readContract(accountOf(deployment, account, modelIds));
  const issued = view.models.filter(({ isIssuer }) => isIssuer).map(({ modelId }) => modelId);
  const raises = new Map(
    await Promise.all(issued.map(async (id) => [id, await client.readContract(raiseOf(deployment, id))] as const)),
  );
  const creditOf = (id: bigint) => readOf(deployment, "waterfall", "creditOf", [seatOf("issuer", id)]);
  const credits = new Map(
    await Promise.all(issued.map(async (id) => [id, await client.readContract(creditOf(id))] as const)),
  );

  const { timestamp: time } = await client.getBlock();
  const done: string[] = [];
  for (const action of claimsOf(deployment, { account, view, time, raises, credits })) {
    const run = await dryRun(action, account, (transaction) =>
      client.request({ method: "eth_call", params: [transaction, "latest"] }),
    );
    if (run.outcome !== "accepted") {
      done.push(`${action.what}: ${run.refusal.sentence}`);
      continue;
    }
    await client.waitForTransactionReceipt({ hash: await wallet.sendTransaction(callOf(action)) });
    done.push(action.what);
  }
  return done;
}
