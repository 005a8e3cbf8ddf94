import assert from "node:assert/strict";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { after, before, describe, it } from "node:test";

import { liveChain } from "../support/chain.ts";
import { testGateway } from "../support/gateways.ts";
import type { TestGateway } from "../support/gateways.ts";
import { listening } from "../support/listening.ts";
import { openClient } from "../support/rawClient.ts";
import { newUser } from "../support/users.ts";

describe("a gateway whose node is away", () => {
  let isAway = false;
  let gateway: TestGateway;
  /** The node, as long as it is not away. */
  const node = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (isAway) return void response.destroy();
      const forward = async () => {
        const { url } = await liveChain();
        const headers = { "content-type": "application/json" };
        const answer = await fetch(url, { method: "POST", headers, body: Buffer.concat(chunks) });
        response.setHeader("content-type", "application/json").end(await answer.text());
      };
      forward().catch(() => response.destroy());
    });
  });
  before(async () => {
    gateway = await testGateway({ chain: { rpcUrl: await listening(node), freshSeconds: 1, staleSeconds: 3 } });
  });
  after(async () => {
    await gateway.stop();
    node.close();
    node.closeAllConnections();
  });

  it("serves whom it knows for as long as what it knows is fresh enough, then nobody, and everybody when it is back", async () => {
    const client = await openClient(gateway, await newUser(await liveChain(), 1_000_000n));
    assert.equal((await client.chat("One")).status, 200);
    isAway = true;
    assert.equal((await client.chat("Two")).status, 200);
    await sleep(3_100);
    const refused = await client.chat("Three");
    assert.deepEqual([refused.status, refused.refusal?.code], [503, "unavailable"]);
    isAway = false;
    assert.equal((await client.chat("Three")).status, 200);
  });
});
