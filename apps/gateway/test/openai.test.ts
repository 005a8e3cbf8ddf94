import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { Wallet } from "ethers";
import OpenAI from "openai";
import { createPublicClient, http } from "viem";

import { callOf } from "../../../sdk/src/actions/action.ts";
import { actionOf } from "../../../sdk/src/actions/generic.ts";
import { gatewayClient } from "../../../sdk/src/gateway/client/gatewayClient.ts";
import type { GatewayClient } from "../../../sdk/src/gateway/client/gatewayClient.ts";
import { folderMemory } from "../../../sdk/src/node/folderMemory.ts";
import { readOf } from "../../../sdk/src/reads/read.ts";
import { ChainNode } from "../src/chain/node.ts";
import { DEPLOYMENT, liveChain } from "./support/chain.ts";
import { testGateway } from "./support/gateways.ts";
import type { TestGateway } from "./support/gateways.ts";
import { newUser } from "./support/users.ts";

const MESSAGES = [{ role: "user" as const, content: "What are you?" }];

describe("the openai package with a session key", () => {
  let gateway: TestGateway;
  let client: GatewayClient;
  let openai: OpenAI;
  before(async () => {
    gateway = await testGateway({ relay: true });
    const owner = await newUser(await liveChain(), 10_000_000n);
    client = gatewayClient({ url: gateway.url, user: owner.address, signer: owner, deployment: DEPLOYMENT });
    openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "unused", fetch: client.fetch });
  });
  after(async () => {
    await client.close();
    await gateway.stop();
  });

  it("chats", async () => {
    const answer = await openai.chat.completions.create({ model: "qwen-alice", messages: MESSAGES });
    assert.match(answer.choices[0]!.message.content!, /^I am a stand-in and no model/);
    assert.ok(answer.usage!.completion_tokens > 0);
  });

  it("streams, and never sees the receipt", async () => {
    const stream = await openai.chat.completions.create({ model: "qwen-alice", messages: MESSAGES, stream: true });
    let text = "";
    for await (const chunk of stream) {
      assert.equal(chunk.object, "chat.completion.chunk");
      text += chunk.choices[0]?.delta.content ?? "";
    }
    assert.match(text, /You said: What are you\?$/);
  });

  it("leaves a stream early, and pays for what it has had", async () => {
    const [before] = await client.series();
    const stream = await openai.chat.completions.create({ model: "qwen-alice", messages: MESSAGES, stream: true });
    for await (const chunk of stream) if ((chunk.choices[0]?.delta.content ?? "") !== "") break;
    const [after] = await client.series();
    assert.ok(after!.receipts >= before!.receipts);
    await openai.chat.completions.create({ model: "qwen-alice", messages: MESSAGES });
  });

  it("embeds, completes, and calls tools", async () => {
    const embedded = await openai.embeddings.create({
      model: "qwen-alice",
      input: ["one two", "three"],
      encoding_format: "float",
    });
    assert.equal(embedded.data.length, 2);
    const completed = await openai.completions.create({ model: "qwen-alice", prompt: "Go on", max_tokens: 4 });
    assert.equal(completed.usage?.completion_tokens, 4);
    const tools = [{ type: "function" as const, function: { name: "look", parameters: {} } }];
    const called = await openai.chat.completions.create({ model: "qwen-alice", messages: MESSAGES, tools });
    assert.equal(called.choices[0]!.finish_reason, "tool_calls");
    const [call] = called.choices[0]!.message.tool_calls!;
    assert.equal(call?.type === "function" ? call.function.name : undefined, "look");
  });

  it("asks several things at once", async () => {
    const asked = Array.from({ length: 6 }, (_, index) =>
      openai.chat.completions.create({ model: "qwen-alice", messages: [{ role: "user", content: `Number ${index}` }] }),
    );
    assert.equal((await Promise.all(asked)).length, 6);
  });

  it("gets its errors", async () => {
    await assert.rejects(openai.chat.completions.create({ model: "other", messages: MESSAGES }), (error: unknown) => {
      assert.ok(error instanceof OpenAI.NotFoundError);
      assert.match(error.message, /There is no model "other"/);
      return true;
    });
    await assert.rejects(openai.chat.completions.create({ model: "qwen-alice", messages: [] }), OpenAI.BadRequestError);
    const listed = await openai.models.list();
    assert.deepEqual(
      listed.data.map(({ id }) => id),
      ["qwen-alice"],
    );
  });

  it("has everything signed at the end, and the gateway agrees", async () => {
    const account = await client.settleUp();
    const [series] = await client.series();
    assert.equal(account.series[0]!.signed.paid, account.series[0]!.delivered.paid);
    assert.equal(series!.signed.paid.toString(), account.series[0]!.signed.paid);
    assert.equal(series!.stopped, undefined);
    assert.ok(!gateway.logged().includes("What are you"), "no prompt is in the log");
    assert.ok(!gateway.logged().includes("stand-in and no model"), "no answer is in the log");
  });

  it("takes a newcomer with USDC and no gas to a first paid answer", async () => {
    const chain = await liveChain();
    const [owner, session] = [
      new Wallet(Wallet.createRandom().privateKey),
      new Wallet(Wallet.createRandom().privateKey),
    ];
    const give = callOf(actionOf(DEPLOYMENT, "usdc", "transfer", [owner.address as `0x${string}`, 5_000_000n]));
    await chain.ask("eth_sendTransaction", { from: chain.actors.bob.address, to: give.to, data: give.data });

    const memory = folderMemory(mkdtempSync(join(tmpdir(), "fomo-receipts-")));
    const newcomer = gatewayClient({
      url: gateway.url,
      user: owner.address,
      key: session.address,
      signer: session,
      memory,
    });
    const reader = createPublicClient({ transport: http(chain.url) });
    // Other tests have moved the chain's time on.
    const { timestamp: now } = await reader.getBlock();
    const soon = now + 3_600n;
    await newcomer.start({
      owner,
      deposit: { amount: 5_000_000n, validBefore: soon },
      authorization: { cap: 5_000_000n, expiresAt: now + 30n * 86_400n, deadline: soon },
      deployment: DEPLOYMENT,
      read: (question) => reader.readContract(question),
    });
    const theirs = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: "unused", fetch: newcomer.fetch });
    const answer = await theirs.chat.completions.create({ model: "qwen-alice", messages: MESSAGES });
    assert.match(answer.choices[0]!.message.content!, /stand-in/);
    await newcomer.close();
    const node = await ChainNode.connect(chain.url);
    const prepaid = await node.ask(readOf(DEPLOYMENT, "meter", "availableOf", [owner.address as `0x${string}`]));
    assert.equal(prepaid, 5_000_000n);
  });
});
