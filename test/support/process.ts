import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

import { checkDocument } from "./documents.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** npm scripts call `hardhat`; a test calls the file behind it, because `npx` does not work inside `npx -c`. */
const HARDHAT = join(ROOT, "node_modules", "hardhat", "dist", "src", "cli.js");

/** A running process whose output is read. */
export type Child = ChildProcessByStdio<null, Readable, Readable>;

/** What a process prints; it grows until the process ends. */
export interface Printed {
  stdout: string;
  stderr: string;
}

/** What a finished process left behind. */
export interface Finished extends Printed {
  code: number | null;
}

/**
 * The environment of whoever calls `hardhat` in a shell: not that of Mocha's processes, which load TypeScript on their own.
 * Node may keep the code that it has compiled, which makes it start faster.
 */
export function shellEnvironment(changes: Record<string, string> = {}): NodeJS.ProcessEnv {
  const compiled = join(tmpdir(), "fomo-compiled");
  return { ...process.env, NODE_OPTIONS: "", NODE_COMPILE_CACHE: compiled, NO_COLOR: "1", ...changes };
}

/** Starts `hardhat` with some arguments as a real process in the project's folder. */
export function startHardhat(args: string[], environment: Record<string, string> = {}): Child {
  const env = shellEnvironment(environment);
  return spawn(process.execPath, [HARDHAT, ...args], { cwd: ROOT, env, stdio: ["ignore", "pipe", "pipe"] });
}

/** Runs `hardhat` with some arguments to its end, and checks the document that it prints. */
export async function runHardhat(args: string[], environment: Record<string, string> = {}): Promise<Finished> {
  const child = startHardhat(args, environment);
  const printed = collect(child);
  const [code] = (await once(child, "close")) as [number | null];
  checkDocument(args, { code, ...printed });
  return { code, ...printed };
}

/** Collects what a process prints. */
export function collect(child: Child): Printed {
  const printed = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  return printed;
}

/** Waits until what a process has printed satisfies a condition. */
export async function until(child: Child, condition: () => boolean): Promise<void> {
  while (!condition()) {
    const listening = new AbortController();
    const { signal } = listening;
    const ended = once(child, "close", { signal }).then(() => "ended");
    const heard = [once(child.stdout, "data", { signal }), once(child.stderr, "data", { signal })];
    const printed = Promise.race(heard).then(() => "printed");
    const which = await Promise.race([ended, printed]);
    listening.abort(); // each round would leave its listeners behind
    if (which === "ended" && !condition()) {
      throw new Error(`The process ended with ${String(child.exitCode)} before it printed what was waited for`);
    }
  }
}

/** Stops a process that was started here. */
export async function stop(child: Child, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill(signal);
  await closed;
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort++;
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false, // somebody else has it
    );
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

/**
 * The next port to be tried: each process of tests has a hundred of its own, below those that systems give to connections.
 * So nobody else takes one between the question and the use.
 */
let nextPort = 20_000 + 100 * Number(process.env.MOCHA_WORKER_ID ?? 0);
