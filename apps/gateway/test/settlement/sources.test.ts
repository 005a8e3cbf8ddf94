import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";

import { DuckDBInstance } from "@duckdb/node-api";

import type { VoucherEntry } from "../../../../sdk/src/signing/voucherJson.ts";
import type { Summary } from "../../src/settlement/summary.ts";
import { migrate } from "../../src/store/migrations.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import { listening } from "../support/listening.ts";
import { newDatabase } from "../support/postgres.ts";
import { METER, entryOf, linesOf, newFolder, writtenIn } from "./logs.ts";

const MAIN = join(import.meta.dirname, "..", "..", "src", "settlement", "main.ts");

/** What the process of a run has told. */
interface Told {
  problem?: string;
  summary?: Summary;
  usageDays?: string;
  progress?: { step: string; done: number; of: number };
}

/** Starts the process that commands start. */
async function run(asked: object, token?: string): Promise<{ told: Told[]; code: number | null }> {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...(token === undefined ? {} : { FOMO_OPERATOR_TOKEN: token }) },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const request = { meter: METER, logs: [], store: null, folder: newFolder(), ...asked };
  child.stdin.end(JSON.stringify(request));
  const ended = once(child, "close") as Promise<[number | null]>;
  const out = await text(child.stdout);
  const [code] = await ended;
  const lines = out.split("\n").filter((line) => line !== "");
  return { told: lines.map((line) => JSON.parse(line) as Told), code };
}

/** What a run that succeeds has found. */
async function summaryOf(asked: object, token?: string): Promise<Summary> {
  const { told, code } = await run(asked, token);
  assert.equal(code, 0, JSON.stringify(told));
  return told.at(-1)!.summary!;
}

/** Why a run does not begin. */
async function problemOf(asked: object, token?: string): Promise<string> {
  const { told, code } = await run(asked, token);
  assert.equal(code, 1);
  return told.at(-1)!.problem!;
}

describe("settlement: files of a log", () => {
  let entries: VoucherEntry[];
  let folder: string;
  before(async () => {
    entries = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => await entryOf(index % 3, BigInt(index + 1) * 1_000_000n)),
    );
    folder = newFolder();
  });

  it("are found by patterns, and are JSON lines, CSV and Parquet, all at once", async () => {
    const columns = Object.keys(entries[0]!) as (keyof VoucherEntry)[];
    const csv = [
      columns.join(","),
      ...entries.slice(0, 3).map((entry) => columns.map((name) => `"${entry[name].toString()}"`).join(",")),
    ];
    writeFileSync(join(folder, "a.csv"), `${csv.join("\r\n")}\n`);
    writeFileSync(join(folder, "b.jsonl"), linesOf(entries.slice(3, 5)));
    writeFileSync(join(folder, "rest.ndjson"), linesOf(entries.slice(5)));
    const database = await (await DuckDBInstance.create()).connect();
    await database.run(
      `copy (select * from read_json('${join(folder, "rest.ndjson")}', format = 'newline_delimited')) to '${join(folder, "c.parquet")}'`,
    );
    database.closeSync();
    const logs = [join(folder, "?.*"), join(folder, "b.jsonl")];
    const { told } = await run({ logs });
    const summary = told.at(-1)!.summary!;
    assert.deepEqual([summary.rows, summary.good, summary.bad], [8, 3, {}]);
    assert.deepEqual(
      writtenIn(summary).map(({ list }) => list),
      ["8000000", "7000000", "6000000"],
    );
    assert.deepEqual(told[told.length - 2]!.progress, { step: "checking", done: 3, of: 3 });
  });

  it("cost no row because another one of a table is broken, and are counted in rows", async () => {
    const columns = Object.keys(entries[0]!) as (keyof VoucherEntry)[];
    const rows = entries.map((entry) => columns.map((name) => entry[name].toString()).join(","));
    rows.splice(2, 0, '"', "a,b", "x".repeat(20_000), `${rows[0]!},more,values`);
    writeFileSync(join(folder, "broken.csv"), [columns.join(","), ...rows].join("\n"));
    const summary = await summaryOf({ logs: [join(folder, "broken.csv")] });
    assert.equal(summary.good, 3);
    assert.deepEqual(summary.examples.map(({ row }) => row).slice(0, 2), [3, 4]);
  });

  it("are refused in one sentence if there is none, or it is of another kind", async () => {
    writeFileSync(join(folder, "log.txt"), "");
    writeFileSync(join(folder, "few.csv"), "chainId,meter\n1,2\n");
    writeFileSync(join(folder, "no.parquet"), "text");
    assert.match(
      await problemOf({ logs: [join(folder, "none*.jsonl")] }),
      /^There is no file ".*none\*\.jsonl": name a log/,
    );
    assert.match(await problemOf({ logs: [join(folder, "log.txt")] }), /its name must end with one of \.jsonl/);
    assert.match(await problemOf({ logs: [join(folder, "few.csv")] }), /has no column user, key, modelId/);
    assert.match(await problemOf({ logs: [join(folder, "no.parquet")] }), /no\.parquet" cannot be read as parquet: /);
  });
});

describe("settlement: a store", () => {
  const OPENED = "2026-03-01T10:00:00.000Z";
  let url: string;
  let entry: VoucherEntry;
  before(async () => {
    url = await newDatabase();
    const store = openPostgres(url);
    await migrate(store, { chain: "31337", chainId: 31_337, meter: METER.meter, usdcDecimals: 6 });
    entry = await entryOf(1, 2_000_000n);
    await store.query(
      `insert into series values ($1, $2, 1, 0, 200, 2000000, 1800000, 200, 2000000, 1800000, 0, 0, 300000, $3, $4, $4, 1, '')`,
      [entry.user, entry.key, entry.signature, OPENED],
    );
    await store.query(
      `insert into usage_days values ($1, $2, 1, '2026-03-01', 3, 10, 2, 5, 200, 2000000, 1800000), ($1, $2, 1, '2026-03-02', 1, 1, 1, 1, 1, 1, 1)`,
      [entry.user, entry.key],
    );
    await store.close();
  });

  it("at a server says since when its vouchers wait, and what is open of them", async () => {
    const [written] = writtenIn(await summaryOf({ store: url }));
    assert.deepEqual(
      [written!.user, written!.paid, written!.open, written!.openedAt],
      [entry.user.toLowerCase(), "1800000", "1500000", OPENED],
    );
  });

  it("is taken together with a log", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "log.jsonl"), linesOf([await entryOf(1, 3_000_000n), await entryOf(2, 1_000_000n)]));
    const written = writtenIn(await summaryOf({ store: url, logs: [join(folder, "log.jsonl")] }));
    assert.deepEqual(
      written.map(({ list }) => list),
      ["3000000", "1000000"],
    );
  });

  it("says what was used on days", async () => {
    const { told } = await run({ store: url, usageDays: { from: "2026-03-01", to: "2026-03-01" } });
    const [day, ...rest] = writtenIn({ vouchers: told[0]!.usageDays } as Summary);
    assert.deepEqual(day, {
      ...{ user: entry.user, key: entry.key, modelId: 1, day: "2026-03-01", requests: 3 },
      ...{ inputTokens: "10", cachedTokens: "2", outputTokens: "5", units: "200", list: "2000000", paid: "1800000" },
    });
    assert.equal(rest.length, 0);
  });

  it("is refused in one sentence if it is for another chain or meter, is none, or is not there", async () => {
    const other = { ...METER, chainId: 1 };
    assert.match(
      await problemOf({ store: url, meter: other }),
      /^The store is for the meter 0x.* of chain 31337, and this is /,
    );
    assert.match(await problemOf({ store: await newDatabase() }), /^There is no gateway's store at this URL: /);
    assert.match(await problemOf({ store: url.replace(/gateway_\d+$/, "nowhere") }), /^The store cannot be opened: /);
    assert.match(await problemOf({ store: "mysql://host/db" }), /must be a postgres:\/\/ URL, or the http/);
    assert.match(
      await problemOf({ store: "http://127.0.0.1:9" }),
      /^The gateway at http:\/\/127\.0\.0\.1:9 does not answer: /,
    );
  });

  describe("that a gateway keeps to itself", () => {
    const voucher = () => ({
      ...{ user: entry.user, key: entry.key, modelId: 1, units: "200", listUsdc: "2", paidUsdc: "1.8" },
      ...{ collectedUsdc: "0", signature: entry.signature, signedAt: OPENED, openedAt: null },
    });
    let lines: () => string;
    const server = createServer((request, response) => {
      if (request.headers.authorization !== "Bearer secret") response.writeHead(401).end();
      else response.end(request.url === "/v1/terms" ? JSON.stringify(METER) : lines());
    });
    let address: string;
    before(async () => {
      address = await listening(server);
    });
    after(() => {
      server.close();
    });

    it("is asked with the operator's token", async () => {
      lines = () => linesOf([voucher()]);
      const [written] = writtenIn(await summaryOf({ store: address }, "secret"));
      assert.deepEqual([written!.paid, written!.openedAt], ["1800000", null]);
      assert.match(await problemOf({ store: address }, "wrong"), /set FOMO_OPERATOR_TOKEN to the token/);
    });

    it("is not taken for empty or whole if its answer breaks off", async () => {
      lines = () => linesOf([voucher()]).slice(0, -20);
      assert.match(await problemOf({ store: address }, "secret"), /breaks off: try again/);
    });
  });
});
