import { expect } from "chai";
import { Signature, SigningKey, Wallet, id, toBeHex } from "ethers";

import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import type { Hex } from "../../sdk/src/codec/hex.ts";
import { recoverSigner } from "../../sdk/src/signing/recover.ts";
import { longForm, readCompact, readFresh, readParts, readSignature } from "../../sdk/src/signing/signature.ts";
import { signTyped } from "../../sdk/src/signing/signer.ts";
import type { TypedDataSigner } from "../../sdk/src/signing/signer.ts";
import { typedDataJson } from "../../sdk/src/signing/typedData.ts";
import type { TypedData } from "../../sdk/src/signing/typedData.ts";
import { signVoucher, signatureOf, voucherTypedData } from "../../sdk/src/signing/voucher.ts";
import { ethers } from "../support/fixtures.ts";
import { highTwin } from "../support/signatures.ts";
import { PLACE } from "../support/signedThings.ts";

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const WALLET = new Wallet(id("whoever signs"));
const HASH = id("what is signed") as Hex;

/** The signature of a hash as ethers gives it; its v is 27 or 28 as asked for. */
function signatureWith(v: 27 | 28): Signature {
  for (let i = 0; ; ++i) {
    const signature = new SigningKey(WALLET.privateKey).sign(id(`what is signed ${i}`));
    if (signature.v === v) return signature;
  }
}

const SIGNED = new SigningKey(WALLET.privateKey).sign(HASH);
const word = (value: bigint) => toBeHex(value, 32);

/** The same bytes with another last one. */
const endingWith = (v: number, signature = SIGNED.serialized) =>
  `${signature.slice(0, -2)}${v.toString(16).padStart(2, "0")}`;

describe("SDK: signatures", () => {
  describe("that are well-formed", () => {
    for (const v of [27, 28] as const) {
      it(`are read in every form, with a v of ${v}`, () => {
        const { r, s, yParityAndS: vs, serialized, compactSerialized, yParity } = signatureWith(v);
        const forms = { ok: true, r, s, v, vs };
        expect(readSignature(serialized)).to.deep.equal(forms);
        expect(readSignature(`0x${serialized.slice(2).toUpperCase()}`)).to.deep.equal(forms);
        expect(readSignature(endingWith(yParity, serialized))).to.deep.equal(forms);
        expect(readSignature(compactSerialized)).to.deep.equal(forms);
        expect(readSignature(serialized, true)).to.deep.equal(forms);
        expect(readCompact(r, vs)).to.deep.equal(forms);
        expect(readParts(v, r, s)).to.deep.equal(forms);
        expect(readParts(BigInt(v), r, s)).to.deep.equal(forms);
        expect(longForm({ r, s, v } as never)).to.equal(serialized);
      });

      it(`are read with the low s from a device that gives the high one, with a v of ${v}`, () => {
        const { r, s, yParityAndS: vs, serialized } = signatureWith(v);
        const twin = highTwin(serialized) as Hex;
        expect(readSignature(twin)).to.include({ ok: false, reason: "highS" });
        expect(readFresh(twin)).to.deep.equal({ ok: true, r, s, v, vs });
        const parity = twin.endsWith("1b") ? 0 : 1;
        expect(readFresh(endingWith(parity, twin) as Hex)).to.deep.equal({ ok: true, r, s, v, vs });
        expect(readFresh(serialized as Hex)).to.deep.equal({ ok: true, r, s, v, vs });
      });
    }

    it("say whose they are", () => {
      expect(recoverSigner(HASH, SIGNED as never)).to.equal(WALLET.address);
      expect(recoverSigner(id("something else") as Hex, SIGNED as never)).not.to.equal(WALLET.address);
    });
  });

  describe("that are malformed", () => {
    const { r, s, serialized, compactSerialized } = SIGNED;
    const withWords = (one: bigint, other: bigint) => `${word(one)}${word(other).slice(2)}1b`;
    const CASES: [what: string, signature: unknown, reason: string, sentence: RegExp][] = [
      ["no text", 1, "notHex", /must be hexadecimal text/],
      ["nothing", undefined, "notHex", /hexadecimal/],
      ["an object", { r, s, v: 27 }, "notHex", /hexadecimal/],
      ["a word", "signed", "notHex", /hexadecimal/],
      ["base64", Buffer.from(serialized.slice(2), "hex").toString("base64"), "notHex", /hexadecimal/],
      ["hexadecimal without 0x", serialized.slice(2), "notHex", /hexadecimal/],
      ["half a byte too much", `${serialized}0`, "notHex", /two digits for each byte/],
      ["a digit that is none", serialized.replace(/.$/, "g"), "notHex", /hexadecimal/],
      ["a line at its end", `${serialized}\n`, "notHex", /hexadecimal/],
      ["no byte", "0x", "wrongLength", /has 0 bytes: it must have 65, or 64 in the compact form\.$/],
      ["two bytes too few", serialized.slice(0, -4), "wrongLength", /has 63 bytes/],
      ["a byte too many", `${serialized}00`, "wrongLength", /has 66 bytes/],
      ["a v of 2", endingWith(2), "badV", /must be 27 or 28/],
      ["a v of 26", endingWith(26), "badV", /must be 27 or 28/],
      ["a v of 29", endingWith(29), "badV", /must be 27 or 28/],
      ["a v with a chain in it", endingWith(37), "badV", /must be 27 or 28/],
      ["an r of zero", withWords(0n, 1n), "badR", /r is zero or too large/],
      ["an r of the order", withWords(ORDER, 1n), "badR", /r is zero or too large/],
      ["an s of zero", withWords(1n, 0n), "badS", /s is zero or too large/],
      ["an s of the order", withWords(1n, ORDER), "badS", /s is zero or too large/],
      ["an s above all", withWords(1n, 2n ** 256n - 1n), "badS", /s is zero or too large/],
      ["the first high s", withWords(1n, ORDER / 2n + 1n), "highS", /EIP-2/],
      ["the last high s", withWords(1n, ORDER - 1n), "highS", /EIP-2/],
      ["its high twin", highTwin(serialized), "highS", /EIP-2/],
      ["a compact s of zero", `${word(1n)}${word(2n ** 255n).slice(2)}`, "badS", /s is zero/],
      ["a compact high s", `${word(1n)}${word(2n ** 255n - 1n).slice(2)}`, "highS", /EIP-2/],
    ];
    for (const [what, signature, reason, sentence] of CASES) {
      it(`are named: ${what}`, () => {
        const found = readSignature(signature);
        expect(found).to.include({ ok: false, reason });
        expect(found.ok ? "" : found.sentence).to.match(sentence);
      });
    }

    it("are so for a contract that takes bytes, though they are good otherwise", () => {
      expect(readSignature(compactSerialized, true)).to.include({ reason: "wrongLength" });
      for (const v of [0, 1]) {
        expect(readSignature(endingWith(v))).to.include({ ok: true });
        expect(readSignature(endingWith(v), true)).to.include({ reason: "badV" });
      }
    });

    it("are so in their parts and in the compact form", () => {
      for (const v of [0, 1, 29, 27.5, "27", null, 2n ** 64n]) {
        expect(readParts(v, r, s), String(v)).to.include({ reason: "badV" });
      }
      for (const bad of [`${r}00`, r.slice(0, -2), "0x"]) {
        expect(readParts(27, bad, s)).to.include({ reason: "wrongLength" });
        expect(readParts(27, r, bad)).to.include({ reason: "wrongLength" });
        expect(readCompact(r, bad)).to.include({ reason: "wrongLength" });
      }
      for (const bad of [undefined, 5n, "r", r.slice(2)]) {
        expect(readParts(27, bad, s)).to.include({ reason: "notHex" });
        expect(readCompact(r, bad)).to.include({ reason: "notHex" });
      }
    });

    it("are so at the very bounds, and no further", () => {
      expect(readParts(27, word(ORDER - 1n), word(ORDER / 2n))).to.include({ ok: true });
      expect(readParts(27, word(1n), word(1n))).to.include({ ok: true });
    });

    it("stay what they are if a signer gives them", () => {
      for (const given of [
        "0x",
        serialized.slice(0, -2).concat("05"),
        `${word(1n)}${word(2n ** 255n - 1n).slice(2)}`,
      ]) {
        expect(readFresh(given as Hex)).to.deep.equal(readSignature(given));
      }
    });

    it("are nobody's if r is on no point of the curve", () => {
      const forms = { r: word(5n), s: word(1n), v: 27 } as never;
      expect(recoverSigner(HASH, forms)).to.equal(undefined);
    });
  });
});

describe("SDK: signers", () => {
  const voucher = { user: WALLET.address, key: WALLET.address, modelId: 1n, units: 2n, list: 3n, paid: 3n };
  const typedData = voucherTypedData(PLACE, voucher);
  let expected: string;
  before(async () => {
    expected = await WALLET.signTypedData(typedData.domain, typedData.types, typedData.message);
  });

  /** Signs as everything of viem does: one parameter, which must name the primary type. */
  const likeViem = (given: TypedData, ...others: unknown[]) => {
    if (others.length !== 0) throw new Error("viem takes one parameter");
    const { domain, types, primaryType, message } = given;
    expect(types).to.have.property(primaryType);
    return WALLET.signTypedData(domain, types, message);
  };
  const SIGNERS: [what: string, signer: () => TypedDataSigner][] = [
    ["ethers' Wallet", () => WALLET],
    ["ethers' Wallet with a provider", () => WALLET.connect(ethers.provider)],
    ["an account of viem", () => ({ type: "local", address: WALLET.address, signTypedData: likeViem })],
    [
      "a contract account of viem, which can be asked for its address as signers of ethers can",
      () => ({ type: "smart", getAddress: () => Promise.resolve(WALLET.address), signTypedData: likeViem }),
    ],
    [
      "a wallet client of viem",
      () => ({ type: "walletClient", transport: {}, account: { address: WALLET.address }, signTypedData: likeViem }),
    ],
    [
      "an account whose function somebody has wrapped",
      () => ({ type: "local", signTypedData: (...all: [TypedData]) => likeViem(...all) }),
    ],
    [
      "a function that asks a wallet for eth_signTypedData_v4",
      () => (given) => {
        const { domain, types, primaryType, message } = JSON.parse(typedDataJson(given)) as TypedData;
        const own = { [primaryType]: types[primaryType]! }; // ethers takes no type of the domain
        return WALLET.signTypedData(domain, own, message);
      },
    ],
  ];
  for (const [what, signer] of SIGNERS) {
    it(`sign: ${what}`, async () => {
      expect(await signTyped(signer(), typedData)).to.equal(expected);
      const signed = await signVoucher(signer(), PLACE, voucher);
      expect(signatureOf(signed)).to.equal(expected);
    });
  }

  it("sign on an account of a node", async () => {
    const [signer] = await ethers.getSigners();
    const { address } = signer!;
    const signed = await signVoucher(signer!, PLACE, { ...voucher, user: address, key: address });
    expect(signed).to.include({ user: address, key: address, paid: 3n });
  });

  it("are refused without an account, or if they give no bytes", async () => {
    const refusal = (signer: unknown) =>
      signTyped(signer as TypedDataSigner, typedData).then(
        () => undefined,
        (error: unknown) => error,
      );
    for (const account of [{}, { account: undefined }]) {
      const error = await refusal({ type: "walletClient", transport: {}, ...account, signTypedData: likeViem });
      expect(error).to.be.instanceOf(FomoError).with.property("code", "badSignature");
    }
    const unable = await refusal({ type: "json-rpc", address: WALLET.address });
    expect(unable)
      .to.be.instanceOf(FomoError)
      .with.property("message")
      .that.matches(/wallet client\.$/);
    for (const given of [undefined, null, {}, "no", "0x0"]) {
      const error = await refusal(() => Promise.resolve(given));
      expect(error)
        .to.be.instanceOf(FomoError)
        .with.property("message", "The signer gave no signature: hexadecimal text is one.");
    }
  });

  it("are refused for a voucher of another key, and hand on what they themselves throw", async () => {
    const refused = await signVoucher(Wallet.createRandom(), PLACE, voucher).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(FomoError).with.property("code", "badSignature");
    expect((refused as FomoError).message).to.match(/is not that of the key 0x/);
    const no = new Error("the user said no");
    const thrown = await signVoucher(() => Promise.reject(no), PLACE, voucher).catch((error: unknown) => error);
    expect(thrown).to.equal(no);
  });

  it("sign with the high s, as some devices do: the voucher has the low one", async () => {
    const signed = await signVoucher(() => Promise.resolve(highTwin(expected)), PLACE, voucher);
    expect(signatureOf(signed)).to.equal(expected);
  });
});
