import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { join } from "node:path";
import type { Readable } from "node:stream";

const ROOT = join(import.meta.dirname, "..", "..");
/** npm scripts call `hardhat`; a test calls the file behind it, because `npx` does not work inside `npx -c`. */
const HARDHAT = join(ROOT, "node_modules", "hardhat", "dist", "src", "cli.js");

/** What a finished process left behind. */
export interface Finished {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** Starts `hardhat` with some arguments as a real process in the project's folder. */
export function startHardhat(args: string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn(process.execPath, [HARDHAT, ...args], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs `hardhat` with some arguments to its end. */
export async function runHardhat(args: string[]): Promise<Finished> {
  const child = startHardhat(args);
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { exitCode, stdout, stderr };
}
