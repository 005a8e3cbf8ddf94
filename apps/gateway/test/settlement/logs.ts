import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { readFileSync } from "node:fs";

import { Wallet } from "ethers";

import { signVoucher } from "../../../../sdk/src/signing/voucher.ts";
import { jsonOfVoucher } from "../../../../sdk/src/signing/voucherJson.ts";
import type { VoucherEntry } from "../../../../sdk/src/signing/voucherJson.ts";
import { reduceLogs } from "../../src/settlement/reduce.ts";
import type { Summary } from "../../src/settlement/summary.ts";

/** Where the vouchers of these tests are good. */
export const WHERE = {
  ...{ chainId: 31_337, network: "local", usdcDecimals: 6 },
  addresses: { meter: "0x5FbDB2315678afecb367f032d93F642f64180aa3" },
};

/** The same for a run. */
export const METER = { chainId: 31_337, meter: WHERE.addresses.meter, usdcDecimals: 6 };

/** What the tests write; removed when they are over. */
const root = mkdtempSync(join(tmpdir(), "fomo-settlement-"));
after(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A new folder. */
export const newFolder = (): string => mkdtempSync(join(root, "run-"));

/** A wallet that is always the same. */
export const walletOf = (index: number): Wallet => new Wallet(`0x${(index + 1).toString(16).padStart(64, "0")}`);

/** A voucher of a key in JSON: 100 units cost one USDC, and a tenth is off. */
export async function entryOf(
  key: number,
  list: bigint,
  { modelId = 1n, user = key }: { modelId?: bigint; user?: number } = {},
): Promise<VoucherEntry> {
  const signer = walletOf(key);
  const sums = { units: list / 10_000n, list, paid: (list * 9n) / 10n };
  const unsigned = { user: walletOf(user).address, key: signer.address, modelId, ...sums };
  return jsonOfVoucher(WHERE, await signVoucher(signer, WHERE, unsigned));
}

/** The same with a signature that somebody else gave. */
export const forged = (entry: VoucherEntry, other: VoucherEntry): VoucherEntry => ({
  ...entry,
  signature: other.signature,
});

/** A voucher as a run writes it. */
export interface Written {
  user: string;
  key: string;
  modelId: number;
  units: string;
  list: string;
  paid: string;
  open: string;
  openedAt: string | null;
}

/** What a run has written. */
export const writtenIn = ({ vouchers }: Summary): Written[] =>
  readFileSync(vouchers, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Written);

/** Reduces logs that are given as text. */
export async function reduceTexts(...texts: (string | Buffer)[]): Promise<{ summary: Summary; written: Written[] }> {
  const folder = newFolder();
  const logs = texts.map((text, index) => {
    const path = join(folder, `log-${index.toString()}.jsonl`);
    writeFileSync(path, text);
    return { path, name: `log-${index.toString()}.jsonl`, size: statSync(path).size };
  });
  const summary = await reduceLogs({ meter: METER, folder, curve: null }, logs, () => undefined);
  return { summary, written: writtenIn(summary) };
}

/** Rows as JSON lines. */
export const linesOf = (rows: readonly unknown[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
