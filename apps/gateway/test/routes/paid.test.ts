import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { after, before, describe, it } from "node:test";

import { checkReceipt } from "../../../../sdk/src/gateway/receipt.ts";
import type { AccountDocument, ReceiptsDocument } from "../../../../sdk/src/gateway/wire.ts";
import { vouchersHeader } from "../../../../sdk/src/gateway/wire.ts";
import { DEPLOYMENT, liveChain } from "../support/chain.ts";
import { testGateway } from "../support/gateways.ts";
import type { TestGateway } from "../support/gateways.ts";
import { openClient } from "../support/rawClient.ts";
import { newUser } from "../support/users.ts";

const USDC = 1_000_000n;

describe("paid requests", () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await testGateway();
  });
  after(() => gateway.stop());

  const newClient = async (usdc = USDC) => openClient(gateway, await newUser(await liveChain(), usdc));

  it("answers with a receipt that the gateway has signed, for what was sent and answered", async () => {
    const client = await newClient();
    const { status, text, json, receipt } = await client.chat("Hello there");
    assert.equal(status, 200);
    const { usage } = json() as { usage: { prompt_tokens: number; completion_tokens: number } };
    assert.ok(receipt !== undefined);
    assert.equal(checkReceipt(DEPLOYMENT, receipt, gateway.address).ok, true);
    assert.deepEqual(receipt.tokens, { input: usage.prompt_tokens, cached: 0, output: usage.completion_tokens });
    assert.equal(receipt.answerHash, `0x${hash("sha256", text, "hex")}`);
    const { used } = receipt;
    assert.deepEqual(used, {
      units: BigInt(usage.prompt_tokens + usage.completion_tokens),
      list: BigInt(usage.prompt_tokens + 2 * usage.completion_tokens),
      paid: BigInt(usage.prompt_tokens + 2 * usage.completion_tokens),
    });
    assert.deepEqual(receipt.sums, used);
  });

  it("asks for a voucher before it serves the next request, and chains its receipts", async () => {
    const client = await newClient();
    const first = await client.chat("One");
    const refused = await client.chat("Two", {}, { vouchers: "" });
    assert.equal(refused.status, 402);
    assert.equal(refused.refusal?.code, "signFirst");
    assert.deepEqual(
      refused.refusal.sign?.map(({ modelId }) => modelId),
      [1],
    );
    const second = await client.chat("Two");
    assert.equal(second.status, 200);
    assert.equal(second.receipt?.number, 2n);
    assert.notEqual(second.receipt.previous, first.receipt?.previous);
    const { receipts } = (
      await client.send("GET", "/v1/receipts?model=qwen-alice&after=0", "")
    ).json() as ReceiptsDocument;
    assert.deepEqual(
      receipts.map(({ number }) => number),
      [1, 2],
    );
  });

  it("streams, with the receipt right before the end", async () => {
    const client = await newClient();
    const { text, receipt } = await client.chat("Stream this", { stream: true });
    const events = text.split("\n\n").filter((event) => event !== "");
    assert.equal(events.at(-1), "data: [DONE]");
    assert.ok(events.at(-2)?.startsWith("event: fomo.receipt"));
    assert.ok(!text.includes('"choices":[]'), "nobody asked for the event with the usage");
    const before = text.slice(0, text.indexOf("event: fomo.receipt"));
    assert.equal(receipt?.answerHash, `0x${hash("sha256", before, "hex")}`);
    assert.ok(receipt.tokens.output > 5);
    const asked = await client.chat("Again", { stream: true, stream_options: { include_usage: true } });
    assert.ok(asked.text.includes('"choices":[]'));
  });

  it("serves embeddings and completions", async () => {
    const client = await newClient();
    const embedded = await client.send("POST", "/v1/embeddings", { model: "qwen-alice", input: "three words here" });
    assert.deepEqual(embedded.receipt?.tokens, { input: 3, cached: 0, output: 0 });
    const vouchers = vouchersHeader([await client.voucher()]);
    const completed = await client.send(
      "POST",
      "/v1/completions",
      { model: "qwen-alice", prompt: "Go on", max_tokens: 8 },
      { vouchers },
    );
    assert.equal(completed.receipt?.tokens.output, 8);
  });

  it("tells the account, and takes vouchers without a request", async () => {
    const client = await newClient();
    const { receipt } = await client.chat("Hello");
    const before = (await client.send("GET", "/v1/account", "")).json() as AccountDocument;
    assert.equal(before.available, USDC.toString());
    assert.equal(before.open, receipt?.used.paid.toString());
    assert.equal(before.authorization, null);
    assert.equal(before.series[0]?.signed.paid, "0");
    const vouchers = vouchersHeader([await client.voucher()]);
    const after = (await client.send("POST", "/v1/vouchers", {}, { vouchers })).json() as AccountDocument;
    assert.equal(after.series[0]?.signed.paid, receipt?.used.paid.toString());
    const none = await client.send("POST", "/v1/vouchers", {});
    assert.equal(none.status, 200);
  });

  it("sends an answer that was lost again, and charges it once", async () => {
    const client = await newClient();
    const requestId = `0x${"5a".repeat(31)}01` as const;
    const first = await client.chat("Once", {}, { requestId });
    const again = await client.chat("Once", {}, { requestId, vouchers: "" });
    assert.equal(again.text, first.text);
    assert.deepEqual(again.receipt, first.receipt);
    const other = await client.chat("Something else", {}, { requestId, vouchers: "" });
    assert.equal(other.status, 400);
    const account = (await client.send("GET", "/v1/account", "")).json() as AccountDocument;
    assert.equal(account.series[0]?.receipts, 1);
  });

  it("serves no more than the balance covers", async () => {
    const client = await newClient(300n);
    const refused = await client.chat("Too long an answer");
    assert.equal(refused.status, 402);
    assert.equal(refused.refusal?.code, "deposit");
    const missing = BigInt(refused.refusal.missing!);
    assert.ok(missing > 0n && missing < 1_000n);
    assert.equal(
      (await client.chat("Short", { max_tokens: 2 })).refusal?.code,
      "deposit",
      "the prompt alone may cost more",
    );
  });

  it("opens no session for somebody without USDC, nor with a key that nobody has authorised", async () => {
    const poor = await newUser(await liveChain(), 0n);
    await assert.rejects(openClient(gateway, poor), /no prepaid USDC/);
    const [rich, other] = [await newUser(await liveChain(), USDC), await newUser(await liveChain(), 0n)];
    await assert.rejects(openClient(gateway, other, rich.address), /has not authorised the key/);
  });
});
