import { createHash } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";

import { exact } from "../../../../sdk/src/units/numbers.ts";
import { SIGNED_BYTES, VERSIONS, WHERE, sumsOf, userOf } from "./series.ts";

/** Lines that are written at once. */
const AT_ONCE = 5_000;

/** The keys and the signatures of the newest vouchers, by all cores. */
async function signed(series: number): Promise<Buffer> {
  const count = Math.min(availableParallelism(), series);
  const bounds = Array.from({ length: count + 1 }, (_, index) => Math.floor((series * index) / count));
  const parts = await Promise.all(
    bounds.slice(1).map(async (to, index) => {
      const worker = new Worker(new URL("signWorker.ts", import.meta.url), {
        workerData: { from: bounds[index]!, to },
      });
      return await new Promise<Uint8Array>((resolve, reject) => {
        worker.once("message", resolve).once("error", reject);
      });
    }),
  );
  return Buffer.concat(parts);
}

/**
 * Writes a log of vouchers as JSON lines, always the same for the same number of series: ten vouchers of each, the oldest
 * of all series first. The newest of each series is signed by its key. The signatures of the others are made up: a
 * settlement must not look at them, unless the newest is bad.
 */
export async function writeLog(path: string, series: number): Promise<void> {
  const keys = await signed(series);
  const file = openSync(path, "w");
  const head = `{"chainId":${WHERE.chainId.toString()},"meter":"${WHERE.addresses.meter}"`;
  let lines: string[] = [];
  const flush = () => {
    writeSync(file, lines.join(""));
    lines = [];
  };
  for (let version = 1; version <= VERSIONS; ++version) {
    for (let index = 0; index < series; ++index) {
      const at = index * SIGNED_BYTES;
      const key = keys.toString("hex", at, at + 20);
      const { units, list, paid } = sumsOf(index, version);
      const signature =
        version === VERSIONS ? keys.toString("hex", at + 20, at + SIGNED_BYTES) : madeUp(keys, at + 20, version);
      lines.push(
        `${head},"user":"${userOf(index)}","key":"0x${key}","modelId":${(1 + (index % 3)).toString()},` +
          `"units":"${units.toString()}","listUsdc":"${exact(list, 6)}","paidUsdc":"${exact(paid, 6)}",` +
          `"signature":"0x${signature}"}\n`,
      );
      if (lines.length === AT_ONCE) flush();
    }
  }
  flush();
  closeSync(file);
}

/** What looks like a signature: that of the newest voucher with other first bytes. */
function madeUp(keys: Buffer, at: number, version: number): string {
  const first = createHash("md5")
    .update(keys.subarray(at, at + 8))
    .update(version.toString())
    .digest("hex");
  return first + keys.toString("hex", at + 16, at + 65);
}
