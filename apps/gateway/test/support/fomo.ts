import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

import { liveChain } from "./chain.ts";

/** The repository's folder. */
export const ROOT = join(import.meta.dirname, "..", "..", "..", "..");
const HARDHAT = join(ROOT, "node_modules", "hardhat", "dist", "src", "cli.js");

/** What a command has done. */
export interface Ran {
  /** Null if it was killed. */
  code: number | null;
  /** What it has printed: a document of JSON. */
  out: string;
  /** What it has told. */
  said: string;
}

/**
 * Runs a command of the house on the tests' chain.
 * @param killed When it is killed, if it is.
 */
export async function fomo(
  args: readonly string[],
  {
    environment = {},
    killed,
  }: { environment?: Record<string, string>; killed?: (() => Promise<void>) | undefined } = {},
): Promise<Ran> {
  const { url } = await liveChain();
  const child = spawn(process.execPath, [HARDHAT, "fomo", ...args, "--json"], {
    ...{ cwd: ROOT, env: { ...process.env, NODE_OPTIONS: "", FOMO_LOCALHOST_URL: url, ...environment } },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close") as Promise<[number | null]>;
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  if (killed !== undefined) {
    await Promise.race([killed(), ended]);
    child.kill("SIGKILL");
  }
  const [[code], [out, said]] = await Promise.all([ended, printed]);
  return { code, out, said };
}
