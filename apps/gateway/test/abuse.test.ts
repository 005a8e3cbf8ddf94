import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { after, before, describe, it } from "node:test";

import type { Hex } from "../../../sdk/src/codec/hex.ts";
import { vouchersHeader } from "../../../sdk/src/gateway/wire.ts";
import type { AccountDocument, RefusalDocument } from "../../../sdk/src/gateway/wire.ts";
import { signVoucher } from "../../../sdk/src/signing/voucher.ts";
import { DEPLOYMENT, liveChain } from "./support/chain.ts";
import { testGateway } from "./support/gateways.ts";
import type { TestGateway } from "./support/gateways.ts";
import { openClient } from "./support/rawClient.ts";
import type { Answer, RawClient } from "./support/rawClient.ts";
import { Random, SEED } from "./support/random.ts";
import { newUser } from "./support/users.ts";

/** Sends bytes over a connection, and returns what comes back until it closes. */
async function speak(url: string, pieces: AsyncIterable<string> | Iterable<string>): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  let heard = "";
  socket.setEncoding("utf8").on("data", (text: string) => (heard += text));
  socket.on("error", () => undefined); // the gateway closes while we send
  const closed = once(socket, "close");
  for await (const piece of pieces) {
    if (socket.destroyed) break;
    socket.write(piece);
  }
  await closed;
  return heard;
}

/** The refusal in an answer that was heard. */
function heardRefusal(heard: string): RefusalDocument["error"] & { status: number } {
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1]);
  const { error } = JSON.parse(heard.slice(heard.indexOf("\r\n\r\n") + 4)) as RefusalDocument;
  return { ...error, status };
}

/** Whether an answer is one clear refusal. */
function refused({ status, refusal, headers }: Answer, expected: number, code: string): void {
  assert.equal(status, expected);
  assert.equal(refusal?.code, code);
  assert.ok(refusal.message.endsWith("."), refusal.message);
  assert.match(headers.get("content-type") ?? "", /^application\/json/);
}

describe("a gateway under abuse", () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await testGateway({
      limits: { bodyBytes: 4_096, receiveSeconds: 2, requestsPerMinute: 40, openRequestsPerMinute: 1_000 },
    });
  });
  after(() => gateway.stop());

  const newClient = async () => openClient(gateway, await newUser(await liveChain(), 1_000_000n));

  it("refuses a body that is too large, whether it says so or not", async () => {
    const client = await newClient();
    refused(await client.chat("x".repeat(5_000)), 413, "tooLarge");
    const head = "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    const chunk = `400\r\n${"x".repeat(1_024)}\r\n`;
    const heard = await speak(gateway.url, [head, chunk.repeat(6), "0\r\n\r\n"]);
    assert.equal(heardRefusal(heard).code, "tooLarge");
  });

  it("gives up a client that sends slowly", { timeout: 30_000 }, async () => {
    const slowly = async function* () {
      yield "POST /v1/sessions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{";
      for (let count = 0; count < 60; ++count) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        yield " ";
      }
    };
    const { status, code } = heardRefusal(await speak(gateway.url, slowly()));
    assert.deepEqual([status, code], [408, "tooSlow"]);
  });

  it("refuses a flood of headers", async () => {
    const flood = Array.from({ length: 2_000 }, (_, index) => `x-${index.toString()}: ${"y".repeat(20)}\r\n`).join("");
    const { status, code } = heardRefusal(
      await speak(gateway.url, [`GET /v1/terms HTTP/1.1\r\nhost: x\r\n${flood}\r\n`]),
    );
    assert.deepEqual([status, code], [431, "tooLarge"]);
  });

  it("refuses what is no HTTP", async () => {
    assert.equal(heardRefusal(await speak(gateway.url, ["\u0016\u0003\u0001 hello\r\n\r\n"])).code, "badRequest");
  });

  it("refuses a request that somebody has changed, replayed late, or made without the secret", async () => {
    const client = await newClient();
    refused(await client.chat("Hello", {}, { mac: "00".repeat(32) }), 401, "badMac");
    refused(await client.chat("Hello", {}, { mac: "no hex" }), 401, "badMac");
    refused(await client.chat("Hello", {}, { path: "/v1/completions" }), 401, "badMac");
    refused(await client.chat("Hello", {}, { time: BigInt(Math.floor(Date.now() / 1_000)) - 300n }), 401, "wrongTime");
    refused(await client.chat("Hello", {}, { session: "made.up" }), 401, "noSession");
    const forged = Buffer.from(JSON.stringify([client.user, client.user, 4_000_000_000])).toString("base64url");
    refused(await client.chat("Hello", {}, { session: forged }), 401, "badMac");
  });

  it("does not serve a replayed request again, nor charge it", async () => {
    const client = await newClient();
    const requestId: Hex = `0x${randomBytes(32).toString("hex")}`;
    const first = await client.chat("Hello", {}, { requestId });
    const replayed = await Promise.all(
      Array.from({ length: 5 }, () => client.chat("Hello", {}, { requestId, vouchers: "" })),
    );
    for (const answer of replayed) assert.equal(answer.text, first.text);
    const account = (await client.send("GET", "/v1/account", "")).json() as AccountDocument;
    assert.deepEqual([account.series[0]?.receipts, account.open], [1, first.receipt?.used.paid.toString()]);
  });

  it("refuses a session for another gateway, that has ended, or that lasts too long", async () => {
    const client = await newClient();
    for (const [address, lasts] of [
      [client.user, 3_600],
      [gateway.address, -5],
      [gateway.address, 200_000],
    ] as const) {
      // prettier-ignore
      const response = await client.open(address, lasts);
      assert.equal(response.status, 401);
      assert.equal(((await response.json()) as RefusalDocument).error.code, "noSession");
    }
  });

  describe("with vouchers", () => {
    let client: RawClient;
    before(async () => {
      client = await newClient();
      await client.chat("Hello");
    });

    const take = async (vouchers: string) => client.send("POST", "/v1/vouchers", {}, { vouchers });

    it("refuses those of another chain or meter", async () => {
      const other = { ...DEPLOYMENT, chainId: 1 };
      refused(await take(vouchersHeader([await client.voucher(undefined, 1n, other)])), 400, "badVoucher");
      const addresses = { ...DEPLOYMENT.addresses, meter: DEPLOYMENT.addresses.lens };
      refused(
        await take(vouchersHeader([await client.voucher(undefined, 1n, { ...DEPLOYMENT, addresses })])),
        400,
        "badVoucher",
      );
    });

    it("refuses sums that nobody owes, and those of a model that is not served", async () => {
      const sums = client.sums.get(1n)!;
      const more = { units: sums.units + 1n, list: sums.list + 2n, paid: sums.paid + 2n };
      refused(await take(vouchersHeader([await client.voucher(more)])), 400, "badVoucher");
      const cheaper = { ...sums, list: sums.list * 2n };
      refused(await take(vouchersHeader([await client.voucher(cheaper)])), 400, "badVoucher");
      refused(await take(vouchersHeader([await client.voucher(sums, 7n)])), 400, "badVoucher");
    });

    it("refuses signatures of somebody else", async () => {
      const stranger = await newUser(await liveChain(), 0n);
      const { units, list, paid } = client.sums.get(1n)!;
      const values = { user: client.user, key: stranger.address, modelId: 1n, units, list, paid };
      refused(await take(vouchersHeader([await signVoucher(stranger, DEPLOYMENT, values)])), 400, "badVoucher");
    });

    it("refuses thousands of headers that are none, and throws for none", async () => {
      const random = new Random(SEED);
      const good = vouchersHeader([await client.voucher()]);
      for (let count = 0; count < 30; ++count) {
        const at = random.below(good.length);
        const byte = random.pick(["0", "f", ":", ",", "x", "-", "9".repeat(40), " "]);
        const bad = random.chance(0.3)
          ? good.repeat(1 + random.below(20))
          : good.slice(0, at) + byte + good.slice(at + 1);
        const { status, refusal } = await take(bad.trim()); // blanks around a header are not sent
        if (status === 200) continue; // the same number, written otherwise
        assert.ok(status === 400 || status === 429, `${status.toString()} for ${bad}`);
        if (status === 429) break;
        assert.equal(refusal?.code, "badVoucher");
      }
    });
  });

  it("refuses bodies of another form, each with what is wrong", async () => {
    const client = await newClient();
    const chat = async (body: string) => client.send("POST", "/v1/chat/completions", "", { body });
    refused(await chat("{"), 400, "badRequest");
    refused(await chat("[]"), 400, "badRequest");
    refused(await chat('{"model":"qwen-alice"}'), 400, "badRequest");
    refused(await chat('{"model":"qwen-alice","messages":[{"role":"user","content":"x"}],"n":99}'), 400, "badRequest");
    refused(
      await chat('{"model":"qwen-alice","messages":[{"role":"user","content":"x"}],"max_tokens":-1}'),
      400,
      "badRequest",
    );
    refused(await chat('{"model":"\\u001b[31mred","messages":[]}'), 404, "notFound");
    refused(await client.send("GET", "/v1/nothing", ""), 404, "notFound");
  });

  it("holds up a key that hammers, and no other", async () => {
    const [client, other] = [await newClient(), await newClient()];
    const answers = [];
    for (let count = 0; count < 45; ++count)
      answers.push(await client.send("GET", "/v1/receipts?model=qwen-alice", ""));
    const held = answers.filter(({ status }) => status === 429);
    assert.ok(held.length >= 4);
    refused(held[0]!, 429, "tooMany");
    assert.match(held[0]!.headers.get("retry-after") ?? "", /^\d+$/);
    assert.equal((await other.chat("Hello")).status, 200);
  });

  it("writes no prompt, no answer and no secret into its log", async () => {
    const client = await newClient();
    await client.chat("a very private sentence");
    await client.chat("another private sentence", { stream: true });
    await client.send("POST", "/v1/chat/completions", "", { body: '{"private sentence' });
    const log = gateway.logged();
    assert.ok(log.includes('"served"'));
    assert.ok(!log.includes("private sentence"));
    assert.ok(!log.includes(client.session!.secret));
  });
});
