import { createServer } from "node:http";
import type { ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";

/** A model's server that takes nearly no time: what is measured is what stands in front of it. It prints its port. */
const about = { id: "x", object: "chat.completion", created: 0, model: "x" };
const usage = {
  prompt_tokens: 40,
  completion_tokens: 100,
  total_tokens: 140,
  prompt_tokens_details: { cached_tokens: 0 },
};
const answer = JSON.stringify({
  ...about,
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "word ".repeat(100) } }],
  usage,
});

/** The events of a stream: one for each token, as servers of models send them, and the usage. */
const eventOf = (document: object) => `data: ${JSON.stringify(document)}\n\n`;
const token = eventOf({ ...about, choices: [{ index: 0, delta: { content: "word " } }] });
const events = [
  ...Array.from({ length: 100 }, () => token),
  eventOf({ ...about, choices: [], usage }),
  "data: [DONE]\n\n",
];

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const { stream } = JSON.parse(Buffer.concat(chunks).toString()) as { stream?: boolean };
    if (stream === true) void sendStream(response);
    else {
      response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) });
      response.end(answer);
    }
  });
});

/** A few tokens at a time. */
async function sendStream(response: ServerResponse): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (let from = 0; from < events.length; from += 10) {
    for (const event of events.slice(from, from + 10)) response.write(event);
    await turn();
  }
  response.end();
}

server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" && address !== null ? address.port : 0);
});
