import type { Address, Hex } from "../../../../sdk/src/codec/hex.ts";
import type { Deployment } from "../../../../sdk/src/deployments/deployment.ts";
import { receiptDigester } from "../../../../sdk/src/gateway/receipt.ts";
import type { SignedReceipt, UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import { MOST_SIGNED_TOGETHER, receiptsDigester } from "../../../../sdk/src/gateway/signedTogether.ts";
import type { FastCryptography } from "../signatures/cryptography.ts";

/** A receipt that waits for its signature. */
interface Waiting {
  receipt: UsageReceipt;
  resolve: (signed: SignedReceipt) => void;
  reject: (error: unknown) => void;
}

/**
 * The gateway's own key, which signs receipts. Those of requests that end at once have one signature: it takes longer than
 * everything else that is done for a receipt.
 */
export class ReceiptSigner {
  readonly address: Address;
  readonly digest: (receipt: UsageReceipt) => Hex;
  readonly #digestOfAll: (digests: readonly Hex[]) => Hex;
  /** The books need the digest of a receipt before it is signed. */
  readonly #digests = new WeakMap<UsageReceipt, Hex>();
  readonly #key: Buffer;
  readonly #cryptography: FastCryptography;
  #waiting: Waiting[] = [];

  constructor(key: Buffer, deployment: Deployment, cryptography: FastCryptography) {
    this.#key = key;
    this.#cryptography = cryptography;
    this.address = cryptography.addressOf(key);
    const digestOf = receiptDigester(deployment, cryptography);
    this.#digestOfAll = receiptsDigester(deployment, cryptography);
    this.digest = (receipt) => {
      const known = this.#digests.get(receipt) ?? digestOf(receipt);
      this.#digests.set(receipt, known);
      return known;
    };
  }

  /** Signs a receipt, with the others that wait for their signature in this turn of the event loop. */
  sign(receipt: UsageReceipt): Promise<SignedReceipt> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ receipt, resolve, reject }) > 1) return;
      setImmediate(() => {
        const waiting = this.#waiting;
        this.#waiting = [];
        for (let from = 0; from < waiting.length; from += MOST_SIGNED_TOGETHER) {
          this.#signAll(waiting.slice(from, from + MOST_SIGNED_TOGETHER));
        }
      });
    });
  }

  #signAll(waiting: readonly Waiting[]): void {
    try {
      const signedWith = waiting.map(({ receipt }) => this.digest(receipt));
      const signature = this.#cryptography.sign(this.#digestOfAll(signedWith), this.#key);
      for (const { receipt, resolve } of waiting) resolve({ ...receipt, signedWith, ...signature });
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}
