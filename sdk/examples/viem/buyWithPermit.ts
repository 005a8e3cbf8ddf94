import {
  buyExactIn,
  callOf,
  deploymentOf,
  eventOf,
  purchaseLimit,
  quoteExactIn,
  raiseOf,
  readOf,
  signPermit,
  tokenDomain,
  withPermit,
} from "fomo-sdk";
import type { Account, Chain, PublicClient, Transport, WalletClient } from "viem";

/**
 * Buys MT of a model for a payment in FLOCK [FLOCK wei], in one transaction and without an approval before it. Nothing is
 * bought at more than 0.5% above the quote, later than in ten minutes, or of another launch with the same number.
 */
export async function buyWithPermit(
  client: PublicClient,
  wallet: WalletClient<Transport, Chain, Account>,
  modelId: bigint,
  flockIn: bigint,
) {
  const deployment = deploymentOf(wallet.chain.id);
  const buyer = wallet.account.address;
  const { token } = await client.readContract(raiseOf(deployment, modelId));
  const sale = await client.readContract(readOf(deployment, "offering", "saleOf", [modelId]));
  const quote = quoteExactIn(sale, flockIn);
  const { bound: mtOutMin } = purchaseLimit({ kind: "slippage", bps: 50n }, quote);
  const deadline = (await client.getBlock()).timestamp + 600n;
  const action = buyExactIn(deployment, { modelId, flockIn, mtOutMin, recipient: buyer, deadline, token });

  // The permit is for what the purchase may cost, no more.
  const answers = {
    DOMAIN_SEPARATOR: await client.readContract(readOf(deployment, "flock", "DOMAIN_SEPARATOR", [])),
    eip712Domain: await client.readContract(readOf(deployment, "flock", "eip712Domain", [])),
  };
  const domain = tokenDomain({ chainId: deployment.chainId, token: deployment.addresses.flock }, answers);
  if (domain === undefined) throw new Error("FLOCK takes no permits here: send callsOf(action) instead");
  const nonce = await client.readContract(readOf(deployment, "flock", "nonces", [buyer]));
  const { spender, max: value } = action.payment;
  const permit = await signPermit(wallet, domain, { owner: buyer, spender, value, nonce, deadline });

  const hash = await wallet.sendTransaction(callOf(withPermit(action, permit)));
  const receipt = await client.waitForTransactionReceipt({ hash });
  return eventOf(deployment, receipt, "offering", "Bought").args;
}
