import {
  checkVoucher,
  deploymentOf,
  jsonOfVoucher,
  nameOf,
  paidAt,
  readOf,
  SKIP_WORDS,
  SKIPS,
  signVoucher,
  voucherOfJson,
} from "fomo-sdk";
import type { LocalAccount, PublicClient } from "viem";

/**
 * The user's side: signs for everything that was used of a model so far, with a session key or its own.
 * @param list What all of it costs at list price [USDC units]; what is paid is less by the user's discount.
 * @returns The voucher as JSON, as gateways and files have it.
 */
export async function signUsage(
  client: PublicClient,
  key: LocalAccount,
  user: `0x${string}`,
  modelId: bigint,
  { units, list }: { units: bigint; list: bigint },
) {
  const deployment = deploymentOf(await client.getChainId());
  const discount = await client.readContract(readOf(deployment, "staking", "discountOf", [modelId, user]));
  const sums = { units, list, paid: paidAt(list, discount) };
  const voucher = await signVoucher(key, deployment, { user, key: key.address, modelId, ...sums });
  return jsonOfVoucher(deployment, voucher);
}

/**
 * The platform's side: reads a voucher that somebody sent, whatever it is, checks it, and asks the chain what it is worth.
 * @returns What settling it would collect now [USDC units], or why nothing.
 */
export async function worthOfVoucher(client: PublicClient, received: unknown): Promise<bigint | string> {
  const deployment = deploymentOf(await client.getChainId());
  const read = voucherOfJson(deployment, received);
  if (!read.ok) return read.sentence;
  const { voucher } = read;
  const checked = checkVoucher(deployment, voucher);
  if (!checked.ok) return checked.sentence;
  const preview = readOf(deployment, "meter", "previewVoucher", [voucher.modelId, voucher]);
  const [reason, collected] = await client.readContract(preview);
  const skip = nameOf(SKIPS, BigInt(reason));
  return skip === "none" ? collected.paid : SKIP_WORDS[skip];
}
