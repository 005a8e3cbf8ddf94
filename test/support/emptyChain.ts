import { commandLine } from "./commandLine.ts";
import type { CommandLine } from "./commandLine.ts";
import { collect, freePort, startHardhat, stop, until } from "./process.ts";

/** A chain on which nothing is deployed, with a command line that talks to it. */
export interface EmptyChain {
  url: string;
  cli: CommandLine;
  stop: () => Promise<void>;
}

/** Starts Hardhat's own node as a process. */
export async function startEmptyChain(chainId: number): Promise<EmptyChain> {
  const port = (await freePort()).toString();
  const node = startHardhat(["node", "--hostname", "127.0.0.1", "--port", port, "--chain-id", chainId.toString()]);
  const output = collect(node);
  await until(node, () => output.stdout.includes("Started HTTP"));
  const url = `http://127.0.0.1:${port}`;
  const cli = commandLine(url);
  return {
    url,
    cli,
    stop: async () => {
      await Promise.all([stop(node, "SIGTERM"), cli.close()]);
    },
  };
}
