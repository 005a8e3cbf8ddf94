import type { Signer } from "ethers";
import {
  buyExactIn,
  callOf,
  deploymentOf,
  eventOf,
  purchaseLimit,
  quoteExactIn,
  signPermit,
  tokenDomain,
  withPermit,
} from "fomo-sdk";
import { connectProtocol } from "fomo-sdk/ethers";

/**
 * Buys MT of a model for a payment in FLOCK [FLOCK wei], in one transaction and without an approval before it. Nothing is
 * bought at more than 0.5% above the quote, later than in ten minutes, or of another launch with the same number.
 */
export async function buyWithPermit(signer: Signer, modelId: bigint, flockIn: bigint) {
  const provider = signer.provider!; // a signer that sends has one
  const deployment = deploymentOf((await provider.getNetwork()).chainId);
  const { lens, offering, flock } = connectProtocol(deployment.addresses, signer);
  const buyer = await signer.getAddress();
  const { token } = await lens.raiseOf(modelId);
  const quote = quoteExactIn(await offering.saleOf(modelId), flockIn);
  const { bound: mtOutMin } = purchaseLimit({ kind: "slippage", bps: 50n }, quote);
  const deadline = BigInt((await provider.getBlock("latest"))!.timestamp) + 600n;
  const action = buyExactIn(deployment, { modelId, flockIn, mtOutMin, recipient: buyer, deadline, token });

  // The permit is for what the purchase may cost, no more.
  const answers = { DOMAIN_SEPARATOR: await flock.DOMAIN_SEPARATOR(), eip712Domain: await flock.eip712Domain() };
  const domain = tokenDomain({ chainId: deployment.chainId, token: deployment.addresses.flock }, answers);
  if (domain === undefined) throw new Error("FLOCK takes no permits here: send callsOf(action) instead");
  const nonce = await flock.nonces(buyer);
  const { spender, max: value } = action.payment;
  const permit = await signPermit(signer, domain, { owner: buyer, spender, value, nonce, deadline });

  const receipt = await (await signer.sendTransaction(callOf(withPermit(action, permit)))).wait();
  return eventOf(deployment, receipt!, "offering", "Bought").args; // it was waited for
}
