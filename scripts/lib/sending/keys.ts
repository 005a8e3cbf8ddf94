import { HDNodeWallet, Mnemonic, Wallet } from "ethers";
import type { BaseWallet } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

/**
 * The wallet of an account whose key this project has, so that a transaction's hash is known before it is sent; undefined
 * if the node itself has the key, as a local chain's does.
 */
export async function walletOf(
  { networkConfig }: NetworkConnection,
  address: string,
): Promise<BaseWallet | HDNodeWallet | undefined> {
  if (networkConfig.type !== "http" || networkConfig.accounts === "remote") return undefined;
  const { accounts } = networkConfig;
  if (Array.isArray(accounts)) {
    for (const account of accounts) {
      const wallet = new Wallet(await account.getHexString());
      if (wallet.address === address) return wallet;
    }
    return undefined;
  }
  const mnemonic = Mnemonic.fromPhrase(await accounts.mnemonic.get(), await accounts.passphrase.get());
  const root = HDNodeWallet.fromMnemonic(mnemonic, accounts.path);
  for (let index = accounts.initialIndex; index < accounts.initialIndex + accounts.count; index++) {
    const wallet = root.deriveChild(index);
    if (wallet.address === address) return wallet;
  }
  return undefined;
}
