import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "chai";

import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import type { GatewayClient } from "../../sdk/src/gateway/client/gatewayClient.ts";
import { memoryOfProcess } from "../../sdk/src/gateway/client/memory.ts";
import type { GatewayMemory } from "../../sdk/src/gateway/client/memory.ts";
import { BPS, WAD } from "../../sdk/src/units/numbers.ts";
import type { UsageRow } from "../../sdk/src/usage/row.ts";
import { CHEATS } from "../support/gateway/cheats.ts";
import { FakeGateway, MODELS } from "../support/gateway/fakeGateway.ts";
import type { Behaviour, Fate } from "../support/gateway/fakeGateway.ts";
import { chat, clientOf } from "../support/gateway/gatewayClient.ts";
import { QuickRandom } from "../support/random.ts";
import type { Random } from "../support/random.ts";
import { scaled } from "../support/scale.ts";

const HISTORIES = scaled(12, 1_000);
const STEPS = 12;

/** More than a history costs. */
const GENEROUS = { lostUsdc: 10n ** 15n, lostBps: 0n };

/** A process that can be killed: then nothing of it is written and nothing of it is sent any more. */
class Process {
  readonly client: GatewayClient;
  #isAlive = true;

  constructor(gateway: FakeGateway, memory: GatewayMemory, tolerance: { lostUsdc: bigint; lostBps: bigint }) {
    const whileAlive = async <T>(work: () => Promise<T>): Promise<T> =>
      this.#isAlive ? await work() : await new Promise<never>(() => undefined);
    this.client = clientOf(gateway, {
      tolerance,
      fetch: ((url: string, init: RequestInit) => whileAlive(() => gateway.fetch(url, init))) as typeof fetch,
      memory: {
        async open(place) {
          const opened = await memory.open(place);
          return {
            entries: opened.entries,
            append: (entry) => whileAlive(() => opened.append(entry)),
            replace: (entries) => whileAlive(() => opened.replace(entries)),
            close: () => opened.close(),
          };
        },
      },
    });
  }

  kill(): void {
    this.#isAlive = false;
  }
}

const maybe = (random: Random, percent: bigint) => random.uniform(0n, 99n) < percent;

/** Faults of a network that is not good. */
const faults =
  (random: Random) =>
  (isStream: boolean): Fate => {
    if (!maybe(random, 30n)) return undefined;
    return random.pick<Fate>([
      "lostBefore",
      "lostAfter",
      isStream ? "cutStream" : "cutBody",
      "noSession",
      "tooMany",
      "proxy",
    ]);
  };

/** Asks once, and reads the answer, leaves it early or has it aborted. Only the network may be to blame if that fails. */
async function askOnce(random: Random, client: GatewayClient): Promise<void> {
  const aborted = maybe(random, 10n) ? AbortSignal.timeout(Number(random.uniform(0n, 4n))) : null;
  const [stream, isLeft] = [maybe(random, 50n), maybe(random, 15n)];
  const terms = { model: random.pick(Object.keys(MODELS)), tokens: Number(random.uniform(0n, 300n)) };
  const text = "x".repeat(Number(random.uniform(0n, 50n)));
  try {
    const response = await chat(client, { ...terms, stream, text, signal: aborted });
    if (!isLeft || response.body === null) await response.text();
    else {
      const reader = response.body.getReader();
      await reader.read();
      await reader.cancel();
    }
  } catch (error) {
    if (error instanceof FomoError && error.code === "doubtfulReceipt") throw error;
  }
}

/** Everything that was signed is at most what was served, and so much [USDC units, bps]. */
function checkBound(gateway: FakeGateway, { lostUsdc, lostBps }: { lostUsdc: bigint; lostBps: bigint }): void {
  for (const { signed, truth } of gateway.series.values()) {
    expect(signed.paid <= truth.paid + lostUsdc + (signed.paid * lostBps) / BPS, "too much was signed").to.equal(true);
  }
}

/** Plays a history: bursts of requests, settlements, and ends of the process at any moment. */
async function play(random: Random, behaviour: Behaviour, tolerance: { lostUsdc: bigint; lostBps: bigint }) {
  const gateway = new FakeGateway(behaviour);
  const memory = memoryOfProcess();
  let running = new Process(gateway, memory, tolerance);
  const problems: unknown[] = [];
  for (let step = 0; step < STEPS; step++) {
    const { client } = running;
    const requests = Array.from({ length: Number(random.uniform(1n, 5n)) }, () => askOnce(random, client));
    for (const request of requests) request.catch((error: unknown) => problems.push(error));
    if (maybe(random, 25n)) {
      await sleep(Number(random.uniform(0n, 12n)));
      running.kill();
      running = new Process(gateway, memory, tolerance);
    } else {
      await Promise.allSettled(requests);
      if (maybe(random, 20n)) await client.settleUp().catch(() => undefined);
    }
    checkBound(gateway, tolerance);
  }
  return { gateway, problems, process: running };
}

const delay = (random: Random) => () => sleep(Number(random.uniform(0n, 2n)));

describe("Random histories of a client and a gateway", function () {
  this.timeout(600_000);

  for (let history = 0; history < HISTORIES; history++) {
    it(`sign exactly what was served, with an honest gateway and a bad network: ${history}`, async () => {
      const random = new QuickRandom(`honest ${history}`);
      const discountWad = random.pick([0n, WAD / 7n, (WAD * 3n) / 10n]);
      const behaviour = { discountWad, fateOf: faults(random), delay: delay(random), patience: 2 };
      const { gateway, problems, process } = await play(random, behaviour, GENEROUS);
      expect(problems).to.deep.equal([]);

      gateway.behaviour = { discountWad };
      for (const model of Object.keys(MODELS)) await (await chat(process.client, { model })).text();
      await process.client.settleUp();
      const standings = await process.client.series();
      expect(gateway.series.size).to.equal(Object.keys(MODELS).length);
      for (const [modelId, { signed, truth }] of gateway.series) {
        const standing = standings.find((one) => one.modelId === modelId)!;
        expect([modelId, signed, standing.signed, standing.served]).to.deep.equal([modelId, truth, truth, truth]);
      }
      await process.client.close();
    });

    it(`never sign more than was served and the tolerance, with a gateway that cheats at times: ${history}`, async () => {
      const random = new QuickRandom(`cheating ${history}`);
      const tolerance = { lostUsdc: random.magnitude(1n, 100_000n), lostBps: random.pick([0n, 200n]) };
      const cheats = Object.values(CHEATS).flatMap(({ cheat }) => (cheat === undefined ? [] : [cheat]));
      const claims = Object.values(CHEATS).flatMap(({ claim }) => (claim === undefined ? [] : [claim]));
      const behaviour: Behaviour = {
        ...{ fateOf: faults(random), delay: delay(random) },
        cheat: (receipt, gateway) => (maybe(random, 4n) ? random.pick(cheats)(receipt, gateway) : receipt),
        claim: (tokens) => (maybe(random, 4n) ? random.pick(claims)(tokens) : tokens),
      };
      const { gateway, process } = await play(random, behaviour, tolerance);
      await process.client.settleUp();
      checkBound(gateway, tolerance);
      const whole = (row: UsageRow) => row.units >= 0n && row.list >= row.paid;
      for (const { signed } of gateway.series.values()) expect(whole(signed)).to.equal(true);
    });
  }
});
