import { createServer } from "node:http";

/** A model's server that takes nearly no time: what is measured is what stands in front of it. It prints its port. */
const answer = JSON.stringify({
  ...{ id: "x", object: "chat.completion", created: 0, model: "x" },
  choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "word ".repeat(100) } }],
  usage: { prompt_tokens: 40, completion_tokens: 100, total_tokens: 140, prompt_tokens_details: { cached_tokens: 0 } },
});

const server = createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(answer) });
    response.end(answer);
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(typeof address === "object" && address !== null ? address.port : 0);
});
