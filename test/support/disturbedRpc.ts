import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What becomes of a request: it passes, it never arrives at the node, or its answer is lost. */
export type Fate = "pass" | "lost" | "unanswered";

/** A way to a node on which requests can get lost. */
export interface DisturbedRpc {
  url: string;
  /** Decides what becomes of each request, by its method; all pass until it is set. */
  decide: (method: string) => Fate;
  /** Hears of each request that was answered. */
  answered: (method: string) => void;
  close: () => Promise<void>;
}

/** Opens a way to the node at `origin` on which a test decides what arrives. What is lost ends its connection. */
export async function disturbRpc(origin: string): Promise<DisturbedRpc> {
  const server = createServer((request, response) => {
    void pass(request).then((answer) => {
      if (answer === undefined) response.destroy();
      else response.setHeader("content-type", "application/json").end(answer);
    });
  });
  const pass = async (request: IncomingMessage): Promise<string | undefined> => {
    try {
      const body = await text(request);
      const { method } = JSON.parse(body) as { method: string };
      const fate = disturbed.decide(method);
      if (fate === "lost") return undefined;
      const response = await fetch(origin, { method: "POST", headers: { "content-type": "application/json" }, body });
      const answer = await response.text();
      if (fate === "unanswered") return undefined;
      disturbed.answered(method);
      return answer;
    } catch {
      return undefined; // whoever asked was killed, or the node is gone
    }
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const disturbed: DisturbedRpc = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port.toString()}`,
    decide: () => "pass",
    answered: () => undefined,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return disturbed;
}
