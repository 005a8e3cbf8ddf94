import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";

import type { Summary } from "../../src/settlement/summary.ts";
import { writeLog } from "./log.ts";
import { VERSIONS, WHERE } from "./series.ts";

/**
 * Measures the reduction of a log of vouchers, as a process of its own: how long it takes, and how much memory.
 * `--series` says how many there are, each with ten vouchers; `--curve javascript` looks at signatures without native code;
 * `--log` keeps the log in a file, or takes it from there.
 */
const { values } = parseArgs({
  options: { series: { type: "string", default: "1000000" }, curve: { type: "string" }, log: { type: "string" } },
});
const series = Number(values.series);
const folder = mkdtempSync(join(tmpdir(), "fomo-bench-"));
const log = values.log ?? join(folder, "log.jsonl");
try {
  if (!existsSync(log)) await writeLog(log, series);
  const size = (statSync(log).size / 1e9).toFixed(2);
  console.log(`${(series * VERSIONS).toString()} vouchers of ${series.toString()} series, ${size} GB`);
  const main = join(import.meta.dirname, "..", "..", "src", "settlement", "main.ts");
  const startedAt = performance.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, "measured.ts"), main], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const meter = { chainId: WHERE.chainId, meter: WHERE.addresses.meter, usdcDecimals: WHERE.usdcDecimals };
  const logs = [log];
  child.stdin.end(JSON.stringify({ meter, logs, store: null, folder, curve: values.curve ?? null }));
  let readAt = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const told = JSON.parse(line) as {
      progress?: { step: string };
      summary?: Summary;
      used?: { userCpuTime: number; systemCpuTime: number; maxRSS: number };
    };
    if (told.progress?.step === "checking" && readAt === 0) readAt = performance.now();
    if (told.summary !== undefined) {
      const { rows, good, superseded, signatures } = told.summary;
      console.log(
        `read ${rows.toString()}, good ${good.toString()}, superseded ${superseded.toString()}, ${signatures}`,
      );
    }
    if (told.used !== undefined) {
      const [user, system] = [told.used.userCpuTime / 1e6, told.used.systemCpuTime / 1e6];
      const seconds = (from: number, to: number) => ((to - from) / 1_000).toFixed(1);
      const now = performance.now();
      console.log(
        `${seconds(startedAt, now)} s on ${availableParallelism().toString()} cores (reading ${seconds(startedAt, readAt)} s, ` +
          `checking ${seconds(readAt, now)} s), ${(user + system).toFixed(1)} s of CPU, ` +
          `${(told.used.maxRSS / 1_000).toFixed(0)} MB at most`,
      );
    }
  }
  if (child.exitCode === null) await once(child, "close");
} finally {
  rmSync(folder, { recursive: true });
}
