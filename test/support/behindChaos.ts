import { startChaosNode } from "./chaosNode.ts";
import type { ChaosNode } from "./chaosNode.ts";
import { commandLine } from "./commandLine.ts";
import type { CommandLine } from "./commandLine.ts";
import { freshNode } from "./node.ts";
import type { Node } from "./node.ts";

/** A node, and a command line that reaches it through a proxy, which misbehaves when it is told to. */
export interface BehindChaos {
  /** The node itself. */
  node: Node;
  chaos: ChaosNode;
  /** Talks to the node through the proxy. */
  cli: CommandLine;
  close: () => Promise<void>;
}

/** Puts a proxy before the fresh node of this process of tests. */
export async function freshNodeBehindChaos(): Promise<BehindChaos> {
  const node = await freshNode();
  const chaos = await startChaosNode(node.url);
  const cli = commandLine(chaos.url);
  return {
    ...{ node, chaos, cli },
    close: async () => {
      await cli.close();
      chaos.close();
    },
  };
}
