import { AbiCoder, keccak256, toBeHex } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

import { connectToken } from "../../sdk/src/ethers/connect.ts";

/** Balances of a token lie in one of its first slots, or where OpenZeppelin's upgradeable ERC-20 keeps them. */
const CANDIDATE_SLOTS = [
  ...Array.from({ length: 64 }, (_, slot) => BigInt(slot)),
  0x52c63247e1f47db19d5ce0460030c497f067ca4cebf71ba98eeadabe20bace00n,
];

/**
 * Gives an account some of a token on a fork, whoever holds the real ones: it finds the slot in which the token keeps
 * balances and writes there.
 */
export async function deal(
  { ethers, networkHelpers }: NetworkConnection,
  tokenAddress: string,
  account: string,
  amount: bigint,
): Promise<void> {
  const token = connectToken(tokenAddress, ethers.provider);
  for (const slot of CANDIDATE_SLOTS) {
    const key = keccak256(AbiCoder.defaultAbiCoder().encode(["address", "uint256"], [account, slot]));
    const before = await networkHelpers.getStorageAt(tokenAddress, key);
    await networkHelpers.setStorageAt(tokenAddress, key, toBeHex(amount, 32));
    if ((await token.balanceOf(account)) === amount) return;
    await networkHelpers.setStorageAt(tokenAddress, key, before);
  }
  throw new Error(`It is not known where ${tokenAddress} keeps its balances: add its slot to test/fork/deal.ts.`);
}
