import { Hono } from "hono";

import { servedModel } from "../src/config/models.ts";
import { readConfig } from "../src/config/read.ts";
import { listen } from "../src/server.ts";
import { parseBody, upstreamOrder } from "../src/upstream/body.ts";
import { Upstream } from "../src/upstream/call.ts";
import { relay } from "../src/upstream/stream.ts";
import { limitedBytes } from "../src/upstream/whole.ts";
import { tokensOf } from "../src/upstream/usage.ts";
import { readBody } from "../src/routes/sent.ts";

/**
 * A server that passes requests on, and does nothing else for them: it reads, looks at and passes on the same requests by the
 * same modules, and knows no sessions, limits, figures and log. It prints its port.
 */
const config = readConfig(process.argv[2]!); // the bench names it
const model = servedModel(config.models[0]!, 1_000_000n, 6); // the file has one
const upstream = new Upstream(config.upstream, undefined);
const app = new Hono();
app.post("/v1/chat/completions", async (context) => {
  const body = await readBody({ config }, context);
  const order = upstreamOrder("chat", parseBody(body), body.length, model, config.upstream.continuousUsage);
  const answer = await upstream.call("chat", order.body, context.req.raw.signal);
  if (order.streams && answer.body !== null) {
    const { wantsUsage } = order;
    const parts = {
      upstream: answer.body,
      promptBytes: body.length,
      wantsUsage,
      idle: 60_000,
      abort: new AbortController(),
    };
    const stream = relay({ ...parts, close: () => Promise.resolve(undefined), ended: () => undefined });
    return new Response(stream, { headers: { "content-type": "text/event-stream", "cache-control": "no-cache" } });
  }
  const bytes = await limitedBytes(answer, 67_108_864);
  if (tokensOf((JSON.parse(bytes.toString()) as { usage?: unknown }).usage) === undefined) throw new Error("no usage");
  return new Response(bytes, { headers: { "content-type": "application/json" } });
});
console.log((await listen(app, config)).port);
