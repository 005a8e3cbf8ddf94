import type { ProtocolAddresses } from "../../deploy/config/deployed.ts";
import type { LocalNode } from "../../scripts/lib/chain/localNode.ts";
import type { Finished } from "./process.ts";

/** What the process can be asked for: to run a command, or to be a local node beside. */
export type Question = { run: string[] } | { node: { port: number; chainId: number } };

/** How a command ended, and what it should not have left behind. */
export interface Ended extends Finished {
  /** Signals that it still listens to: the next command would find its listeners. */
  listening: string[];
}

/** What it answers. */
export type Answer = Ended | ProtocolAddresses;

/** Hears what is written to a stream of this process, until the returned function is called. */
function listen(stream: NodeJS.WriteStream, hear: (text: string) => void): () => void {
  const write = stream.write.bind(stream);
  stream.write = (text: string | Uint8Array, ...rest: unknown[]) => {
    hear(typeof text === "string" ? text : Buffer.from(text).toString());
    const written = rest.find((one) => typeof one === "function");
    if (written !== undefined) process.nextTick(written);
    return true;
  };
  return () => (stream.write = write);
}

/**
 * Runs commands one after the other through the entry of Hardhat's own command line, so that what each process would load
 * is loaded once. What `main` does to the process of a command is undone: listeners, exit code, the global environment.
 */
async function serve(): Promise<void> {
  const { main } = await import("../../node_modules/hardhat/dist/src/internal/cli/main.js");
  const globals = await import("../../node_modules/hardhat/dist/src/internal/global-hre-instance.js");
  let node: LocalNode | undefined;

  const run = async (args: string[]): Promise<Ended> => {
    const printed = { stdout: "", stderr: "" };
    const restore = [
      listen(process.stdout, (text) => (printed.stdout += text)),
      listen(process.stderr, (text) => (printed.stderr += text)),
    ];
    globals.resetGlobalHardhatRuntimeEnvironment();
    await main(args, { warnAboutUnusedPlugins: true });
    for (const stream of restore) stream();
    const code = Number(process.exitCode ?? 0);
    process.exitCode = undefined;
    process.removeAllListeners("uncaughtException").removeAllListeners("unhandledRejection");
    return { code, ...printed, listening: ["SIGINT", "SIGTERM"].filter((signal) => process.listenerCount(signal) > 0) };
  };

  const become = async ({ port, chainId }: { port: number; chainId: number }): Promise<ProtocolAddresses> => {
    const { default: hre } = await import("hardhat");
    const { startLocalNode } = await import("../../scripts/lib/chain/localNode.ts");
    node = await startLocalNode(hre, port, BigInt(chainId));
    return node.addresses;
  };

  let last: Promise<unknown> = Promise.resolve();
  process.on("message", (question: Question) => {
    last = last.then(async () => {
      process.send!("run" in question ? await run(question.run) : await become(question.node));
    });
  });
  process.once("disconnect", () => {
    void Promise.resolve(node?.stop()).finally(() => process.exit());
  });
}

// Mocha loads every file of this folder; a server is only who is started as one.
if (process.argv[1] === import.meta.filename) await serve();
