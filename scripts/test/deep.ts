import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { globSync } from "node:fs";

/**
 * `npm run test:deep`: the tests that the default makes smaller, with many more and longer cases, file by file. Every run
 * draws its cases from a seed, which is printed; `FOMO_SEED` gives it, so that a failure can be repeated.
 */
const seed = process.env.FOMO_SEED ?? randomBytes(4).toString("hex");
const files = globSync(["test/deploy/resume.ts", "test/fuzz/*.{sol,ts}", "test/invariant/*.t.sol"]).sort();
const started = Date.now();
const failed: string[] = [];

console.log(`Deep run of ${files.length} files with the seed ${seed}. FOMO_SEED=${seed} repeats it.`);
for (const [index, file] of files.entries()) {
  console.log(`\n[${index + 1} of ${files.length}, after ${minutesSince(started)} minutes] ${file}`);
  const runner = file.endsWith(".sol") ? "solidity" : "mocha";
  const child = spawn("hardhat", ["test", runner, "--no-compile", file], {
    stdio: "inherit",
    env: { ...process.env, FOMO_DEEP: "1", FOMO_SEED: seed },
  });
  const [code] = (await once(child, "exit")) as [number | null];
  if (code !== 0) failed.push(file);
}

console.log(`\n${files.length - failed.length} of ${files.length} files passed in ${minutesSince(started)} minutes.`);
for (const file of failed) {
  console.log(`Failed: ${file}. Again: FOMO_DEEP=1 FOMO_SEED=${seed} npx hardhat test ${file}`);
}
process.exitCode = failed.length === 0 ? 0 : 1;

function minutesSince(time: number): string {
  return ((Date.now() - time) / 60_000).toFixed(1);
}
