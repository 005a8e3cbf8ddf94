import { readFileSync, globSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { Signature, Wallet, ZeroAddress } from "ethers";
import JSON5 from "json5";
import { z } from "zod";

import { refinementsOf } from "../../scripts/build/docs/refinements.ts";
import { describedDocuments } from "../../scripts/build/docs/schemas.ts";
import { cardsIn } from "../../scripts/lib/usage/cardFile.ts";
import type { Session } from "../../scripts/lib/chain/session.ts";
import { deploymentOf } from "../../sdk/src/deployments/deployment.ts";
import { signVoucher } from "../../sdk/src/signing/voucher.ts";
import { jsonOfVoucher, voucherOfJson } from "../../sdk/src/signing/voucherJson.ts";
import type { VoucherEntry } from "../../sdk/src/signing/voucherJson.ts";
import { MAX_MIN_RESERVE, MAX_UNITS, MAX_WORD, exact } from "../../sdk/src/units/numbers.ts";
import { jsonOfReceipt } from "../../sdk/src/gateway/receipt.ts";
import { signSession } from "../../sdk/src/gateway/session.ts";
import { refusal } from "../support/gateway/fakeGateway.ts";
import { chat, gatewayWithClient } from "../support/gateway/gatewayClient.ts";
import { SCHEMAS, schemaErrors, validatorOf } from "../support/jsonSchemas.ts";
import { mutationsOf, withChange } from "../support/mutations.ts";

const LOCAL = deploymentOf(31337);
const USER = new Wallet(`0x${"7".repeat(64)}`);
const HASH = `0x${"6c".repeat(32)}`;
/** An address with the checksum of another. */
const BAD_CHECKSUM = "0x70997970C51812dc3A010C7d01b50e0d17dc79c8";

const json5 = (file: string) => JSON5.parse<object>(readFileSync(file, "utf8"));
const usage = { modelId: 1, units: "1000000", listUsdc: "10", paidUsdc: "7.5" };
const place = { chainId: 31337, meter: LOCAL.addresses.meter, user: USER.address };
const signature = `0x${"1b".repeat(65)}`;

/** A document for each file that has a schema. */
const EXAMPLES: Record<string, object> = {
  launch: withChange(json5("deploy/launches/qwen-alice.json5"), "metadata", {
    uri: "https://example.org",
    sha256: HASH,
  }),
  metadata: json5("deploy/launches/qwen-alice.metadata.json"),
  parameters: withChange(json5("deploy/parameters/local.json5"), "route", [
    { pair: LOCAL.addresses.flock, minReserveWei: "1000" },
  ]),
  tier: json5("deploy/tiers/large.json5"),
  voucher: { ...place, key: USER.address, ...usage, signature },
  cardRow: { id: "invoice-1", ...usage },
  signedDeposit: { ...place, usdc: "50", validBefore: 1_800_000_000, nonce: HASH, signature },
  signedKey: {
    ...{ ...place, key: LOCAL.addresses.flock, capUsdc: "20", expiresAt: 1_800_000_000 },
    ...{ nonce: "0", deadline: 1_800_000_000, signature },
  },
};

/** What a newcomer sends, as the client writes it. */
const SIGNED_START = {
  deposit: { ...{ user: USER.address, amount: "5", validAfter: "0", validBefore: "9", nonce: HASH }, signature },
  authorization: {
    ...{ user: USER.address, key: LOCAL.addresses.flock, cap: "5", expiresAt: 9, nonce: "0", deadline: 9 },
    signature,
  },
};

const NAME_BYTES = "must have 1 to 31 bytes";
const INVISIBLE = "contains a character that cannot be seen, such as a control or a mark of direction: leave it out";
const CHECKSUM = "must be an address with a valid checksum";
const RAISE_BOUNDS = "must not be above maxTargetFlock";

/**
 * What JSON Schema cannot say, by what it is refused with: a place in the example, and a value there that is refused all
 * the same. It stands in descriptions.
 */
const UNSAID: Record<string, Record<string, [place: string, value: unknown]>> = {
  launch: {
    [NAME_BYTES]: ["name", "模型".repeat(6)],
    [INVISIBLE]: ["metadata.uri", "https://example.org/\u200b"],
    [`must be at most ${exact(2n ** 96n - 1n)}: no contract holds more`]: ["targetFlock", exact(2n ** 96n)],
  },
  metadata: {},
  parameters: {
    [CHECKSUM]: ["administrator", BAD_CHECKSUM],
    "must not be the zero address": ["treasury", ZeroAddress],
    "must be from 0 to 100000": ["launchFeeFlock", "100000.1"],
    "must be from 0 to 1000000": ["dailyEmissionFlock", "1000000.1"],
    "must be from 0 to 1000": ["minimumStakeMt", "1000.1"],
    [`must be at most ${MAX_MIN_RESERVE.toString()}`]: ["route.0.minReserveWei", (MAX_MIN_RESERVE + 1n).toString()],
    [`must be from 0 to ${exact(MAX_MIN_RESERVE)}`]: ["modelMinReserveFlock", exact(MAX_MIN_RESERVE + 1n)],
    "must be from 0.001 to 1000": ["firstTier.computeCostUsdcPerMillionUnits", "0"],
    "must be from 1 to 500000000": ["firstTier.maxTargetFlock", "500000001"],
    [RAISE_BOUNDS]: ["firstTier.minMinimumRaiseFlock", "10000001"],
    "must not be below creatorFeeBps and protocolFeeBps together": ["antiSnipeStartBps", 124],
    "must be at most half of firstTier.minMinimumRaiseFlock, with which a pool may open": [
      "modelMinReserveFlock",
      "501",
    ],
  },
  tier: {
    "must be from 0.001 to 1000": ["computeCostUsdcPerMillionUnits", "1001"],
    "must be from 1 to 500000000": ["maxTargetFlock", "500000001"],
    [RAISE_BOUNDS]: ["minMinimumRaiseFlock", "50000001"],
  },
  voucher: {
    [CHECKSUM]: ["user", BAD_CHECKSUM],
    [`must be a whole number in quotes, up to ${MAX_UNITS.toString()}`]: ["units", (MAX_UNITS + 1n).toString()],
  },
  cardRow: {
    [`must be a whole number in quotes, up to ${MAX_UNITS.toString()}`]: ["units", (MAX_UNITS + 1n).toString()],
  },
  signedDeposit: { [CHECKSUM]: ["meter", BAD_CHECKSUM] },
  signedKey: {
    [CHECKSUM]: ["key", BAD_CHECKSUM],
    [`must be a whole number in quotes, up to ${MAX_WORD.toString()}`]: ["nonce", (MAX_WORD + 1n).toString()],
  },
};

/** What stands in a description and is in the schema as well. */
const SAID = ["must name the local document (file) or its hash (sha256)"];

/** What all checks in a schema refuse with that JSON Schema has no words for. */
function sentencesIn(schema: z.ZodType): string[] {
  const found = new Set<string>();
  z.toJSONSchema(schema, {
    io: "input",
    override: ({ zodSchema }) => {
      for (const { sentence } of refinementsOf(zodSchema)) found.add(sentence);
    },
  });
  return [...found].filter((sentence) => !SAID.includes(sentence));
}

describe("JSON schemas of the SDK", () => {
  const documents = describedDocuments();
  const files = documents.filter(({ name }) => name in EXAMPLES);

  it("can be used by a validator that is not ours, and say what they are of", () => {
    const found = globSync("**/*.schema.json", { cwd: SCHEMAS });
    expect(found.length).to.equal(documents.length).and.to.be.greaterThan(50);
    for (const { name } of documents) {
      const schema = JSON.parse(readFileSync(join(SCHEMAS, `${name}.schema.json`), "utf8")) as Record<string, string>;
      expect(schema.$schema).to.equal("https://json-schema.org/draft/2020-12/schema");
      expect(schema.$id, name).to.match(/^urn:fomo-sdk:schemas:[\w:-]+$/);
      expect([schema.title, schema.description], name).to.satisfy((texts: string[]) => texts.every(Boolean));
      expect(validatorOf(name), name).to.be.a("function");
    }
  });

  it("accept the files of this repository that are complete", () => {
    for (const file of globSync("deploy/launches/*.json5")) expect(schemaErrors(["launch"], json5(file))).to.be.empty;
    expect(schemaErrors(["parameters"], json5("deploy/parameters/local.json5"))).to.be.empty;
    expect(schemaErrors(["parameters"], json5("deploy/parameters/base.json5"))).to.not.be.empty; // it has open values
  });

  it("have an example for each file", () => {
    expect(Object.keys(EXAMPLES)).to.have.members(
      documents.map(({ name }) => name).filter((name) => !/^(commands|gateway)\//.test(name)),
    );
    expect(Object.keys(UNSAID)).to.have.members(Object.keys(EXAMPLES));
  });

  for (const { name, schema } of files) {
    const example = EXAMPLES[name]!;
    const unsaid = UNSAID[name]!;

    it(`refuse what the commands refuse, but for what is listed: ${name}`, () => {
      expect(schemaErrors([name], example)).to.be.empty;
      const mutations = mutationsOf(example);
      expect(mutations.length).to.be.greaterThan(80);
      for (const mutation of mutations) {
        const isValid = schemaErrors([name], mutation).length === 0;
        const { error } = schema.safeParse(mutation);
        const [first] = error?.issues ?? [];
        if (error === undefined) expect(isValid, JSON.stringify(mutation)).to.equal(true);
        else if (isValid) expect(unsaid, JSON.stringify(mutation)).to.have.property(first!.message);
      }
    });

    it(`leave out no check in silence: ${name}`, () => {
      expect(sentencesIn(schema)).to.have.members(Object.keys(unsaid));
      const text = readFileSync(join(SCHEMAS, `${name}.schema.json`), "utf8");
      for (const [sentence, [where, value]] of Object.entries(unsaid)) {
        const wrong = withChange(example, where, value);
        expect(schema.safeParse(wrong).error?.issues.map(({ message }) => message)).to.include(sentence);
        expect(schemaErrors([name], wrong), sentence).to.be.empty;
        expect(text).to.include(sentence);
      }
    });
  }

  it("leave out no check of what goes over the wire, nor of a command's document but those of the parameter file in it", () => {
    for (const { name, schema } of documents.filter((one) => /^(commands|gateway)\//.test(one.name))) {
      const expected = name === "commands/deploy" ? Object.keys(UNSAID.parameters!) : [];
      expect(sentencesIn(schema), name).to.have.members(expected);
    }
  });

  describe("of what gateways and their clients send each other", () => {
    it("accept what an honest gateway and the client say, and nothing that lacks a part of it", async () => {
      const { gateway, client } = gatewayWithClient();
      await chat(client);
      const receipt = jsonOfReceipt(gateway.of(7).receipts[0]!);
      const sign = [{ modelId: 7, sums: receipt.sums }];
      const session = await signSession(USER, LOCAL, {
        ...{ user: USER.address, key: USER.address, gateway: LOCAL.addresses.meter, expiresAt: 1_800_000_000n },
      });
      const { authorization, deposit } = SIGNED_START;
      const said: Record<string, object> = {
        ...{ terms: gateway.terms(), receipt, receipts: { receipts: [receipt] } },
        refusal: (await refusal(402, "signFirst", "Sign first.", { sign, missing: "5", receipt }).json()) as object,
        sessionRequest: { ...session, expiresAt: Number(session.expiresAt) },
        session: { session: "one", secret: "5a".repeat(32), expiresAt: 1_800_000_000 },
        account: {
          ...{ user: USER.address, key: USER.address, available: "5", open: "0", reserved: "0", authorization: null },
          series: gateway.account().series.map((one) => ({
            ...{ model: "flock/large", discountWad: "0", delivered: one.signed, collected: one.signed, ...one },
          })),
        },
        ...{ start: { deposit, authorization }, started: { transactionHash: HASH, blockNumber: 1 } },
      };
      const names = documents.flatMap(({ name }) => (name.startsWith("gateway/") ? [name.slice(8)] : []));
      expect(Object.keys(said)).to.have.members(names);
      for (const [name, document] of Object.entries(said)) {
        expect(schemaErrors([`gateway/${name}`], document), name).to.deep.equal([]);
        expect(schemaErrors([`gateway/${name}`], { ...document, more: 1 }), name).to.not.be.empty;
        if (name === "start") continue; // one of both does
        for (const key of Object.keys(document)) {
          const less = Object.fromEntries(Object.entries(document).filter(([name]) => name !== key));
          expect(schemaErrors([`gateway/${name}`], less), `${name} without ${key}`).to.not.be.empty;
        }
      }
    });
  });

  describe("of vouchers and card rows", () => {
    let signed: VoucherEntry;

    before(async () => {
      const used = { modelId: 1n, units: 1_000_000n, list: 10_000_000n, paid: 7_500_000n };
      const parties = { user: USER.address, key: USER.address };
      signed = jsonOfVoucher(LOCAL, await signVoucher(USER, LOCAL, { ...parties, ...used }));
    });

    it("accept exactly the vouchers whose keys the SDK reads", () => {
      expect(voucherOfJson(LOCAL, signed).ok).to.equal(true);
      const compact = withChange(signed, "signature", Signature.from(signed.signature).compactSerialized);
      expect(voucherOfJson(LOCAL, compact).ok).to.equal(true);
      for (const entry of [signed, compact, ...mutationsOf(signed)]) {
        const read = voucherOfJson(LOCAL, entry);
        const isRead = read.ok || !["unreadable", "notHex", "wrongLength"].includes(read.reason);
        expect(schemaErrors(["voucher"], entry).length === 0, JSON.stringify(entry)).to.equal(isRead);
      }
    });

    it("accept exactly the card rows that the commands read", () => {
      const session = { usdcDecimals: 6 } as Session;
      for (const row of [EXAMPLES.cardRow, ...mutationsOf(EXAMPLES.cardRow)]) {
        const isRead = cardsIn(session, [row]).rows.length === 1;
        expect(schemaErrors(["cardRow"], row).length === 0, JSON.stringify(row)).to.equal(isRead);
      }
    });
  });
});
