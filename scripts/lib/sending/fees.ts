import { toBigInt } from "ethers";

import { nodeFailureOf } from "../rpc/failures.ts";
import type { Session } from "../chain/session.ts";

/** What a transaction offers for its gas [wei per gas], as it is signed. */
export type Fees =
  | { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint }
  /** On a chain without a base fee. */
  | { gasPrice: bigint };

/** By how much the base fee may rise until the transaction is executed: twice, as most wallets allow. */
const BASE_FEE_ROOM = 2n;

/**
 * What to offer for gas now.
 * @param priority What the person wants to add to the base fee [wei per gas]; undefined for what the node suggests.
 */
export async function feesNow(
  { connection }: Pick<Session, "connection">,
  priority: bigint | undefined,
): Promise<Fees> {
  const { provider } = connection.ethers;
  const block = (await provider.send("eth_getBlockByNumber", ["latest", false])) as { baseFeePerGas?: string };
  const suggested = async () => toBigInt((await provider.send("eth_gasPrice", [])) as string);
  if (block.baseFeePerGas === undefined) return { gasPrice: priority ?? (await suggested()) };
  const baseFee = toBigInt(block.baseFeePerGas);
  const tip = priority ?? (await suggestedTip(provider, baseFee, suggested));
  return { maxFeePerGas: BASE_FEE_ROOM * baseFee + tip, maxPriorityFeePerGas: tip };
}

/** What the node suggests on top of the base fee; not every node has a word for it. */
async function suggestedTip(
  provider: Session["connection"]["ethers"]["provider"],
  baseFee: bigint,
  suggested: () => Promise<bigint>,
): Promise<bigint> {
  try {
    return toBigInt((await provider.send("eth_maxPriorityFeePerGas", [])) as string);
  } catch (error) {
    if (nodeFailureOf(error)?.kind !== "other") throw error;
    const price = await suggested();
    return price > baseFee ? price - baseFee : 0n;
  }
}

/** The most that a gas costs with these fees [wei]. */
export const highestPrice = (fees: Fees): bigint => ("gasPrice" in fees ? fees.gasPrice : fees.maxFeePerGas);

/** What a gas costs if the base fee stays as it is [wei]. */
export const priceNow = (fees: Fees): bigint =>
  "gasPrice" in fees
    ? fees.gasPrice
    : (fees.maxFeePerGas - fees.maxPriorityFeePerGas) / BASE_FEE_ROOM + fees.maxPriorityFeePerGas;
