import { expect } from "chai";

import type { Address } from "../../sdk/src/codec/hex.ts";
import { checkReceipt, jsonOfReceipt, receiptOfJson } from "../../sdk/src/gateway/receipt.ts";
import type { SignedReceipt } from "../../sdk/src/gateway/receipt.ts";
import { receiptFileChecker } from "../../sdk/src/gateway/receiptFile.ts";
import { checkSession, signSession } from "../../sdk/src/gateway/session.ts";
import { requestHeader, requestOfHeader, vouchersHeader, vouchersOfHeader } from "../../sdk/src/gateway/wire.ts";
import { GATEWAY, FakeGateway } from "../support/gateway/fakeGateway.ts";
import { chat, clientOf } from "../support/gateway/gatewayClient.ts";
import { memoryOfProcess } from "../../sdk/src/gateway/client/memory.ts";
import type { MemoryEntry } from "../../sdk/src/gateway/client/memory.ts";
import { GOOD_TIME, KEY, PLACE, USER, VOUCHER } from "../support/signedThings.ts";
import { QuickRandom } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";

const CASES = scaled(1_000, 100_000);
const FILES = scaled(60, 5_000);

/** Anything that JSON can have, or that a program may have left somewhere. */
const garbage = (random: Random): unknown =>
  random.pick<unknown>([
    ...[
      null,
      undefined,
      true,
      0,
      -1,
      1.5,
      1e300,
      Number.NaN,
      0n,
      -1n,
      2n ** 300n,
      "",
      "0x",
      "0xzz",
      "\u0000",
      "\ud800",
    ],
    ...["9".repeat(5_000), [], {}, { input: 1 }, ["0x"], Symbol("symbol"), () => 1, `0x${"f".repeat(64)}`],
  ]);

/** A copy of a value in which one place, however deep, is something else. */
function mutated(random: Random, value: unknown): unknown {
  const isLeaf = typeof value !== "object" || value === null;
  if (isLeaf || random.uniform(0n, 9n) === 0n)
    return isLeaf && random.uniform(0n, 1n) === 0n ? near(value) : garbage(random);
  const key = random.pick(Object.keys(value));
  const copy = { ...value } as Record<string, unknown>;
  if (random.uniform(0n, 9n) === 0n)
    delete copy[key]; // eslint-disable-line @typescript-eslint/no-dynamic-delete
  else copy[key] = mutated(random, copy[key]);
  return copy;
}

/** A value that is nearly the same. */
function near(value: unknown): unknown {
  if (typeof value === "bigint") return value + 1n;
  if (typeof value === "number") return value + 1;
  const text = String(value);
  return text.slice(0, -1) + (text.endsWith("1") ? "2" : "1");
}

/** A text with some of its letters changed, left out or put in. */
function mutatedText(random: Random, text: string): string {
  const at = Number(random.uniform(0n, BigInt(text.length)));
  const letter = random.pick(["", "0", "9", "f", "g", ":", ",", ".", "-", " ", "\n", "0x", "\u0000", "9".repeat(40)]);
  return text.slice(0, at) + letter + text.slice(at + Number(random.uniform(0n, 2n)));
}

describe("Whatever is wrong with what a gateway and its client send is a reason and no exception", () => {
  let receipts: SignedReceipt[];
  let entries: MemoryEntry[];

  before(async () => {
    const gateway = new FakeGateway();
    const memory = memoryOfProcess();
    let written: readonly MemoryEntry[] = [];
    const client = clientOf(gateway, {
      memory: {
        async open(place) {
          const opened = await memory.open(place);
          written = opened.entries;
          return {
            ...opened,
            replace: (others) => Promise.all(others.map((one) => opened.append(one))).then(() => undefined),
          };
        },
      },
    });
    for (let round = 0; round < 4; round++) await chat(client);
    await client.settleUp();
    receipts = gateway.of(7).receipts;
    entries = written.filter(({ kind }) => ["gateway", "prices", "receipt", "signed"].includes(kind));
  });

  it("in a receipt", () => {
    const random = new QuickRandom("receipts");
    const [good] = receipts as [SignedReceipt];
    expect(checkReceipt(PLACE, good, GATEWAY.address).ok).to.equal(true);
    for (let i = 0; i < CASES; i++) {
      const other = mutated(random, good) as SignedReceipt;
      expect(checkReceipt(PLACE, other, GATEWAY.address)).to.include.keys("reason", "sentence");
    }
  });

  it("in a receipt in JSON", () => {
    const random = new QuickRandom("receipts in JSON");
    const good = jsonOfReceipt(receipts[1]!);
    for (let i = 0; i < CASES; i++) {
      const read = receiptOfJson(mutated(random, good));
      if (read.ok) expect(checkReceipt(PLACE, read.receipt, GATEWAY.address).ok).to.equal(false);
      else expect(read.sentence).to.match(/^[A-Z`].*\.$/s);
    }
  });

  it("in a session", async () => {
    const random = new QuickRandom("sessions");
    const terms = { user: USER.address, key: KEY.address, gateway: GATEWAY.address, expiresAt: GOOD_TIME + 60n };
    const good = await signSession(KEY, PLACE, terms);
    expect(checkSession(PLACE, good, GOOD_TIME).ok).to.equal(true);
    for (let i = 0; i < CASES; i++) {
      expect(checkSession(PLACE, mutated(random, good) as typeof good, GOOD_TIME)).to.include.keys(
        "reason",
        "sentence",
      );
    }
  });

  it("in the headers of a request", () => {
    const random = new QuickRandom("headers");
    const request = requestHeader(`0x${"5a".repeat(32)}`, GOOD_TIME);
    const vouchers = vouchersHeader([VOUCHER, { ...VOUCHER, modelId: 8n }]);
    const signer = { user: USER.address as Address, key: KEY.address as Address };
    expect(requestOfHeader(request)).to.deep.equal({ id: `0x${"5a".repeat(32)}`, time: GOOD_TIME });
    expect(vouchersOfHeader(vouchers, signer)).to.deep.equal({
      ok: true,
      vouchers: [VOUCHER, { ...VOUCHER, modelId: 8n }].map((one) => ({ ...one, ...signer })),
    });
    for (let i = 0; i < CASES; i++) {
      const found = requestOfHeader(mutatedText(random, request));
      if (found !== undefined) expect(requestHeader(found.id, found.time).length).to.be.lessThan(80);
      const read = vouchersOfHeader(mutatedText(random, vouchers), signer);
      if (read.ok) expect(read.vouchers.length).to.be.within(0, 16);
      else expect(read.sentence).to.match(/\.$/);
    }
    const many = vouchersHeader(Array.from({ length: 17 }, () => VOUCHER));
    expect(vouchersOfHeader(many, signer)).to.include({ ok: false, reason: "unreadable" });
  });

  it("in a file of receipts, where every change of a receipt or a voucher is found", () => {
    const place = { kind: "place", url: "https://gateway.test", user: USER.address, key: KEY.address };
    const good: unknown[] = [place, ...entries];
    const check = (lines: readonly unknown[]) => {
      const checker = receiptFileChecker();
      for (const line of lines) checker.add(line);
      return checker.result();
    };
    const honest = check(good);
    expect(honest.contradictions).to.deep.equal([]);
    const [series] = honest.series;
    expect(series).to.deep.include({ modelId: 7, model: "flock/large", receipts: 4n, served: receipts.at(-1)!.sums });
    expect(series!.signed).to.deep.equal(series!.served);

    const random = new QuickRandom("files of receipts");
    const ofMoney = [...good.keys()].filter((at) => ["receipt", "signed"].includes((good[at] as MemoryEntry).kind));
    for (let i = 0; i < FILES; i++) {
      const lines = [...good];
      const at = random.pick(ofMoney);
      const { kind, ...rest } = good[at] as Record<string, unknown>;
      const isReceipt = kind === "receipt";
      const part = isReceipt ? { receipt: mutated(random, rest.receipt) } : (mutated(random, rest) as object);
      lines[at] = { kind, ...part };
      expect(check(lines).contradictions, `${i}`).to.not.be.empty;
      const anywhere = Number(random.uniform(0n, BigInt(good.length - 1)));
      check(good.with(anywhere, mutated(random, good[anywhere])));
    }
    const first = ofMoney.find((at) => (good[at] as MemoryEntry).kind === "receipt")!;
    expect(check(good.toSpliced(first, 1)).contradictions).to.not.be.empty;
    const [one, other] = ofMoney as [number, number];
    expect(check(good.with(one, good[other]).with(other, good[one])).contradictions).to.not.be.empty;
    expect(check(["[]", 5, null]).contradictions).to.have.length(3);
  });
});
