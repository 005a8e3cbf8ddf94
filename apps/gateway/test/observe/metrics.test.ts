import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { liveChain } from "../support/chain.ts";
import { testGateway } from "../support/gateways.ts";
import type { TestGateway } from "../support/gateways.ts";
import { listening } from "../support/listening.ts";
import { openClient } from "../support/rawClient.ts";
import { newUser } from "../support/users.ts";

describe("what a gateway counts", () => {
  /** A model's server that refuses what is about no pleasantry. */
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      const usage = { prompt_tokens: 10, completion_tokens: 2 };
      if (body.includes("please")) response.end(JSON.stringify({ choices: [], usage }));
      else response.writeHead(422, { "content-type": "application/json" }).end('{"error":{"message":"say please"}}');
    });
  });
  let gateway: TestGateway;
  const folder = mkdtempSync(join(tmpdir(), "fomo-metrics-"));
  before(async () => {
    gateway = await testGateway({ folder, upstream: { url: `${await listening(server)}/v1` } });
  });
  after(async () => {
    await gateway.stop();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A number of its metrics; 0 if it is not there. */
  async function number(name: string): Promise<number> {
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    const line = text.split("\n").find((one) => one.startsWith(`fomo_gateway_${name} `));
    return Number(line?.split(" ").at(-1) ?? 0);
  }

  it("has what was served and charged, and what the model's server has refused", async () => {
    const client = await openClient(gateway, await newUser(await liveChain(), 1_000_000n));
    assert.equal((await client.chat("Hello, please")).status, 200);
    assert.equal((await client.chat("Now!")).status, 422);
    assert.equal(await number('requests_total{endpoint="chat",status="200"}'), 1);
    assert.equal(await number('requests_total{endpoint="chat",status="422"}'), 1);
    assert.equal(await number('paid_usdc_units_total{model="qwen-alice"}'), 14);
    assert.equal(await number('tokens_total{model="qwen-alice",kind="output"}'), 2);
    assert.equal(await number("in_flight"), 0);
  });

  it("has refusals by code, also of what is no HTTP", async () => {
    await fetch(`${gateway.url}/v1/chat/completions`, { method: "POST", body: "{}" });
    assert.equal(await number('refusals_total{code="noSession"}'), 1);
    const before = await number('refusals_total{code="badRequest"}');
    const socket = connect(Number(new URL(gateway.url).port), "127.0.0.1");
    socket.on("error", () => undefined).resume();
    socket.write("this is no HTTP\r\n\r\n");
    await once(socket, "close");
    assert.equal(await number('refusals_total{code="badRequest"}'), before + 1);
  });

  it("has what is open in the store, as it was when that was added up last", async () => {
    const client = await openClient(gateway, await newUser(await liveChain(), 1_000_000n));
    await client.chat("One, please");
    await client.chat("Two, please"); // signs for the first
    await gateway.stop();
    gateway = await testGateway({ folder });
    assert.equal(await number("uncollected_usdc_units"), 28, "each of the two clients has signed for one answer");
    assert.equal(await number("unsigned_usdc_units"), 14);
    assert.ok((await number("uncollected_age_seconds")) < 60);
  });
});
