import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { listening } from "./listening.ts";
import type { Random } from "./random.ts";

/** What the model's server has done for one request, by its tag: the tokens that it has sent, and how often it was asked. */
export interface Served {
  input: number;
  output: number;
  times: number;
}

/** A model's server that fails in every way: with errors, by silence, in the middle of an answer or of an event. */
export interface MoodyUpstream {
  url: string;
  served: Map<string, Served>;
  stop(): Promise<void>;
}

/** How many tokens a prompt has here. */
export const PROMPT_TOKENS = 20;

/** Starts it. Each prompt is a tag by which a request is known again. */
export async function moodyUpstream(random: Random): Promise<MoodyUpstream> {
  const served = new Map<string, Served>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
      answer(body, response).catch(() => response.destroy());
    });
  });

  const answer = async (body: Asked, response: ServerResponse): Promise<void> => {
    const tag = body.messages[0]!.content; // every request here has one
    const output = 1 + random.below(body.max_tokens);
    const mood = random.below(10);
    await sleep(random.below(30));
    const record = served.get(tag) ?? { input: PROMPT_TOKENS, output: 0, times: 0 };
    served.set(tag, record);
    if (mood === 0) {
      response.writeHead(random.pick([500, 503, 429])).end('{"error":{"message":"no"}}');
      return;
    }
    if (mood === 1 && !body.stream) {
      response.destroy();
      return;
    }
    record.times++;
    const usage = (count: number) => ({
      ...{ prompt_tokens: PROMPT_TOKENS, completion_tokens: count, total_tokens: PROMPT_TOKENS + count },
      prompt_tokens_details: { cached_tokens: 5 },
    });
    if (!body.stream) {
      const message = { role: "assistant", content: "word ".repeat(output) };
      record.output = Math.max(record.output, output);
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ choices: [{ index: 0, finish_reason: "stop", message }], usage: usage(output) }));
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    for (let count = 1; count <= output; ++count) {
      const choices = [{ index: 0, delta: { content: "word " }, finish_reason: count === output ? "stop" : null }];
      record.output = Math.max(record.output, count);
      response.write(`data: ${JSON.stringify({ choices, usage: usage(count) })}\n\n`);
      if (count === output && mood === 2) return void response.destroy();
      if (mood === 3 && count > output / 2) return void response.destroy();
      if (mood === 4 && count > output / 2) {
        response.end('data: {"choi');
        return;
      }
      if (count % 4 === 0) await sleep(2);
    }
    response.end(`data: ${JSON.stringify({ choices: [], usage: usage(output) })}\n\ndata: [DONE]\n\n`);
  };

  return {
    url: `${await listening(server)}/v1`,
    served,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close").catch(() => undefined);
    },
  };
}

interface Asked {
  messages: { content: string }[];
  max_tokens: number;
  stream?: boolean;
}
