import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request of JSON-RPC, as the rules of a misbehaving node see it. */
export interface Asked {
  method: string;
  params: unknown[];
  /** How often the method has been asked for since the rules hold, from 1. */
  time: number;
}

/** What a misbehaving node does with a request; undefined to answer as it should. */
export type Misdeed =
  | undefined
  /** Cuts the connection, and the request never arrives. */
  | "cut before"
  /** Cuts the connection after the request has been executed. */
  | "cut after"
  /** Never answers, though the request is executed. */
  | "hang"
  /** Never answers, and the request never arrives. */
  | "swallow"
  | { status: number; body?: string }
  | { error: { code: number; message: string; data?: unknown } }
  | { result: unknown }
  /** Asks for something else instead, such as an older block. */
  | { params: unknown[] };

/** How a node misbehaves; it may do something else first, as somebody who is faster than the request. */
export type Rule = (asked: Asked) => Misdeed | Promise<Misdeed>;

/** A proxy before a node that misbehaves as public ones do. */
export type ChaosNode = Awaited<ReturnType<typeof startChaosNode>>;

/** Starts a proxy before the node at `target`; it behaves until it is told otherwise. */
export async function startChaosNode(target: string) {
  let misbehave: Rule = () => undefined;
  let times = new Map<string, number>();
  const asked: Asked[] = [];
  const pass = async (body: string) => {
    const answer = await fetch(target, { method: "POST", headers: { "content-type": "application/json" }, body });
    return await answer.text();
  };

  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    let text = "";
    for await (const part of incoming.setEncoding("utf8")) text += part as string;
    const call = JSON.parse(text) as { id: number; method: string; params?: unknown[] };
    const time = (times.get(call.method) ?? 0) + 1;
    times.set(call.method, time);
    const one = { method: call.method, params: call.params ?? [], time };
    asked.push(one);
    const misdeed = await misbehave(one);
    const reply = (body: string, status = 200, type = "application/json") => {
      outgoing.writeHead(status, { "content-type": type });
      outgoing.end(body);
    };
    if (misdeed === undefined) reply(await pass(text));
    else if (misdeed === "swallow") return;
    else if (misdeed === "cut before") incoming.socket.destroy();
    else if (misdeed === "cut after") {
      await pass(text);
      incoming.socket.destroy();
    } else if (misdeed === "hang") await pass(text);
    else if ("status" in misdeed) reply(misdeed.body ?? "<html>Bad gateway</html>", misdeed.status, "text/html");
    else if ("params" in misdeed) reply(await pass(JSON.stringify({ ...call, params: misdeed.params })));
    else reply(JSON.stringify({ jsonrpc: "2.0", id: call.id, ...misdeed }));
  };

  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch(() => incoming.socket.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port.toString()}`,
    /** What it was asked since the rules hold. */
    asked,
    /** From now on it behaves by this rule. */
    misbehave(rule: Rule) {
      times = new Map();
      asked.length = 0;
      misbehave = rule;
    },
    /**
     * Lets requests pass up to one, which meets a misdeed; later ones never arrive. So whoever asks gets no further, however
     * fast it is, and can be killed there.
     * @returns Fulfilled when that one has come.
     */
    stopAt(isIt: (asked: Asked) => boolean, misdeed: Misdeed): Promise<void> {
      return new Promise((reached) => {
        let isOver = false;
        this.misbehave((one) => {
          if (isOver) return "swallow";
          if (!isIt(one)) return undefined;
          isOver = true;
          reached();
          return misdeed;
        });
      });
    },
    /** From now on it behaves. */
    behave() {
      this.misbehave(() => undefined);
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
