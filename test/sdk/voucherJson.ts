import { expect } from "chai";
import { Signature } from "ethers";

import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import { checkVoucher } from "../../sdk/src/signing/checkVoucher.ts";
import { jsonOfVoucher, voucherOfJson } from "../../sdk/src/signing/voucherJson.ts";
import { signVoucher, signatureOf } from "../../sdk/src/signing/voucher.ts";
import { highTwin } from "../support/signatures.ts";
import { KEY, METER, OTHER, PLACE, USER, VOUCHER } from "../support/signedThings.ts";

const ENTRY = {
  chainId: 31_337,
  meter: METER,
  user: USER.address,
  key: KEY.address,
  modelId: 7,
  units: "2000000",
  listUsdc: "3",
  paidUsdc: "2.5",
  signature: signatureOf(VOUCHER),
};

describe("SDK: a voucher in JSON", () => {
  it("is what the commands write into a voucher file", () => {
    expect(jsonOfVoucher(PLACE, VOUCHER)).to.deep.equal(ENTRY);
    expect(Object.keys(jsonOfVoucher(PLACE, VOUCHER))).to.deep.equal(Object.keys(ENTRY));
  });

  it("comes back as it was, through text, and is still signed", () => {
    const read = voucherOfJson(PLACE, JSON.parse(JSON.stringify(ENTRY)));
    expect(read).to.deep.equal({ ok: true, voucher: VOUCHER });
    expect(checkVoucher(PLACE, VOUCHER)).to.include({ ok: true, signer: KEY.address });
  });

  it("may have the compact signature, addresses without a checksum, and zeros at the end of its amounts", () => {
    const { compactSerialized } = Signature.from(ENTRY.signature);
    const [meter, user] = [METER.toLowerCase(), USER.address.toLowerCase()];
    const other = { ...ENTRY, signature: compactSerialized, meter, user, paidUsdc: "02.500000" };
    expect(voucherOfJson(PLACE, other)).to.deep.equal({ ok: true, voucher: VOUCHER });
  });

  it("has the decimals of the chain's USDC", async () => {
    const place = { ...PLACE, usdcDecimals: 18 };
    const { user, key, modelId } = VOUCHER;
    const sums = { units: 1n, list: 10n ** 18n + 1n, paid: 10n ** 18n };
    const voucher = await signVoucher(KEY, place, { user, key, modelId, ...sums });
    const entry = jsonOfVoucher(place, voucher);
    expect(entry).to.include({ listUsdc: "1.000000000000000001", paidUsdc: "1" });
    expect(voucherOfJson(place, entry)).to.deep.equal({ ok: true, voucher });
  });

  it("holds the largest sums, and no model that JSON has no number for", () => {
    const largest = { ...VOUCHER, units: 2n ** 64n - 1n, list: 2n ** 96n - 1n, paid: 2n ** 96n - 1n };
    expect(voucherOfJson(PLACE, jsonOfVoucher(PLACE, largest))).to.deep.equal({ ok: true, voucher: largest });
    const modelId = BigInt(Number.MAX_SAFE_INTEGER);
    expect(voucherOfJson(PLACE, jsonOfVoucher(PLACE, { ...VOUCHER, modelId }))).to.include({ ok: true });
    expect(() => jsonOfVoucher(PLACE, { ...VOUCHER, modelId: modelId + 1n })).to.throw(FomoError, /no number for/);
    expect(() => jsonOfVoucher(PLACE, { ...VOUCHER, r: "0x" })).to.throw(FomoError, /must have 32 bytes/);
  });

  const REFUSED: [what: string, entry: unknown, reason: string, sentence: RegExp][] = [
    ["nothing", null, "unreadable", /^Invalid input: expected object, received null\.$/],
    ["a list", [ENTRY], "unreadable", /^Invalid input: expected object, received array\.$/],
    ["a text", "voucher", "unreadable", /^Invalid input: expected object, received string\.$/],
    [
      "several mistakes, all of them",
      { ...ENTRY, units: 5, paidUsdc: ".5", note: "more", other: 1 },
      "unreadable",
      /^`units` must be a whole number in quotes, up to 18446744073709551615; `paidUsdc` must be a decimal number in quotes, such as "100" or "0\.25"; Unrecognized keys: "note", "other"\.$/,
    ],
    ["a key too few", { ...ENTRY, key: undefined }, "unreadable", /^`key` must be an address in quotes\.$/],
    ["a key that does something to a terminal", { ...ENTRY, ["\u001b[31m"]: 1 }, "unreadable", /"\\u\{1b\}\[31m"/],
    ["an amount that is too fine", { ...ENTRY, listUsdc: "3.0000001" }, "unreadable", /^`listUsdc` is 3\.0000001: write at most 6 decimals\.$/],
    ["an amount beyond 96 bits", { ...ENTRY, listUsdc: "79228162514264337593543.950336" }, "unreadable", /^`listUsdc` is 7922.*, more than a contract can hold: write at most 79228162514264337593543\.950335\.$/],
    ["an amount of a million digits", { ...ENTRY, paidUsdc: "9".repeat(1_000_000) }, "unreadable", /^`paidUsdc` is 9+… \(1000000 characters\), more than a contract can hold/],
    ["units beyond 64 bits", { ...ENTRY, units: "18446744073709551616" }, "unreadable", /^`units` must be/],
    ["units of a million digits", { ...ENTRY, units: "9".repeat(1_000_000) }, "unreadable", /^`units` must be/],
    ["another chain", { ...ENTRY, chainId: 1 }, "foreign", /^It is for chain 1, and embedded is chain 31337\.$/],
    ["another meter", { ...ENTRY, meter: OTHER }, "foreign", new RegExp(`^It is for the meter ${OTHER}, and that of embedded is ${METER}\\.$`)],
    ["the high twin", { ...ENTRY, signature: highTwin(ENTRY.signature) }, "highS", /EIP-2/],
    ["no signature", { ...ENTRY, signature: "" }, "notHex", /hexadecimal text/],
    ["half a signature", { ...ENTRY, signature: ENTRY.signature.slice(0, 66) }, "wrongLength", /has 32 bytes/],
  ]; // prettier-ignore
  for (const [what, entry, reason, sentence] of REFUSED) {
    it(`is refused with a reason: ${what}`, () => {
      const read = voucherOfJson(PLACE, entry);
      expect(read).to.include({ ok: false, reason });
      expect(read.ok ? "" : read.sentence).to.match(sentence);
    });
  }
});
