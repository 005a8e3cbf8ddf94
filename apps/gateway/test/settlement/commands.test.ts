import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";

import { callOf } from "../../../../sdk/src/actions/action.ts";
import { authorizeKey } from "../../../../sdk/src/actions/usage.ts";
import { signVoucher, signatureOf } from "../../../../sdk/src/signing/voucher.ts";
import type { LocalChain } from "../../../../sdk/test/chain.ts";
import { migrate } from "../../src/store/migrations.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { Store } from "../../src/store/sql.ts";
import { DEPLOYMENT, liveChain } from "../support/chain.ts";
import { fomo } from "../support/fomo.ts";
import { newDatabase } from "../support/postgres.ts";
import { newUser } from "../support/users.ts";
import type { User } from "../support/users.ts";
import { newFolder } from "./logs.ts";

const { chainId, usdcDecimals, addresses } = DEPLOYMENT;

/** What a command prints. */
type Document = Record<string, unknown>;

describe("settlement: commands on a gateway's store", () => {
  let chain: LocalChain;
  let url: string;
  let store: Store;
  /** One owes 3 USDC, one 0.5 since today, one 0.5 for a week, one nothing yet; the last owes 2 and has nothing. */
  let [rich, poor, late, leaving, broke]: User[] = [];
  let today: string;

  before(async () => {
    chain = await liveChain();
    const block = (await chain.ask("eth_getBlockByNumber", "latest", false)) as { timestamp: string };
    const now = Number(block.timestamp);
    today = new Date(now * 1_000).toISOString().slice(0, 10);
    url = await newDatabase();
    store = openPostgres(url);
    await migrate(store, { chain: "31337", chainId, meter: addresses.meter, usdcDecimals });
    [rich, poor, late, leaving] = [
      await newUser(chain, 10_000_000n),
      await newUser(chain, 10_000_000n),
      await newUser(chain, 10_000_000n),
      await newUser(chain, 10_000_000n),
    ];
    broke = await newUser(chain, 0n);
    await sign(rich, 3_000_000n, now);
    await sign(poor, 500_000n, now);
    await sign(late, 500_000n, now - 8 * 86_400);
    await sign(broke, 2_000_000n, now);
  });

  /** Puts a voucher and what was used for it into the store. */
  async function sign(user: User, paid: bigint, openedAt: number): Promise<void> {
    const unsigned = { user: user.address, key: user.address, modelId: 1n, units: 10_000n, list: paid, paid };
    const voucher = await signVoucher(user, DEPLOYMENT, unsigned);
    const moment = new Date(openedAt * 1_000).toISOString();
    await store.query(
      `insert into series values ($1, $1, 1, 0, 10000, $2, $2, 10000, $2, $2, 0, 0, 0, $3, $4, $4, 1, '')`,
      [user.address, paid.toString(), signatureOf(voucher), moment],
    );
    await store.query(`insert into usage_days values ($1, $1, 1, $2, 7, 100, 10, 50, 10000, $3, $3)`, [
      ...[user.address, today, paid.toString()],
    ]);
  }

  async function run(...args: string[]): Promise<{ code: number | null; document: Document }> {
    const { code, out } = await fomo(args);
    return { code, document: JSON.parse(out) as Document };
  }

  it("say what is used and open, and why it cannot be collected", async () => {
    const { code, document } = await run("usage", "--store", url, "--from-day", today, "--to-day", today);
    assert.equal(code, 0);
    // Other tests have settled on the same day: that stands here, too.
    const own = new Set([rich, poor, late, broke].map((user) => user!.address));
    const days = (document.days as Document[]).filter(({ user }) => own.has(user as string));
    assert.equal(days.length, 4);
    assert.deepEqual(
      days.find(({ user }) => user === rich!.address),
      {
        ...{ day: today, modelId: 1, user: rich!.address, requests: 7 },
        ...{ inputTokens: "100", cachedTokens: "10", outputTokens: "50", usedUnits: "10000" },
        ...{ usedListUsdc: "3", usedListUsdcWei: "3000000", usedPaidUsdc: "3", usedPaidUsdcWei: "3000000" },
        ...{
          settledUnits: "0",
          settledListUsdc: "0",
          settledListUsdcWei: "0",
          settledPaidUsdc: "0",
          settledPaidUsdcWei: "0",
        },
      },
    );
    const [model] = document.models as Document[];
    assert.deepEqual([model!.series, model!.signedUsdc, model!.openUsdc, model!.collectableUsdc], [4, "6", "6", "4"]);
    const open = document.openSeries as Document[];
    assert.deepEqual(
      open.map(({ openUsdc, skipped }) => [openUsdc, skipped]),
      [
        ["3", null],
        ["2", "noBalance"],
        ["0.5", null],
        ["0.5", null],
      ],
    );
  });

  it("collect from users who owe enough, or have owed it for long enough, and tell the others", async () => {
    const receipts = join(newFolder(), "receipts.jsonl");
    const { code, document } = await run(
      ...[
        "settle",
        "--store",
        url,
        "--min-usdc",
        "1",
        "--max-age-hours",
        "168",
        "--from",
        "platform",
        "--receipts",
        receipts,
      ],
    );
    assert.equal(code, 2, JSON.stringify(document)); // one has no balance
    const reduced = document.reduced as Document;
    assert.deepEqual(
      [document.collected, reduced.due, reduced.waiting, reduced.waitingUsdc, reduced.hurried],
      [2, 3, 1, "0.5", 0],
    );
    assert.deepEqual(reduced.skipped, [{ reason: "noBalance", count: 1 }]);
    const [line] = readFileSync(receipts, "utf8").split("\n");
    const { vouchers } = JSON.parse(line!) as { vouchers: { user: string; collected: { paid: string } }[] };
    assert.deepEqual(
      vouchers.map(({ user, collected }) => [user, collected.paid]),
      [
        [rich!.address, "3000000"],
        [late!.address, "500000"],
      ],
    );
  });

  it("collect at once what a key has signed whose cap falls", async () => {
    const key = await newUser(chain, 0n);
    const block = (await chain.ask("eth_getBlockByNumber", "latest", false)) as { timestamp: string };
    const expiresAt = BigInt(block.timestamp) + 864_000n;
    const { signer } = { signer: leaving! };
    await chain.ask("hardhat_setBalance", signer.address, "0x8ac7230489e80000");
    await chain.ask("hardhat_impersonateAccount", signer.address);
    for (const cap of [5_000_000n, 1_000_000n]) {
      const { to, data } = callOf(authorizeKey(DEPLOYMENT, { key: key.address, cap, expiresAt }));
      await chain.ask("eth_sendTransaction", { from: signer.address, to, data });
    }
    const unsigned = {
      user: signer.address,
      key: key.address,
      modelId: 1n,
      units: 10_000n,
      list: 400_000n,
      paid: 400_000n,
    };
    const voucher = await signVoucher(key, DEPLOYMENT, unsigned);
    await store.query(
      `insert into series values ($1, $2, 1, 0, 10000, 400000, 400000, 10000, 400000, 400000, 0, 0, 0, $3, now(), now(), 1, '')`,
      [signer.address, key.address, signatureOf(voucher)],
    );
    const { document } = await run("settle", "--store", url, "--min-usdc", "1", "--from", "platform");
    const reduced = document.reduced as Document;
    assert.deepEqual([document.collected, reduced.hurried, reduced.collectedBefore, reduced.waiting], [1, 1, 2, 1]);
  });

  it("say of each day what was settled, of one user and without a store too", async () => {
    const { document } = await run("usage", "--user", rich!.address, "--model", "1", "--from-day", today);
    const days = document.days as Document[];
    assert.deepEqual(
      days.map(({ user, settledPaidUsdc, usedPaidUsdc }) => [user, settledPaidUsdc, usedPaidUsdc]),
      [[rich!.address, "3", null]],
    );
    assert.deepEqual([document.models, document.openSeries], [null, null]);
    const withStore = await run("usage", "--store", url, "--user", rich!.address, "--from-day", today);
    assert.deepEqual(withStore.document.openSeries, []);
    const [day] = withStore.document.days as Document[];
    assert.deepEqual([day!.usedPaidUsdc, day!.settledPaidUsdc], ["3", "3"]);
  });
});
