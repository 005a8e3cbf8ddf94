import type { Address, Hex } from "../../../../sdk/src/codec/hex.ts";
import type { Deployment } from "../../../../sdk/src/deployments/deployment.ts";
import { receiptDigester } from "../../../../sdk/src/gateway/receipt.ts";
import type { SignedReceipt, UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import type { FastCryptography } from "../signatures/cryptography.ts";

/** The gateway's own key, which signs receipts. */
export class ReceiptSigner {
  readonly address: Address;
  readonly digest: (receipt: UsageReceipt) => Hex;
  /** The books need the digest of a receipt before it is signed. */
  readonly #digests = new WeakMap<UsageReceipt, Hex>();
  readonly #key: Buffer;
  readonly #cryptography: FastCryptography;

  constructor(key: Buffer, deployment: Deployment, cryptography: FastCryptography) {
    this.#key = key;
    this.#cryptography = cryptography;
    this.address = cryptography.addressOf(key);
    const digestOf = receiptDigester(deployment, cryptography);
    this.digest = (receipt) => {
      const known = this.#digests.get(receipt) ?? digestOf(receipt);
      this.#digests.set(receipt, known);
      return known;
    };
  }

  /** Signs a receipt: the same one always gets the same signature. */
  sign(receipt: UsageReceipt): SignedReceipt {
    return { ...receipt, ...this.#cryptography.sign(this.digest(receipt), this.#key) };
  }
}
