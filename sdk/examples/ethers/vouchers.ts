import type { Provider, Signer } from "ethers";
import {
  checkVoucher,
  deploymentOf,
  jsonOfVoucher,
  nameOf,
  paidAt,
  SKIP_WORDS,
  SKIPS,
  signVoucher,
  voucherOfJson,
} from "fomo-sdk";
import { connectProtocol } from "fomo-sdk/ethers";

/**
 * The user's side: signs for everything that was used of a model so far, with a session key or its own.
 * @param list What all of it costs at list price [USDC units]; what is paid is less by the user's discount.
 * @returns The voucher as JSON, as gateways and files have it.
 */
export async function signUsage(
  provider: Provider,
  signer: Signer,
  user: string,
  modelId: bigint,
  { units, list }: { units: bigint; list: bigint },
) {
  const deployment = deploymentOf((await provider.getNetwork()).chainId);
  const { staking } = connectProtocol(deployment.addresses, provider);
  const sums = { units, list, paid: paidAt(list, await staking.discountOf(modelId, user)) };
  const key = await signer.getAddress();
  const voucher = await signVoucher(signer, deployment, { user, key, modelId, ...sums });
  return jsonOfVoucher(deployment, voucher);
}

/**
 * The platform's side: reads a voucher that somebody sent, whatever it is, checks it, and asks the chain what it is worth.
 * @returns What settling it would collect now [USDC units], or why nothing.
 */
export async function worthOfVoucher(provider: Provider, received: unknown): Promise<bigint | string> {
  const deployment = deploymentOf((await provider.getNetwork()).chainId);
  const read = voucherOfJson(deployment, received);
  if (!read.ok) return read.sentence;
  const { voucher } = read;
  const checked = checkVoucher(deployment, voucher);
  if (!checked.ok) return checked.sentence;
  const { meter } = connectProtocol(deployment.addresses, provider);
  const { reason, collected } = await meter.previewVoucher(voucher.modelId, voucher);
  const skip = nameOf(SKIPS, reason);
  return skip === "none" ? collected.paid : SKIP_WORDS[skip];
}
