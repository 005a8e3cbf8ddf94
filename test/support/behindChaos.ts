import { startChaosNode } from "./chaosNode.ts";
import type { Asked, ChaosNode } from "./chaosNode.ts";
import { commandLine } from "./commandLine.ts";
import type { CommandLine } from "./commandLine.ts";
import { freshNode } from "./node.ts";
import type { Node } from "./node.ts";
import { collect, startHardhat, stop } from "./process.ts";

/** A node, and a command line that reaches it through a proxy, which misbehaves when it is told to. */
export interface BehindChaos {
  /** The node itself. */
  node: Node;
  chaos: ChaosNode;
  /** Talks to the node through the proxy. */
  cli: CommandLine;
  /** Starts a command as a process, and kills it while it waits for the answer to a request. */
  killAt: (line: string, isIt: (asked: Asked) => boolean, misdeed: "hang" | "swallow") => Promise<void>;
  close: () => Promise<void>;
}

/** Puts a proxy before the fresh node of this process of tests. */
export async function freshNodeBehindChaos(): Promise<BehindChaos> {
  const node = await freshNode();
  const chaos = await startChaosNode(node.url);
  const cli = commandLine(chaos.url);
  return {
    ...{ node, chaos, cli },
    killAt: async (line, isIt, misdeed) => {
      const reached = chaos.stopAt(isIt, misdeed);
      const child = startHardhat(["fomo", ...line.split(" ")], { FOMO_LOCALHOST_URL: chaos.url });
      collect(child);
      await reached;
      await node.provider.send("eth_blockNumber", []); // what was passed on has been executed by then
      await stop(child, "SIGKILL");
      chaos.behave();
    },
    close: async () => {
      await cli.close();
      chaos.close();
    },
  };
}
