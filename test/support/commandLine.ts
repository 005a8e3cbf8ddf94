import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { once } from "node:events";

/** Hardhat's command line; `npx` cannot be nested in every environment that runs these tests. */
const HARDHAT = "node_modules/hardhat/dist/src/cli.js";

/** What a finished process left behind. */
export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A process that runs until it is stopped. */
export interface Running {
  /** Waits until it has printed something. */
  printed(pattern: RegExp): Promise<void>;
  /** Interrupts it as Ctrl-C does and waits for its end. */
  stop(): Promise<Finished>;
}

/** A command line whose `--network localhost` is one node. */
export interface CommandLine {
  /** Runs `hardhat fomo …`. */
  fomo(...args: string[]): Promise<Finished>;
  /** Starts `hardhat fomo …` and leaves it running. */
  start(...args: string[]): Running;
  /** Runs `hardhat fomo … --json`, expects success and parses the one document. */
  json(...args: string[]): Promise<Record<string, unknown>>;
  /** Runs `hardhat fomo …`, expects failure and gives the one sentence. */
  refusal(...args: string[]): Promise<string>;
}

/** A command line against the node at `url`. */
export function commandLine(url: string): CommandLine {
  const fomo = async (...args: string[]) => {
    const child = start(["fomo", ...args], { FOMO_LOCALHOST_URL: url });
    const output = collect(child);
    const [code] = (await once(child, "close")) as [number | null];
    return { code, ...output };
  };
  return {
    fomo,
    start(...args) {
      const child = start(["fomo", ...args], { FOMO_LOCALHOST_URL: url });
      const output = collect(child);
      return {
        printed: (pattern) => until(child, () => pattern.test(output.stdout) || pattern.test(output.stderr)),
        async stop() {
          await stop(child, "SIGINT");
          return { code: child.exitCode, ...output };
        },
      };
    },
    async json(...args) {
      const { code, stdout, stderr } = await fomo(...args, "--json");
      if (code !== 0) throw new Error(`fomo ${args.join(" ")} failed: ${stderr}`);
      return JSON.parse(stdout) as Record<string, unknown>;
    },
    async refusal(...args) {
      const { code, stdout, stderr } = await fomo(...args, "--json");
      if (code !== 1) throw new Error(`fomo ${args.join(" ")} ended with ${String(code)}: ${stdout}${stderr}`);
      const { error } = JSON.parse(stdout) as { error: { message: string } };
      if (!stderr.endsWith(`${error.message}\n`) || /^\s+at /m.test(stderr)) {
        throw new Error(`fomo ${args.join(" ")} said more than one sentence: ${stderr}`);
      }
      return error.message;
    },
  };
}

/** Starts Hardhat without waiting for its end; in CI it prints the stack of what is thrown, so here it always does. */
export function start(args: string[], environment: Record<string, string> = {}): ChildProcessWithoutNullStreams {
  const env = { ...process.env, CI: "true", NO_COLOR: "1", ...environment };
  return spawn(process.execPath, [HARDHAT, ...args], { env });
}

/** Collects what a process prints; the strings grow until it ends. */
export function collect(child: ChildProcessWithoutNullStreams): { stdout: string; stderr: string } {
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  return output;
}

/** Waits until what a process has printed satisfies a condition. */
export async function until(child: ChildProcessWithoutNullStreams, condition: () => boolean): Promise<void> {
  while (!condition()) {
    const listening = new AbortController();
    const { signal } = listening;
    const ended = once(child, "close", { signal }).then(() => "ended");
    const heard = [once(child.stdout, "data", { signal }), once(child.stderr, "data", { signal })];
    const printed = Promise.race(heard).then(() => "printed");
    const which = await Promise.race([ended, printed]);
    listening.abort(); // each round would leave its listeners behind
    if (which === "ended" && !condition()) {
      throw new Error("The process ended before it printed what was waited for");
    }
  }
}

/** A port that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Stops a process that was started here. */
export async function stop(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill(signal);
  await closed;
}

/** A node that starts may have to build first, on a busy machine [ms]. */
export const START_TIMEOUT = 180_000;

/** A `fomo node` of its own chain id on a free port, so that it touches no other local chain. */
export async function startNode(chainId: string) {
  const port = await freePort();
  const child = start(["fomo", "node", "--json", "--port", port.toString(), "--chain-id", chainId]);
  const output = collect(child);
  await until(child, () => output.stdout.endsWith("}\n"));
  const document = JSON.parse(output.stdout) as { url: string; addresses: Record<string, string> };
  return { child, output, ...document, ...commandLine(document.url) };
}
