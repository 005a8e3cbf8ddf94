import { expect } from "chai";
import { TypedDataEncoder, verifyTypedData } from "ethers";

import type { Hex } from "../../sdk/src/codec/hex.ts";
import { gatewayDomainOf } from "../../sdk/src/gateway/domain.ts";
import { checkReceipt, jsonOfReceipt, receiptDigester, receiptOfJson } from "../../sdk/src/gateway/receipt.ts";
import type { SignedReceipt } from "../../sdk/src/gateway/receipt.ts";
import { MOST_SIGNED_TOGETHER, receiptsDigester } from "../../sdk/src/gateway/signedTogether.ts";
import { compactOf } from "../support/gateway/compact.ts";
import { GATEWAY } from "../support/gateway/fakeGateway.ts";
import { chat, gatewayWithClient } from "../support/gateway/gatewayClient.ts";
import { PLACE } from "../support/signedThings.ts";

const TYPES = { GatewayReceipts: [{ name: "digests", type: "bytes32[]" }] };

describe("Receipts that are signed together", () => {
  let receipts: SignedReceipt[];
  let digests: Hex[];

  /** Receipts with one signature for a list of digests. */
  const together = (list: Hex[], all = receipts): SignedReceipt[] => {
    const signature = compactOf(GATEWAY.signingKey.sign(receiptsDigester(PLACE)(list)));
    return all.map((receipt) => ({ ...receipt, signedWith: list, ...signature }));
  };
  const isGood = (receipt: SignedReceipt) => checkReceipt(PLACE, receipt, GATEWAY.address).ok;

  before(async () => {
    const { gateway, client } = gatewayWithClient();
    for (let round = 0; round < MOST_SIGNED_TOGETHER; round++) await chat(client);
    receipts = gateway.of(7).receipts;
    digests = receipts.map(receiptDigester(PLACE));
  });

  it("are all good by one signature, from one receipt to the most", () => {
    for (let count = 1; count <= MOST_SIGNED_TOGETHER; count++) {
      for (const receipt of together(digests.slice(0, count), receipts.slice(0, count))) {
        expect(isGood(receipt)).to.equal(true);
        const read = receiptOfJson(JSON.parse(JSON.stringify(jsonOfReceipt(receipt))));
        expect(read.ok && isGood(read.receipt)).to.equal(true);
      }
    }
  });

  it("have the signature that a wallet gives for EIP-712", () => {
    const domain = gatewayDomainOf(PLACE);
    expect(receiptsDigester(PLACE)(digests)).to.equal(TypedDataEncoder.hash(domain, TYPES, { digests }));
    const [{ r, vs } = { r: "", vs: "" }] = together(digests);
    expect(verifyTypedData(domain, TYPES, { digests }, `${r}${vs.slice(2)}`)).to.equal(GATEWAY.address);
  });

  it("are not good if the list has another order, leaves one out, or has one more", () => {
    const [first] = together(digests) as [SignedReceipt];
    const [one, ...rest] = digests as [Hex, ...Hex[]];
    for (const signedWith of [[...rest, one], [one, ...rest.slice(1)], [one], [], [one, ...rest, one]]) {
      expect(isGood({ ...first, signedWith })).to.equal(false);
    }
  });

  it("are not good if they are not in the list, or if it is longer than the most", () => {
    const [first] = together(digests.slice(1)) as [SignedReceipt];
    expect(checkReceipt(PLACE, first, GATEWAY.address)).to.deep.include({ ok: false, reason: "otherSigner" });
    const long = Array.from({ length: MOST_SIGNED_TOGETHER + 1 }, () => digests[0]!);
    expect(isGood({ ...first, signedWith: long })).to.equal(false);
    expect(receiptOfJson({ ...jsonOfReceipt(first), signedWith: long }).ok).to.equal(false);
  });

  it("are not good with something else than digests beside them, and nothing is thrown", () => {
    const [first] = together(digests) as [SignedReceipt];
    for (const bad of [undefined, null, "0x", {}, [1], [null], ["0x00"], [`0x${"g".repeat(64)}`]]) {
      expect(isGood({ ...first, signedWith: bad as Hex[] })).to.equal(false);
      expect(
        isGood({ ...first, signedWith: [...digests, ...(Array.isArray(bad) ? (bad as Hex[]) : [])].slice(1) }),
      ).to.equal(false);
    }
  });
});
