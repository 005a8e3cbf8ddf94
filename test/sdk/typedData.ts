import { expect } from "chai";
import { ParamType, TypedDataEncoder, Wallet } from "ethers";

import type { Hex } from "../../sdk/src/codec/hex.ts";
import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import { depositTypedData } from "../../sdk/src/signing/deposit.ts";
import { meterDomain, tokenDomain } from "../../sdk/src/signing/domains.ts";
import { keyAuthorizationTypedData } from "../../sdk/src/signing/keyAuthorization.ts";
import { permitTypedData } from "../../sdk/src/signing/permit.ts";
import { domainSeparator, hashTypedData, typedDataJson } from "../../sdk/src/signing/typedData.ts";
import type { TypedData } from "../../sdk/src/signing/typedData.ts";
import { voucherHasher, voucherTypedData } from "../../sdk/src/signing/voucher.ts";
import { valueOf } from "../support/abiValues.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";
import { METER, PLACE, USDC_DOMAIN } from "../support/signedThings.ts";
import { prepaidFixture } from "../support/usage/serving.ts";

const CASES = scaled(150, 5_000);

/** Random values, by name and type. */
const drawn = (random: Random, types: Record<string, string>) =>
  Object.fromEntries(Object.entries(types).map(([name, type]) => [name, valueOf(ParamType.from(type), random)]));

/** What each thing says, with the types that the contracts' parameters have. */
const USED = { user: "address", key: "address", modelId: "uint256", units: "uint64", list: "uint96", paid: "uint96" };
const AUTHORIZATION = {
  ...{ user: "address", key: "address", cap: "uint96", expiresAt: "uint40", nonce: "uint256", deadline: "uint256" },
};
const DEPOSITED = {
  ...{ user: "address", amount: "uint96", validAfter: "uint256", validBefore: "uint256", nonce: "bytes32" },
};
const ALLOWED = { owner: "address", spender: "address", value: "uint256", nonce: "uint256", deadline: "uint256" };

const KINDS: [what: string, draw: (random: Random) => TypedData][] = [
  ["a voucher", (random) => voucherTypedData(PLACE, drawn(random, USED) as never)],
  ["an authorisation of a key", (random) => keyAuthorizationTypedData(PLACE, drawn(random, AUTHORIZATION) as never)],
  ["a deposit", (random) => depositTypedData({ usdc: USDC_DOMAIN, meter: METER }, drawn(random, DEPOSITED) as never)],
  ["a permit", (random) => permitTypedData(USDC_DOMAIN, drawn(random, ALLOWED) as never)],
];

describe("SDK: what is signed", () => {
  for (const [what, draw] of KINDS) {
    describe(what, () => {
      it("has the hash that ethers gives it", () => {
        const random = new Random(what);
        for (let i = 0; i < CASES; ++i) {
          const typedData = draw(random);
          const { domain, types, message } = typedData;
          expect(hashTypedData(typedData)).to.equal(TypedDataEncoder.hash(domain, types, message));
        }
      });

      it("is as JSON what ethers sends to a wallet", () => {
        const typedData = draw(new Random(what));
        const { domain, types, message } = typedData;
        const sent = TypedDataEncoder.getPayload(domain, types, message) as object;
        const withoutCase = (json: string) => JSON.parse(json.toLowerCase()) as object;
        expect(withoutCase(typedDataJson(typedData))).to.deep.equal(withoutCase(JSON.stringify(sent)));
      });

      it("has types of its own, so that nobody changes those of the next", () => {
        const random = new Random(what);
        const { types, primaryType } = draw(random);
        types[primaryType]!.pop();
        types[primaryType]![0]!.name = "changed";
        const other = draw(random);
        expect(other.types[primaryType]).to.have.length(types[primaryType]!.length + 1);
        expect(other.types[primaryType]![0]!.name).not.to.equal("changed");
      });
    });
  }

  it("is signed by a wallet that is asked with eth_signTypedData_v4 as by its own library", async () => {
    const [signer] = (await ethers.getSigners()) as [Awaited<ReturnType<typeof ethers.getSigners>>[number]];
    const { address } = signer;
    const voucher = { user: address, key: address, modelId: 2n ** 255n, units: 1n, list: 2n ** 95n, paid: 2n ** 95n };
    const typedData = voucherTypedData(PLACE, voucher);
    const signature: unknown = await ethers.provider.send("eth_signTypedData_v4", [
      address,
      JSON.parse(typedDataJson(typedData)),
    ]);
    expect(signature).to.equal(await signer.signTypedData(typedData.domain, typedData.types, typedData.message));
  });

  it("has addresses with their checksums, whoever wrote them", () => {
    const user = Wallet.createRandom().address;
    const voucher = { user: user.toLowerCase(), key: user, modelId: 1n, units: 1n, list: 1n, paid: 1n };
    expect(voucherTypedData(PLACE, voucher).message).to.include({ user, key: user });
  });

  it("holds what the contract's parameters hold, and nothing else", () => {
    const user = METER;
    const good = { user, key: user, modelId: 2n ** 256n - 1n, units: 2n ** 64n - 1n, list: 2n ** 96n - 1n, paid: 0n };
    expect(() => voucherTypedData(PLACE, good)).not.to.throw();
    const bad: [change: object, code: string, sentence: RegExp][] = [
      [{ user: "0x12" }, "badAddress", /`user` must be an address/],
      [{ key: METER.replace("A", "a") }, "badAddress", /`key` must be an address with a valid checksum/],
      [{ modelId: 2n ** 256n }, "badValue", /`modelId` must be a bigint from 0 to 1157/],
      [{ units: 2n ** 64n }, "badValue", /`units` must be a bigint from 0 to 18446744073709551615\.$/],
      [{ list: -1n }, "badValue", /`list` must be/],
      [{ paid: 2n ** 96n }, "badValue", /`paid` must be a bigint from 0 to 79228162514264337593543950335\.$/],
      [{ paid: 1 }, "badValue", /`paid` must be a bigint/],
      [{ paid: undefined }, "badValue", /`paid` must be a bigint/],
    ];
    for (const [change, code, sentence] of bad) {
      const refused = (build: (voucher: never) => unknown) =>
        expect(() => build({ ...good, ...change } as never))
          .to.throw(FomoError, sentence)
          .with.property("code", code);
      refused((voucher) => voucherTypedData(PLACE, voucher));
      if (code !== "badAddress") refused(voucherHasher(PLACE));
    }
  });

  describe("the fast hash of vouchers", () => {
    it("is that of ethers and of the meter", async () => {
      const f = await networkHelpers.loadFixture(prepaidFixture);
      const place = { chainId: 31_337n, addresses: f.addresses };
      const hash = voucherHasher(place);
      const random = new Random("the fast hash");
      for (let i = 0; i < CASES; ++i) {
        const voucher = drawn(random, USED) as unknown as Parameters<typeof hash>[0];
        const { domain, types, message } = voucherTypedData(place, voucher);
        expect(hash(voucher)).to.equal(TypedDataEncoder.hash(domain, types, message));
        const { user, key, modelId, units, list, paid } = voucher;
        if (i < 20) {
          expect(await f.meter.voucherHash(user, key, modelId, units, list, paid)).to.equal(hash(voucher));
        }
      }
    });

    it("takes addresses in any case, and a domain in the place of a deployment", () => {
      const voucher = { user: METER, key: METER, modelId: 1n, units: 2n, list: 3n, paid: 4n };
      const lower = { ...voucher, user: METER.toLowerCase(), key: `0x${METER.slice(2).toUpperCase()}` };
      expect(voucherHasher(meterDomain(PLACE))(lower)).to.equal(voucherHasher(PLACE)(voucher));
    });
  });

  describe("a domain", () => {
    it("of a meter is what the meter says", async () => {
      const f = await networkHelpers.loadFixture(prepaidFixture);
      const { name, version, chainId, verifyingContract } = await f.meter.eip712Domain();
      const domain = meterDomain({ chainId, addresses: f.addresses });
      expect(domain).to.deep.equal({ name, version, chainId: Number(chainId), verifyingContract });
    });

    it("has an id that a number holds, and an address", () => {
      for (const chainId of [-1, 1.5, Number.NaN, 2n ** 60n]) {
        expect(() => meterDomain({ ...PLACE, chainId })).to.throw(FomoError, /chain's id is/);
      }
      expect(() => meterDomain({ chainId: 1, addresses: { meter: "meter" } })).to.throw(FomoError, /no address/);
    });

    describe("of a token", () => {
      const at = { chainId: 31_337, token: METER };
      const separatorOf = (name: string, version: string) =>
        domainSeparator({ name, version, chainId: 31_337, verifyingContract: METER });

      it("is what it says by EIP-5267, or by functions of its own, if its separator agrees", () => {
        const DOMAIN_SEPARATOR = separatorOf("USD Coin", "2");
        const domain = { name: "USD Coin", version: "2", chainId: 31_337, verifyingContract: METER };
        expect(tokenDomain(at, { DOMAIN_SEPARATOR, name: "USD Coin", version: "2" })).to.deep.equal(domain);
        const upper = `0x${DOMAIN_SEPARATOR.slice(2).toUpperCase()}`;
        const eip712Domain = ["0x0f", "USD Coin", "2", 31_337n, METER] as const;
        expect(tokenDomain(at, { DOMAIN_SEPARATOR: upper, eip712Domain })).to.deep.equal(domain);
      });

      it("is none if it says another one than it uses, or nothing", () => {
        const DOMAIN_SEPARATOR = separatorOf("USD Coin", "2");
        expect(tokenDomain(at, { DOMAIN_SEPARATOR, name: "USD Coin", version: "1" })).to.equal(undefined);
        expect(tokenDomain({ ...at, chainId: 1 }, { DOMAIN_SEPARATOR, name: "USD Coin", version: "2" })).to.equal(
          undefined,
        );
        expect(tokenDomain(at, { DOMAIN_SEPARATOR, name: "USD Coin" })).to.equal(undefined);
        expect(tokenDomain(at, { DOMAIN_SEPARATOR })).to.equal(undefined);
      });

      it("is found for the local FLOCK, USDC and MT", async () => {
        const f = await networkHelpers.loadFixture(prepaidFixture);
        for (const token of [f.flock, f.usdc, f.mt]) {
          const answers = {
            DOMAIN_SEPARATOR: await token.DOMAIN_SEPARATOR(),
            eip712Domain: (await token.eip712Domain()) as unknown as readonly [Hex, string, string],
          };
          const address = await token.getAddress();
          expect(tokenDomain({ chainId: 31_337, token: address }, answers)).to.deep.equal({
            ...{ name: await token.name(), version: "1", chainId: 31_337, verifyingContract: address },
          });
        }
      });
    });
  });
});
