import { isBytes } from "../codec/bytes.ts";
import type { Address, Hex } from "../codec/hex.ts";
import { addressOf } from "../codec/address.ts";
import type { Flaw, Signed } from "./flaw.ts";
import { checkSigner } from "./recover.ts";
import { longForm, readFresh, readSignature } from "./signature.ts";
import { signTyped } from "./signer.ts";
import type { TypedDataSigner } from "./signer.ts";
import { hashTypedData } from "./typedData.ts";
import type { TypedData } from "./typedData.ts";

/** How a contract says that it has signed (ERC-1271). */
export const walletAbi = [
  {
    type: "function",
    name: "isValidSignature",
    stateMutability: "view",
    inputs: [
      { name: "hash", type: "bytes32" },
      { name: "signature", type: "bytes" },
    ],
    outputs: [{ name: "", type: "bytes4" }],
  },
] as const;

/** The question to a contract whether it has signed, as viem's `readContract` takes it; `requestOf` makes a call of it. */
export interface WalletQuestion {
  address: Address;
  abi: typeof walletAbi;
  functionName: "isValidSignature";
  args: readonly [hash: Hex, signature: Hex];
}

/** A signature of which only the chain can say whether it is good. */
export interface NeedsChain {
  ok: false;
  reason: "needsChain";
  sentence: string;
  /** What to ask: `isAccepted` reads the answer. */
  question: WalletQuestion;
  /** What holds if there is no contract at that address. */
  withoutCode: Signed | Flaw;
}

/** What is known besides what was signed. */
export interface CheckOptions {
  /** When it would be submitted [s]; without it no time is compared. */
  now?: bigint | undefined;
  /** Whether there is code at the address of who should have signed: then that decides, and no key. */
  hasCode?: boolean | undefined;
}

/** The answer of a contract that has signed. */
const MAGIC = "0x1626ba7e";

/** Whether the answer of a contract, decoded or as `eth_call` gave it, says that it has signed. */
export const isAccepted = (answer: unknown): boolean =>
  typeof answer === "string" && (answer === MAGIC || answer === MAGIC.padEnd(66, "0"));

/**
 * Checks a signature that goes to a contract as bytes, which takes those of keys and of contract wallets. A wallet must be
 * deployed; a key with code at its address (EIP-7702) is a wallet.
 */
export function checkBytes(
  hash: Hex,
  signature: unknown,
  user: string,
  hasCode: boolean | undefined,
): Signed | Flaw | NeedsChain {
  const withoutCode = checkSigner(hash, readSignature(signature, true), user, "the user");
  if (!isBytes(signature) || hasCode === false || (withoutCode.ok && hasCode === undefined)) return withoutCode;
  return {
    ...{ ok: false, reason: "needsChain", withoutCode },
    sentence: `Only the chain knows whether ${user} has signed: it may be a contract wallet, which must be asked.`,
    question: {
      ...{ address: addressOf(user), abi: walletAbi, functionName: "isValidSignature" },
      args: [hash, signature],
    },
  };
}

/** Has typed data signed for somebody. What the user's own key gives comes in the form that contracts take. */
export async function signBytes(signer: TypedDataSigner, typedData: TypedData, user: string): Promise<Hex> {
  const given = await signTyped(signer, typedData);
  const signature = readFresh(given);
  const isOfKey = signature.ok && checkSigner(hashTypedData(typedData), signature, user, "the user").ok;
  return isOfKey ? longForm(signature) : given;
}
