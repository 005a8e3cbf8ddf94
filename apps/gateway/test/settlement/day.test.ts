import assert from "node:assert/strict";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, it } from "node:test";

import { callOf } from "../../../../sdk/src/actions/action.ts";
import { approvalOf } from "../../../../sdk/src/actions/payment.ts";
import { depositCredit } from "../../../../sdk/src/actions/prepaid.ts";
import type { Address, Hex } from "../../../../sdk/src/codec/hex.ts";
import { decodeLogs } from "../../../../sdk/src/events/decode.ts";
import { uncheckedHasher } from "../../../../sdk/src/signing/voucher.ts";
import { jsonOfVoucher } from "../../../../sdk/src/signing/voucherJson.ts";
import type { LocalChain } from "../../../../sdk/test/chain.ts";
import { startChaosNode } from "../../../../test/support/chaosNode.ts";
import type { Asked, ChaosNode } from "../../../../test/support/chaosNode.ts";
import { loadCryptography } from "../../src/signatures/cryptography.ts";
import { DEPLOYMENT, liveChain } from "../support/chain.ts";
import { fomo } from "../support/fomo.ts";
import { DEPTH, PATIENCE, Random, SEED } from "../support/random.ts";
import { newFolder } from "./logs.ts";

/** Users of the day: one voucher of each is to be collected. */
const USERS = DEPTH === 1 ? 500 : 100_000;

/** Deposits that are sent without waiting for each other. */
const AT_ONCE = 50;

/** Of a transaction: small, so that there are many [gas]. */
const MAX_GAS = DEPTH === 1 ? "1500000" : "16000000";

/**
 * How often a run is killed while it sends, after how many of its transactions at most, and after how many requests then:
 * all of these runs together do not come to the end.
 */
const [KILLS, MAX_SENDS, MAX_FURTHER] = [3, 3, 8];

/** What user number `index` pays in all [USDC units]. */
const paidOf = (index: number): bigint => 900_000n + BigInt(index % 1_000) * 90n;

/** What a receipt file says of a transaction. */
interface Line {
  transactionHash: Hex;
  vouchers: { user: string; collected: { paid: string } | null }[];
}

describe(`settlement: a day of ${USERS.toString()} users`, () => {
  const random = new Random(SEED);
  const [log, receipts] = [join(newFolder(), "day.jsonl"), join(newFolder(), "receipts.jsonl")];
  let chain: LocalChain;
  /** Between the command and the chain. */
  let node: ChaosNode;
  let users: { address: Address; secret: Uint8Array }[];

  before(async () => {
    const cryptography = await loadCryptography();
    users = Array.from({ length: USERS }, (_, index) => {
      const secret = Buffer.from((index + 10_000_000).toString(16).padStart(64, "0"), "hex");
      return { address: cryptography.addressOf(secret), secret };
    });
    chain = await liveChain(); // after what takes long: a connection that rests is closed, which nobody would notice meanwhile
    node = await startChaosNode(chain.url);
    await deposit();
    const hash = uncheckedHasher(DEPLOYMENT, cryptography);
    const file = createWriteStream(log);
    // Each user has signed three times in the day; the last one counts.
    for (const part of [1n, 2n, 3n]) {
      for (const [index, { address, secret }] of users.entries()) {
        const paid = (paidOf(index) * part) / 3n;
        const unsigned = { user: address, key: address, modelId: 1n, units: 10_000n, list: paid, paid };
        const voucher = { ...unsigned, ...cryptography.sign(hash(unsigned), secret) };
        if (!file.write(`${JSON.stringify(jsonOfVoucher(DEPLOYMENT, voucher))}\n`)) await once(file, "drain");
      }
    }
    file.end();
    await finished(file);
  }, PATIENCE);
  after(() => {
    node.close();
  });

  /** The platform brings every user a dollar. */
  async function deposit(): Promise<void> {
    const { address: from } = chain.actors.alice;
    const send = async ({ to, data }: { to: string; data: Hex }) => {
      await chain.ask("eth_sendTransaction", { from, to, data });
    };
    const each = 1_000_000n;
    await send(approvalOf(depositCredit(DEPLOYMENT, from, each * BigInt(USERS)).payment));
    for (let at = 0; at < USERS; at += AT_ONCE) {
      const some = users.slice(at, at + AT_ONCE);
      await Promise.all(
        some.map(async ({ address }) => {
          await send(callOf(depositCredit(DEPLOYMENT, address, each)));
        }),
      );
    }
  }

  /** Runs the command to its end, or until it is killed at a request, of which it does not know then what it has done. */
  const settle = (killAt?: (asked: Asked) => boolean) =>
    fomo(["settle", "--from", "platform", "--log", log, "--receipts", receipts, "--max-gas", MAX_GAS], {
      environment: { FOMO_LOCALHOST_URL: node.url },
      killed:
        killAt && (() => node.stopAt(killAt, random.pick(["hang", "swallow"])).then(() => sleep(random.below(50)))),
    });

  const isSent = ({ method }: Asked) => method === "eth_sendTransaction";

  const linesIn = (path: string): Line[] =>
    readFileSync(path, "utf8")
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);

  /** What the meter has collected of each user, as its events tell. */
  async function collected(): Promise<Map<string, bigint[]>> {
    const logs = (await chain.ask("eth_getLogs", {
      address: DEPLOYMENT.addresses.meter,
      fromBlock: "0x0",
    })) as Parameters<typeof decodeLogs>[1];
    const found = new Map<string, bigint[]>();
    for (const event of decodeLogs(DEPLOYMENT, logs)) {
      if (event.contract !== "meter" || event.name !== "VoucherCollected") continue;
      const { user, collected: sums } = event.args;
      found.set(user, [...(found.get(user) ?? []), sums.paid]);
    }
    return found;
  }

  const named = `is collected once, however often the command is killed (FOMO_SEED=${SEED.toString(16)})`;
  it(named, PATIENCE, async () => {
    // Before it has sent anything, while it sends, and while it waits for what it has sent.
    const requests = 1 + random.below(20);
    assert.equal((await settle(() => node.asked.length === requests)).code, null);
    assert.ok(!node.asked.some(isSent));
    for (let kill = 0; kill < KILLS; ++kill) {
      const sends = 1 + random.below(MAX_SENDS);
      let further = random.below(MAX_FURTHER + 1);
      const { code } = await settle(() => node.asked.filter(isSent).length >= sends && further-- === 0);
      assert.equal(code, null);
    }
    node.behave();
    const { code, out, said } = await settle();
    assert.equal(code, 0, said);
    const found = await collected();
    for (const [index, { address }] of users.entries()) assert.deepEqual(found.get(address), [paidOf(index)], address);
    const lines = linesIn(receipts);
    assert.equal(new Set(lines.map(({ transactionHash }) => transactionHash)).size, lines.length);
    const told = lines.flatMap(({ vouchers }) => vouchers);
    assert.deepEqual(
      new Map(told.map(({ user, collected: sums }) => [user, BigInt(sums!.paid)])),
      new Map(users.map(({ address }, index) => [address, paidOf(index)])),
    );
    assert.equal(told.length, USERS);
    const { reduced } = JSON.parse(out) as { reduced: { rows: number; superseded: number; good: number } };
    assert.deepEqual([reduced.rows, reduced.good, reduced.superseded], [3 * USERS, USERS, 2 * USERS]);
  });

  it("sends nothing more afterwards", PATIENCE, async () => {
    const before = await chain.ask("eth_blockNumber");
    const { code, out } = await settle();
    assert.equal(code, 0);
    assert.equal((JSON.parse(out) as { reduced: { collectedBefore: number } }).reduced.collectedBefore, USERS);
    assert.equal(await chain.ask("eth_blockNumber"), before);
  });
});
