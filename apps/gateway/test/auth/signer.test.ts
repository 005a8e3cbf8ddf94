import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";

import { checkReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import type { UsageReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import { MOST_SIGNED_TOGETHER } from "../../../../sdk/src/gateway/signedTogether.ts";
import { ReceiptSigner } from "../../src/auth/signer.ts";
import { loadCryptography } from "../../src/signatures/cryptography.ts";
import { DEPLOYMENT } from "../support/chain.ts";

const USAGE = { units: 1n, list: 2n, paid: 2n };
const WORD = `0x${"12".repeat(32)}` as const;

const receiptOf = (number: number): UsageReceipt => ({
  ...{ requestId: WORD, user: DEPLOYMENT.addresses.meter, key: DEPLOYMENT.addresses.meter, modelId: 1n },
  ...{ number: BigInt(number), previous: WORD, tokens: { input: 1, cached: 0, output: 1 }, used: USAGE, sums: USAGE },
  ...{ requestHash: WORD, answerHash: WORD, servedAt: 1n },
});

describe("the signer of receipts", () => {
  for (const count of [1, 2, MOST_SIGNED_TOGETHER, MOST_SIGNED_TOGETHER + 1, 100]) {
    it(`signs ${count.toString()} at once, each with as many as may be`, async () => {
      const signer = new ReceiptSigner(randomBytes(32), DEPLOYMENT, await loadCryptography());
      const receipts = Array.from({ length: count }, (_, index) => receiptOf(index + 1));
      const signed = await Promise.all(receipts.map((receipt) => signer.sign(receipt)));
      for (const [index, receipt] of signed.entries()) {
        assert.equal(receipt.number, BigInt(index + 1));
        assert.equal(checkReceipt(DEPLOYMENT, receipt, signer.address).ok, true);
      }
      assert.equal(new Set(signed.map(({ r }) => r)).size, Math.ceil(count / MOST_SIGNED_TOGETHER));
    });
  }

  it("tells whoever waits what stands in the way", async () => {
    const signer = new ReceiptSigner(randomBytes(32), DEPLOYMENT, await loadCryptography());
    const broken = { ...receiptOf(1), tokens: undefined } as unknown as UsageReceipt;
    await assert.rejects(signer.sign(broken), TypeError);
    assert.equal(checkReceipt(DEPLOYMENT, await signer.sign(receiptOf(1)), signer.address).ok, true);
  });
});
