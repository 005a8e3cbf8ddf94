import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "chai";
import { Wallet, id } from "ethers";

import { memoryOfProcess } from "../../sdk/src/gateway/client/memory.ts";
import type { MemoryEntry, OpenMemory } from "../../sdk/src/gateway/client/memory.ts";
import { NO_USAGE } from "../../sdk/src/gateway/cost.ts";
import { NO_RECEIPT, jsonOfReceipt } from "../../sdk/src/gateway/receipt.ts";
import { checkDeposit } from "../../sdk/src/signing/deposit.ts";
import { checkKeyAuthorization } from "../../sdk/src/signing/keyAuthorization.ts";
import { WAD } from "../../sdk/src/units/numbers.ts";
import { FakeGateway, GATEWAY_URL, refusal } from "../support/gateway/fakeGateway.ts";
import type { Fate } from "../support/gateway/fakeGateway.ts";
import { STRICT, chat, clientOf, failureOf, gatewayWithClient } from "../support/gateway/gatewayClient.ts";
import { servedOf } from "../support/gateway/servedAnswer.ts";
import { DEPOSIT_PLACE, KEY, PLACE, USDC_DOMAIN, USER } from "../support/signedThings.ts";

/** Fates of the next requests, one after the other; then none. */
function fates(...list: Fate[]): () => Fate {
  return () => list.shift();
}

/** Everything that was served is signed, and something was. */
function expectAllSigned(gateway: FakeGateway, modelId = 7): void {
  const { signed, truth } = gateway.of(modelId);
  expect(truth).to.not.deep.equal(NO_USAGE);
  expect(signed).to.deep.equal(truth);
}

const paidRequests = ({ asked }: FakeGateway) => asked.filter((one) => one === "POST /v1/chat/completions").length;

describe("The client of a gateway", () => {
  describe("given a gateway that is honest", () => {
    it("passes an answer on as it came, without the receipt, and signs for it with the next", async () => {
      const { gateway, client } = gatewayWithClient();
      const response = await chat(client, { tokens: 12 });
      expect(response.headers.get("fomo-receipt")).to.equal(null);
      expect(await response.json()).to.deep.include({
        choices: [{ index: 0, message: { role: "assistant", content: "a".repeat(12) } }],
      });
      expect(gateway.of(7).signed).to.deep.equal(NO_USAGE);
      const first = gateway.of(7).truth;
      await chat(client);
      expect(gateway.of(7).signed).to.deep.equal(first);
      await client.settleUp();
      expectAllSigned(gateway);
    });

    it("passes a stream on event by event, without the receipt", async () => {
      const { gateway, client } = gatewayWithClient();
      const text = await (await chat(client, { stream: true, tokens: 31 })).text();
      expect(text).to.not.match(/fomo|receipt/);
      expect(text.startsWith(": a comment\n\ndata: ")).to.equal(true);
      expect(text.endsWith("data: [DONE]\n\n")).to.equal(true);
      const contents = [...text.matchAll(/"content":"([^"]*)"/g)].map(([, content]) => content).join("");
      expect(contents).to.equal(`${"é".repeat(15)}a`);
      await client.settleUp();
      expectAllSigned(gateway);
    });

    it("does not hold a stream back until its end", async () => {
      const { gateway, client } = gatewayWithClient();
      let end = (): void => undefined;
      gateway.behaviour.tamper = (served) => ({
        ...served,
        respond: () => {
          const body = new ReadableStream<Uint8Array>({
            async start(controller) {
              controller.enqueue(Buffer.from(served.pieces[0]!));
              await new Promise<void>((done) => {
                end = done;
              });
              controller.enqueue(Buffer.from(served.pieces.slice(1).join("")));
              controller.close();
            },
          });
          return new Response(body, { headers: { "content-type": "text/event-stream" } });
        },
      });
      const reader = (await chat(client, { stream: true })).body!.getReader();
      const first = await reader.read();
      expect(Buffer.from(first.value as Uint8Array).toString()).to.equal(": a comment\n\n");
      end();
      while (!(await reader.read()).done);
      await client.settleUp();
      expectAllSigned(gateway);
    });

    it("pays for embeddings", async () => {
      const { gateway, client } = gatewayWithClient({}, { tolerance: STRICT });
      const body = JSON.stringify({ model: "flock/small", input: ["one", "another"] });
      await client.fetch(`${GATEWAY_URL}/v1/embeddings`, { method: "POST", body });
      await client.settleUp();
      expectAllSigned(gateway, 9);
    });

    it("asks many things at once, and signs for all of them however their receipts come", async () => {
      const { gateway, client } = gatewayWithClient({ delay: () => sleep(Math.random() * 8) }, { tolerance: STRICT });
      const all = Array.from({ length: 40 }, async (_, index) => {
        const model = index % 3 === 0 ? "flock/small" : "flock/large";
        await (await chat(client, { model, stream: index % 2 === 0, tokens: 10 + index })).text();
      });
      await Promise.all(all);
      await client.settleUp();
      expectAllSigned(gateway);
      expectAllSigned(gateway, 9);
      expect(gateway.asked.filter((one) => one === "POST /v1/sessions")).to.have.length(1);
    });

    it("signs first when it is told to, and tries again", async () => {
      const { gateway, client } = gatewayWithClient({ patience: 1 });
      await Promise.all(Array.from({ length: 6 }, () => chat(client)));
      await client.settleUp();
      expectAllSigned(gateway);
    });

    it("pays at a discount, and expects the one that it was promised", async () => {
      const { gateway, client } = gatewayWithClient({ discountWad: WAD / 10n }, { minDiscountWad: WAD / 10n });
      await chat(client);
      await client.settleUp();
      expectAllSigned(gateway);
      gateway.behaviour.discountWad = WAD / 11n;
      await chat(client);
      expect((await failureOf(chat(client))).message).to.match(
        /^The receipt 2 of flock\/large gives a smaller discount/,
      );
    });

    it("has a session again when the gateway has forgotten it", async () => {
      const { gateway, client } = gatewayWithClient();
      await chat(client);
      gateway.endSessions();
      expect((await chat(client)).status).to.equal(200);
      expect(gateway.asked.filter((one) => one === "POST /v1/sessions")).to.have.length(2);
    });

    it("takes over the clock of the gateway", async () => {
      const { gateway, client } = gatewayWithClient();
      const theirs = Math.floor(Date.now() / 1_000) + 5_000;
      gateway.behaviour.instead = (_path, _id, headers) => {
        const time = Number(headers.get("fomo-request")!.split(".")[1]);
        if (Math.abs(time - theirs) < 60) return undefined;
        const refused = refusal(401, "wrongTime", "It is later.");
        return new Response(refused.body, { status: 401, headers: { date: new Date(theirs * 1_000).toUTCString() } });
      };
      expect((await chat(client)).status).to.equal(200);
    });

    it("settles up by itself some time after the last answer", async () => {
      const { gateway, client } = gatewayWithClient({}, { settleAfterSeconds: 0.02 });
      await chat(client);
      await sleep(200);
      expectAllSigned(gateway);
      const asked = gateway.asked.length;
      await sleep(60);
      expect(gateway.asked.length).to.equal(asked);
    });

    it("settles up when it is closed, and asks for nothing if nothing is open", async () => {
      const { gateway, client } = gatewayWithClient();
      await chat(client);
      await client.close();
      expectAllSigned(gateway);
      const { length } = gateway.asked;
      await client.close();
      await clientOf(gateway).close();
      expect(gateway.asked.length).to.equal(length);
    });
  });

  describe("given a network that is not good", () => {
    for (const fate of ["lostBefore", "lostAfter", "cutBody", "proxy"] as const) {
      it(`repeats a request under its id, and is charged once: ${fate}`, async () => {
        const { gateway, client } = gatewayWithClient({ fateOf: fates(fate, fate) }, { tolerance: STRICT });
        expect((await chat(client)).status).to.equal(200);
        expect(paidRequests(gateway)).to.equal(3);
        expect(gateway.of(7).receipts).to.have.length(1);
        await client.settleUp();
        expectAllSigned(gateway);
      });
    }

    it("gives up after as many repetitions as are set", async () => {
      const { gateway, client } = gatewayWithClient({ fateOf: () => "lostBefore" }, { retries: 2 });
      expect((await failureOf(chat(client))).message).to.equal("fetch failed");
      expect(paidRequests(gateway)).to.equal(3);
    });

    it("waits for an answer that is still being made", async () => {
      const { gateway, client } = gatewayWithClient();
      let refusals = 1;
      gateway.behaviour.instead = (path) =>
        path === "/v1/chat/completions" && refusals-- > 0 ? refusal(409, "inFlight", "It is being served.") : undefined;
      expect((await chat(client)).status).to.equal(200);
    });

    it("signs for a lost answer within its tolerance, and not beyond it", async () => {
      for (const [lostUsdc, signs] of [
        [10n ** 6n, true],
        [0n, false],
      ] as const) {
        const { gateway, client } = gatewayWithClient(
          { fateOf: fates("lostAfter") },
          { retries: 0, tolerance: { lostUsdc, lostBps: 0n } },
        );
        await failureOf(chat(client));
        await client.settleUp();
        const [standing] = await client.series();
        const { signed, truth } = gateway.of(7);
        expect(signed).to.deep.equal(signs ? truth : NO_USAGE);
        expect(standing!.unproven).to.equal(signs ? truth.paid : 0n);
        if (!signs) expect(standing!.stopped).to.match(/^The receipt 1 of flock\/large is whose answer was lost/);
      }
    });

    it("takes the receipt of a request that was served before, and passes the refusal on", async () => {
      const { gateway, client } = gatewayWithClient({ fateOf: fates("lostAfter") });
      let tries = 0;
      gateway.behaviour.instead = (path) => {
        if (path !== "/v1/chat/completions" || tries++ === 0) return undefined;
        const receipt = jsonOfReceipt(gateway.of(7).receipts[0]!);
        return refusal(409, "servedBefore", "It was served.", { receipt });
      };
      expect((await chat(client)).status).to.equal(409);
      await client.settleUp();
      expectAllSigned(gateway);
    });

    it("fails a stream that breaks, and pays for as many tokens as bytes came", async () => {
      for (const tokensPerChoice of [0, 400]) {
        const settings = { tolerance: { ...STRICT, tokensPerChoice } };
        const { gateway, client } = gatewayWithClient({ fateOf: fates("cutStream") }, settings);
        const response = await chat(client, { stream: true, tokens: 600 });
        expect((await failureOf(response.text())).message).to.equal("terminated");
        await client.settleUp();
        const [standing] = await client.series();
        if (tokensPerChoice !== 0) expectAllSigned(gateway);
        else expect(standing!.stopped).to.match(/is for more tokens than were seen, and with it more/);
      }
    });

    it("does not take the end of a stream for success when there is no receipt", async () => {
      const { gateway, client } = gatewayWithClient();
      const cut = (from: number, to: number): void => {
        gateway.behaviour.tamper = (served) => {
          const pieces = served.pieces.filter((piece) => !piece.startsWith("event:")).slice(from, to);
          return { ...served, respond: () => streamOf(pieces.join("")) };
        };
      };
      cut(0, 4); // cut off: the receipt that the gateway has is for more
      const failure = await failureOf((await chat(client, { stream: true })).text());
      expect(failure).to.include({ code: "noAnswer" });
      expect(failure.message).to.match(/^The answer has ended without a receipt/);
      cut(0, 99); // whole, as the receipt says that the gateway has
      expect(await (await chat(client, { stream: true })).text()).to.match(/\[DONE\]\n\n$/);
      await client.settleUp();
      expectAllSigned(gateway);
    });

    it("ends the gateway's stream when its own is left early", async () => {
      const { gateway, client } = gatewayWithClient();
      let cancelled = false;
      gateway.behaviour.tamper = (served) => ({
        ...served,
        respond: () => {
          const body = new ReadableStream<Uint8Array>({
            pull: (controller) => {
              controller.enqueue(Buffer.from(served.pieces[2]!));
            },
            cancel: () => {
              cancelled = true;
            },
          });
          return new Response(body, { headers: { "content-type": "text/event-stream" } });
        },
      });
      const reader = (await chat(client, { stream: true })).body!.getReader();
      await reader.read();
      await reader.cancel();
      expect(cancelled).to.equal(true);
      await client.settleUp();
      expectAllSigned(gateway);
    });

    it("aborts a request, and finds out later what it has cost", async () => {
      const { gateway, client } = gatewayWithClient({ delay: () => sleep(10) });
      await client.terms();
      await client.account();
      const failure = await failureOf(chat(client, { signal: AbortSignal.timeout(15) }));
      expect(failure.name).to.equal("TimeoutError");
      await sleep(20);
      await client.settleUp();
      expect(gateway.of(7).signed).to.deep.equal(gateway.of(7).truth);
    });
  });

  describe("given a memory", () => {
    it("goes on where it was killed", async () => {
      const memory = memoryOfProcess();
      const { gateway, client } = gatewayWithClient({ fateOf: fates(undefined, "lostAfter") }, { memory, retries: 0 });
      await chat(client);
      await failureOf(chat(client));
      const next = clientOf(gateway, { memory });
      await chat(next);
      await next.settleUp();
      expectAllSigned(gateway);
      expect((await next.series())[0]).to.deep.include({ receipts: 3n, stopped: undefined });
    });

    it("remembers what has come of an answer whose receipt was missing", async () => {
      const memory = memoryOfProcess();
      const { gateway, client } = gatewayWithClient({}, { memory, tolerance: STRICT });
      gateway.behaviour.tamper = (served) => servedOf(served.pieces, served.isStream, "");
      await chat(client);
      const next = clientOf(gateway, { memory, tolerance: STRICT });
      gateway.behaviour = {};
      await chat(next);
      await next.settleUp();
      expectAllSigned(gateway);
    });

    it("forgets requests of long ago that no receipt has come for", async () => {
      const gateway = new FakeGateway();
      const written: MemoryEntry[] = [];
      const asked = (id: `0x${string}`, askedAt: number): MemoryEntry => ({
        ...{ kind: "asked", modelId: 7, id, requestHash: NO_RECEIPT, mostInput: 1, askedAt },
      });
      const [old, fresh] = [`0x${"a".repeat(64)}`, `0x${"b".repeat(64)}`] as const;
      const now = Math.floor(Date.now() / 1_000);
      const opened: OpenMemory = {
        entries: [asked(old, now - 90_000), asked(fresh, now - 80_000)],
        append: (entry) => Promise.resolve(void written.push(entry)),
        replace: () => Promise.resolve(),
        close: () => Promise.resolve(),
      };
      const client = clientOf(gateway, { memory: { open: () => Promise.resolve(opened) } });
      await client.settleUp();
      expect(written).to.deep.equal([{ kind: "refused", modelId: 7, id: old }]);
    });

    it("remembers why it has stopped, until it is told to go on", async () => {
      const memory = memoryOfProcess();
      const { gateway, client } = gatewayWithClient({}, { memory, tolerance: STRICT });
      gateway.behaviour.claim = (tokens) => ({ ...tokens, output: 1_000 });
      await chat(client);
      gateway.behaviour = {};
      const next = clientOf(gateway, { memory, tolerance: STRICT });
      await chat(next, { model: "flock/small" });
      const failure = await failureOf(chat(next));
      expect(failure.message).to.match(/more is not borne out than the tolerance allows/);
      await next.forgive("flock/large");
      await chat(next);
      await next.settleUp();
      const { signed, receipts } = gateway.of(7);
      expect(signed).to.deep.equal(receipts.at(-1)!.sums);
      await chat(clientOf(gateway, { memory, tolerance: STRICT }));
    });

    it("does not forgive receipts that do not follow each other", async () => {
      const { gateway, client } = gatewayWithClient({}, { tolerance: STRICT });
      gateway.behaviour.cheat = (receipt) => ({ ...receipt, previous: id("another") as `0x${string}` });
      await chat(client);
      const failure = await failureOf(client.forgive("flock/large"));
      expect(failure.message).to.match(/names another receipt/);
      expect((await failureOf(client.forgive("none"))).message).to.equal('The gateway has no model "none".');
    });

    it("does not sign for requests that it does not know, such as of a memory that is lost", async () => {
      const { gateway, client } = gatewayWithClient();
      await chat(client);
      await client.settleUp();
      const { signed } = gateway.of(7);
      const next = clientOf(gateway);
      await chat(next);
      await next.settleUp();
      expect((await failureOf(chat(next))).message).to.match(/is for a request that this client does not know/);
      expect(gateway.of(7).signed).to.deep.equal(signed);
      await next.forgive("flock/large");
      await chat(next);
      await next.settleUp();
      expectAllSigned(gateway);
    });

    it("takes no other gateway at the same address", async () => {
      const memory = memoryOfProcess();
      const { client } = gatewayWithClient({}, { memory });
      await chat(client);
      const other = new FakeGateway();
      const [terms, stranger] = [other.terms(), new Wallet(id("a stranger")).address];
      other.terms = () => ({ ...terms, gateway: stranger });
      expect((await failureOf(chat(clientOf(other, { memory })))).message).to.match(
        new RegExp(`^The gateway signs receipts as ${stranger}, and not 0x`),
      );
      expect((await chat(clientOf(other, { memory, gateway: stranger }))).status).to.equal(200);
    });
  });

  describe("refuses", () => {
    it("passes refusals of the gateway on", async () => {
      const { gateway, client } = gatewayWithClient({ fateOf: fates("tooMany") });
      const response = await chat(client);
      expect(response.status).to.equal(429);
      expect(await response.json()).to.deep.equal({
        error: { message: "Too many requests.", type: "fomo", code: "tooMany", param: null },
      });
      expect((await chat(client, { model: "none" })).status).to.equal(404);
      await client.settleUp();
      expect(gateway.of(7).receipts).to.have.length(0);
    });

    it("passes on what is not paid for, without the API key", async () => {
      const { gateway, client } = gatewayWithClient();
      const response = await client.fetch(`${GATEWAY_URL}/v1/terms`, { headers: { authorization: "Bearer secret" } });
      expect(await response.json()).to.deep.equal(gateway.terms());
      expect(gateway.asked).to.deep.equal(["GET /v1/terms"]);
    });

    it("pays nobody else", async () => {
      const { client } = gatewayWithClient();
      for (const url of ["https://other.test/v1/chat/completions", `${GATEWAY_URL}.evil.test/v1/x`]) {
        expect((await failureOf(client.fetch(url, { method: "POST", body: "{}" }))).message).to.equal(
          `This client pays at ${GATEWAY_URL}/v1, and not for "${url}".`,
        );
      }
    });

    it("pays no higher prices than are set", async () => {
      const maxPrices = { "flock/large": { input: 3_000_000n, cached: 1_000_000n, output: 9_000_000n } };
      const { gateway, client } = gatewayWithClient({}, { maxPrices });
      expect((await failureOf(chat(client))).message).to.equal(
        "The gateway asks 9000001 USDC units for a million output tokens of flock/large, and `maxPrices` allows 9000000.",
      );
      expect(paidRequests(gateway)).to.equal(0);
    });

    it("settings that make no sense", () => {
      const gateway = new FakeGateway();
      expect(() => clientOf(gateway, { url: "example" })).to.throw('The gateway\'s url is "example": name one such as');
      expect(() => clientOf(gateway, { user: "me" })).to.throw("The user is no address");
      expect(() => clientOf(gateway, { sessionSeconds: 86_401 })).to.throw("A session lasts at most 86400 seconds");
    });

    it("says in a sentence what the gateway refuses of its own", async () => {
      const { gateway, client } = gatewayWithClient();
      gateway.behaviour.instead = () => refusal(503, "unavailable", "The chain does not\nanswer.");
      const failure = await failureOf(client.account());
      expect(failure).to.include({ code: "gatewayRefuses" });
      expect(failure.message).to.equal("The gateway shows no account: The chain does not answer.");
      const lost = clientOf(gateway, { fetch: () => Promise.reject(new Error("no route")) });
      expect((await failureOf(lost.account())).message).to.equal(
        `The gateway at ${GATEWAY_URL} does not answer: no route.`,
      );
    });
  });

  describe("start", () => {
    const authorization = { cap: 5_000_000n, expiresAt: 2_000_000_000n, nonce: 3n };
    const deposit = { amount: 30_000_000n };

    it("signs a deposit and a key, and has the gateway submit them", async () => {
      let sent: Record<string, Record<string, string>> = {};
      const fetched = ((url: string, init: RequestInit) => {
        if (!url.endsWith("/v1/start")) return new FakeGateway().fetch(url, init);
        sent = JSON.parse(init.body as string) as typeof sent;
        return Promise.resolve(Response.json({ transactionHash: id("sent"), blockNumber: 5 }));
      }) as typeof fetch;
      const client = clientOf(new FakeGateway(), { fetch: fetched });
      const started = await client.start({ owner: USER, deposit, authorization, usdc: USDC_DOMAIN });
      expect(started).to.deep.equal({ transactionHash: id("sent"), blockNumber: 5 });
      const { user, amount, validAfter, validBefore, nonce, signature } = sent.deposit as Record<string, `0x${string}`>;
      const times = { validAfter: BigInt(validAfter!), validBefore: BigInt(validBefore!) };
      const signed = { user: user!, amount: BigInt(amount!), ...times, nonce: nonce!, signature: signature! };
      expect(checkDeposit(DEPOSIT_PLACE, signed, { hasCode: false }).ok).to.equal(true);
      const key = sent.authorization as Record<string, `0x${string}`>;
      const numbers = { cap: BigInt(key.cap!), expiresAt: BigInt(key.expiresAt!), nonce: BigInt(key.nonce!) };
      const terms = { ...numbers, deadline: BigInt(key.deadline!), signature: key.signature! };
      expect(checkKeyAuthorization(PLACE, { user: USER.address, key: KEY.address, ...terms }, { hasCode: false }).ok).to
        .be.true;
    });

    it("says what is missing", async () => {
      const { client } = gatewayWithClient();
      const { cap, expiresAt } = authorization;
      expect((await failureOf(client.start({ owner: USER, deposit }))).message).to.match(/^Name the domain of USDC/);
      const failure = await failureOf(client.start({ owner: USER, authorization: { cap, expiresAt } }));
      expect(failure.message).to.match(/^Name the authorisation's `nonce`, or `read` and `deployment`/);
    });
  });
});

const streamOf = (text: string) => new Response(text, { headers: { "content-type": "text/event-stream" } });
