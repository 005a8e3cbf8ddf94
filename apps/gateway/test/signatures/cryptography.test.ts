import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { Wallet, getAddress, keccak256 } from "ethers";

import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import { voucherChecker } from "../../../../sdk/src/signing/checkVoucher.ts";
import { signVoucher } from "../../../../sdk/src/signing/voucher.ts";
import type { Voucher } from "../../../../sdk/src/signing/voucher.ts";
import { loadCryptography } from "../../src/signatures/cryptography.ts";

const WHERE = { chainId: 31_337, addresses: { meter: "0x5FbDB2315678afecb367f032d93F642f64180aa3" } };

/** A wallet that is always the same. */
const walletOf = (index: number) => new Wallet(`0x${(index + 1).toString(16).padStart(64, "0")}`);

/** Vouchers of several keys, the bounds of their values among them. */
async function goodVouchers(): Promise<Voucher[]> {
  const user = walletOf(99).address;
  return await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      const signer = walletOf(index);
      const sums = index === 0 ? [(1n << 64n) - 1n, (1n << 96n) - 1n] : [BigInt(index), BigInt(index) * 1_000_003n];
      const [units, list] = [sums[0]!, sums[1]!];
      return await signVoucher(signer, WHERE, {
        ...{ user: index % 2 === 0 ? user : signer.address, key: signer.address },
        ...{ modelId: BigInt(index), units, list, paid: list },
      });
    }),
  );
}

/** What a voucher must not be taken for. */
function spoilt(voucher: Voucher, other: Voucher): Voucher[] {
  const word = (value: bigint) => `0x${value.toString(16).padStart(64, "0")}` as const;
  return [
    { ...voucher, paid: voucher.paid - 1n },
    { ...voucher, modelId: voucher.modelId + 1n },
    { ...voucher, user: other.user, key: other.key },
    { ...voucher, r: other.r },
    { ...voucher, vs: word(BigInt(voucher.vs) ^ (1n << 255n)) },
    { ...voucher, vs: word(0n) },
    { ...voucher, r: word(0n) },
    // On no point of the curve: 5 is the x of none.
    { ...voucher, r: word(5n) },
    { ...voucher, r: "0x12" },
  ];
}

for (const kind of ["native", "javascript"] as const) {
  describe(`cryptography: ${kind}`, () => {
    it("says what it is", async () => {
      assert.equal((await loadCryptography(kind)).kind, kind);
    });

    it("hashes and writes addresses as ethers does", async () => {
      const { keccak256: fast, withChecksum } = await loadCryptography(kind);
      for (const size of [0, 1, 64, 135, 136, 137, 224, 1_000]) {
        const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 31) % 256);
        assert.equal(fast(bytes), keccak256(bytes));
      }
      for (let index = 0; index < 50; ++index) {
        const { address } = walletOf(index);
        assert.equal(withChecksum(address.toLowerCase()), getAddress(address));
      }
    });

    it("signs as ethers does, and knows whose key it is", async () => {
      const { addressOf, sign } = await loadCryptography(kind);
      for (let index = 0; index < 40; ++index) {
        const wallet = walletOf(index);
        const key = Buffer.from(wallet.privateKey.slice(2), "hex");
        const hash = keccak256(key) as Hex;
        const { r, yParityAndS: vs } = wallet.signingKey.sign(hash);
        assert.deepEqual(sign(hash, key), { r, vs });
        assert.equal(addressOf(key), wallet.address);
      }
    });

    it("makes the check of vouchers say what it says with ethers, of good ones and of bad ones", async () => {
      const [ours, theirs] = [voucherChecker(WHERE, await loadCryptography(kind)), voucherChecker(WHERE)];
      const good = await goodVouchers();
      for (const [index, voucher] of good.entries()) {
        const found = ours(voucher);
        assert.equal(found.ok, true);
        assert.deepEqual(found, theirs(voucher));
        for (const bad of spoilt(voucher, good[(index + 2) % good.length]!)) {
          const flaw = ours(bad);
          assert.equal(flaw.ok, false);
          assert.deepEqual(flaw, theirs(bad));
        }
      }
    });
  });
}

describe("cryptography", () => {
  it("takes native code where nothing else is wanted", async () => {
    assert.equal((await loadCryptography()).kind, "native");
  });
});
