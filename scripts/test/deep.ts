import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { globSync } from "node:fs";

/**
 * `npm run test:deep`: the tests that the default makes smaller, with many more and longer cases, file by file, those of
 * the apps among them, and the bench with its full crowd. Every run draws its cases from a seed, which is printed; `FOMO_SEED` gives it, so that a
 * failure can be repeated.
 */
const seed = process.env.FOMO_SEED ?? randomBytes(4).toString("hex");
const files = globSync([
  "test/deploy/resume.ts",
  "test/scenario/keeperDays.ts",
  "test/fuzz/*.{sol,ts}",
  "test/invariant/*.t.sol",
]).sort();
const runs = [
  ["hardhat", "fomo", "bench"],
  ...files.map((file) => ["hardhat", "test", file.endsWith(".sol") ? "solidity" : "mocha", "--no-compile", file]),
  ["npm", "run", "test:apps"],
];
const started = Date.now();
const failed: string[] = [];

console.log(`Deep run of ${runs.length} parts with the seed ${seed}. FOMO_SEED=${seed} repeats it.`);
for (const [index, [program, ...args]] of runs.entries()) {
  const line = `${program!} ${args.join(" ")}`; // each has one
  console.log(`\n[${index + 1} of ${runs.length}, after ${minutesSince(started)} minutes] ${line}`);
  const child = spawn(program!, args, {
    stdio: "inherit",
    env: { ...process.env, FOMO_DEEP: "1", FOMO_SEED: seed },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) failed.push(line);
}

console.log(`\n${runs.length - failed.length} of ${runs.length} parts passed in ${minutesSince(started)} minutes.`);
for (const line of failed)
  console.log(`Failed. Again: FOMO_DEEP=1 FOMO_SEED=${seed} ${line.replace(/^hardhat/, "npx hardhat")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

function minutesSince(time: number): string {
  return ((Date.now() - time) / 60_000).toFixed(1);
}
