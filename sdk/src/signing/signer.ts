import { isBytes } from "../codec/bytes.ts";
import type { Hex } from "../codec/hex.ts";
import { FomoError } from "../errors/fomoError.ts";
import { mistakeOf } from "./flaw.ts";
import { checkSigner } from "./recover.ts";
import { readFresh } from "./signature.ts";
import type { WellFormed } from "./signature.ts";
import type { TypedDataField } from "./structs.ts";
import { hashTypedData } from "./typedData.ts";
import type { Domain, TypedData } from "./typedData.ts";

/** Any signer of ethers 6: a `Wallet`, a `JsonRpcSigner`, or what others build on its `AbstractSigner`. */
export interface EthersSigner {
  getAddress(): Promise<string>;
  signTypedData(
    domain: Domain,
    types: Record<string, TypedDataField[]>,
    value: Record<string, string | bigint>,
  ): Promise<string>;
}

/** A `LocalAccount` or a `SmartAccount` of viem, or its `WalletClient` with an account in it. */
export interface ViemSigner {
  readonly type: string;
  readonly signTypedData: (parameters: never) => Promise<string>;
}

/**
 * Whoever signs typed data: a signer of ethers, an account or a wallet client of viem, or a function that has it signed in
 * any other way, such as with `typedDataJson` and `eth_signTypedData_v4`.
 */
export type TypedDataSigner = EthersSigner | ViemSigner | ((typedData: TypedData) => Promise<string>);

/**
 * Has typed data signed. Signers of the two libraries are told apart by `type`, which everything of viem states and nothing
 * of ethers does; not by how many parameters a function names, which whatever wraps it can change. A wrong guess would
 * never sign anything else: ethers without types, and viem without a primary type, refuse.
 * @returns What the signer gave: of a key 65 bytes, of a contract wallet whatever that wallet accepts.
 * @throws FomoError `badSignature` if the signer cannot sign this, has no account or gives no bytes; and whatever the signer throws, as when
 * somebody says no.
 */
export async function signTyped(signer: TypedDataSigner, typedData: TypedData): Promise<Hex> {
  const signature = await askSigner(signer, typedData);
  if (isBytes(signature)) return signature;
  throw new FomoError("badSignature", "The signer gave no signature: hexadecimal text is one.");
}

/**
 * Has typed data signed by the key of an address.
 * @param who Whose address it is, in words, such as "the owner".
 * @throws FomoError `badSignature` if another key has signed, or none.
 */
export async function signByKey(
  signer: TypedDataSigner,
  typedData: TypedData,
  address: string,
  who: string,
): Promise<WellFormed> {
  const signature = readFresh(await signTyped(signer, typedData));
  if (!signature.ok) throw mistakeOf(signature);
  const checked = checkSigner(hashTypedData(typedData), signature, address, who);
  if (!checked.ok) throw mistakeOf(checked);
  return signature;
}

async function askSigner(signer: TypedDataSigner, typedData: TypedData): Promise<string> {
  if (typeof signer === "function") return await signer(typedData);
  if (typeof (signer as Partial<EthersSigner>).signTypedData !== "function") {
    throw new FomoError(
      "badSignature",
      "The signer signs no typed data: give ethers' signer, or viem's local account or wallet client.",
    );
  }
  if (!isOfViem(signer)) return await signer.signTypedData(typedData.domain, typedData.types, typedData.message);
  if ("transport" in signer && !("account" in signer && signer.account !== undefined)) {
    throw new FomoError("badSignature", "The wallet client has no account: create it with the one that signs.");
  }
  return await signer.signTypedData(typedData as never); // its type depends on what is signed
}

const isOfViem = (signer: EthersSigner | ViemSigner): signer is ViemSigner =>
  "type" in signer && typeof signer.type === "string";
