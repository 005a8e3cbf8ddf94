import { N, isHexString } from "ethers";
import type { HttpNetworkAccountsConfig, ResolvedConfigurationVariable } from "hardhat/types/config";

import { CommandError } from "../command/commandError.ts";

/** Whether a network's accounts are keys of ours; otherwise its node has the accounts. */
export const hasKeys = (accounts: HttpNetworkAccountsConfig | undefined): accounts is ResolvedConfigurationVariable[] =>
  Array.isArray(accounts);

/**
 * Refuses keys that are none, before a library that may print them sees them.
 * @throws CommandError that names the variable, and never its value.
 */
export async function requireKeys(accounts: ResolvedConfigurationVariable[]): Promise<void> {
  for (const account of accounts) {
    if (isKey((await account.get()).trim())) continue;
    const name = "name" in account ? String(account.name) : "The network's key";
    throw new CommandError(
      `${name} is not a private key: it must be 0x and 64 hexadecimal digits. Correct it in Hardhat's keystore or in the environment, whichever has it.`,
    );
  }
}

/** A number below the order of the curve, in 32 bytes. */
function isKey(text: string): boolean {
  const hex = text.startsWith("0x") ? text : `0x${text}`;
  if (!isHexString(hex, 32)) return false;
  const key = BigInt(hex);
  return key !== 0n && key < N;
}
