import { mnemonicToAccount } from "viem/accounts";

/** The ids of chains that come and go on one machine: `npm run node` takes the first. */
const FIRST = 31_337;
const COUNT = 100;

/** Whether a chain is one of those, and worth nothing. */
export const isLocal = (chainId: number): boolean => chainId >= FIRST && chainId < FIRST + COUNT;

/** Everybody knows the accounts of local chains. */
const PHRASE = "test test test test test test test test test test test junk";

/** "stranger" there: somebody who has ether and nothing else. */
const STRANGER = 10;

/** A key that pays gas on a local chain, where nobody names another. */
export function localRelayerKey(): Buffer {
  const { privateKey } = mnemonicToAccount(PHRASE, { addressIndex: STRANGER }).getHdKey();
  return Buffer.from(privateKey!); // an account of a phrase has one
}
