import { createInterface } from "node:readline";

import { startHardhat } from "../support/process.ts";

/** A chain of its own in a process of its own. */
export interface LocalNode {
  url: string;
  stop: () => Promise<void>;
}

/** Starts a node on a free port of this machine and waits until it answers. */
export async function startLocalNode(): Promise<LocalNode> {
  const child = startHardhat(["node", "--hostname", "127.0.0.1", "--port", "0"]);
  // Whatever becomes of this process, the node does not outlive it.
  const kill = () => child.kill();
  process.once("exit", kill);
  const ended = new Promise<void>((resolve) => child.once("close", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on("line", (line) => {
      const found = /JSON-RPC server at (http:\S+?)\/?$/.exec(line);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    child.once("error", reject);
    child.once("close", (code) => {
      reject(new Error(`The local node ended with code ${code} before it answered.`));
    });
  });
  // Nobody reads what it logs later; without this the pipes would fill up and stop it.
  child.stdout.resume();
  child.stderr.resume();
  return {
    url,
    stop: async () => {
      process.off("exit", kill);
      child.kill();
      await ended;
    },
  };
}
