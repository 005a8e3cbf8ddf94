import assert from "node:assert/strict";
import { hash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { Wallet } from "ethers";

import { claimAndStake } from "../../../sdk/src/actions/staking.ts";
import { requestWithdrawal, deposit } from "../../../sdk/src/actions/prepaid.ts";
import { approvalOf } from "../../../sdk/src/actions/payment.ts";
import { authorizeKey, settle } from "../../../sdk/src/actions/usage.ts";
import type { Hex } from "../../../sdk/src/codec/hex.ts";
import { gatewayClient } from "../../../sdk/src/gateway/client/gatewayClient.ts";
import type { GatewayClient } from "../../../sdk/src/gateway/client/gatewayClient.ts";
import { costOf } from "../../../sdk/src/gateway/cost.ts";
import { folderMemory } from "../../../sdk/src/node/folderMemory.ts";
import { readOf } from "../../../sdk/src/reads/read.ts";
import type { LocalChain } from "../../../sdk/test/chain.ts";
import { ChainNode } from "../src/chain/node.ts";
import { openPglite } from "../src/store/pglite.ts";
import { openPostgres } from "../src/store/postgres.ts";
import type { Store } from "../src/store/sql.ts";
import { DEPLOYMENT, liveChain } from "./support/chain.ts";
import { testFile } from "./support/gateways.ts";
import { moodyUpstream, PROMPT_TOKENS } from "./support/moodyUpstream.ts";
import type { MoodyUpstream } from "./support/moodyUpstream.ts";
import { freePort, newDatabase } from "./support/postgres.ts";
import { GatewayProcess } from "./support/processes.ts";
import { DEPTH, PATIENCE, Random, SEED } from "./support/random.ts";
import { act, newUser } from "./support/users.ts";

const PRICES = {
  list: { input: 1_000_000n, cached: 1_000_000n, output: 2_000_000n },
  weightBps: { input: 10_000n, cached: 10_000n, output: 10_000n },
  minimumPrice: 1_000_000n,
};

/** One user with its key and client. */
interface Player {
  user: string;
  signer: Wallet;
  folder: string;
  client: GatewayClient;
}

/** A few users, gateways that are killed, a model's server that fails, a network that loses answers, and a chain that goes on. */
class Game {
  readonly #random: Random;
  readonly #chain: LocalChain;
  readonly #folder: string;
  readonly #upstream: MoodyUpstream;
  readonly #gateways: GatewayProcess[];
  readonly players: Player[] = [];
  /** Whether answers are lost. */
  isLossy = true;
  counts = { asked: 0, answered: 0, refused: 0, failed: 0, kills: 0, settled: 0, lost: 0 };

  constructor(random: Random, chain: LocalChain, folder: string, upstream: MoodyUpstream, gateways: GatewayProcess[]) {
    this.#random = random;
    this.#chain = chain;
    this.#folder = folder;
    this.#upstream = upstream;
    this.#gateways = gateways;
  }

  join(user: string, signer: Wallet): void {
    const folder = join(this.#folder, `receipts-${this.players.length.toString()}`);
    this.players.push({ user, signer, folder, client: this.#clientOf(user, signer, folder) });
  }

  #clientOf(user: string, signer: Wallet, folder: string): GatewayClient {
    return gatewayClient({
      ...{ url: this.#gateways[0]!.url, user, key: signer.address, signer, memory: folderMemory(folder) },
      // Streams that break off are not borne out to the last token, and answers are lost with a gateway.
      ...{ tolerance: { lostUsdc: 1_000_000n, lostBps: 10_000n }, settleAfterSeconds: Infinity, retryAfterMs: 50 },
      fetch: (input: string | URL | Request, init?: RequestInit) => this.#overNetwork(input, init),
    });
  }

  /** Whichever gateway answers; now and then an answer is lost on the way. */
  async #overNetwork(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const asked = input instanceof Request ? input.url : input.toString();
    const gateway = this.#random.pick(this.#gateways);
    const response = await fetch(asked.replace(this.#gateways[0]!.url, gateway.url), init);
    if (this.isLossy && this.#random.chance(0.08)) {
      this.counts.lost++;
      await response.body?.cancel();
      throw new TypeError("The answer was lost.");
    }
    return response;
  }

  /** Asks for something, in one of several ways, and takes whatever comes. */
  async ask({ client }: Player): Promise<void> {
    const random = this.#random;
    this.counts.asked++;
    const content = randomBytes(8).toString("hex");
    const body = { model: "qwen-alice", max_tokens: 1 + random.below(60), messages: [{ role: "user", content }] };
    const streams = random.chance(0.5);
    const leaves = new AbortController();
    if (random.chance(0.1)) setTimeout(() => { leaves.abort(); }, random.below(60)); // prettier-ignore
    try {
      const response = await client.fetch(`${this.#gateways[0]!.url}/v1/chat/completions`, {
        ...{ method: "POST", body: JSON.stringify({ ...body, ...(streams ? { stream: true } : {}) }) },
        signal: leaves.signal,
      });
      await response.text();
      if (response.ok) this.counts.answered++;
      else this.counts.refused++;
    } catch {
      this.counts.failed++;
    }
  }

  /** Something happens that is no request. */
  async disturb(store: () => Store): Promise<void> {
    const random = this.#random;
    switch (this.counts.kills === 0 ? 0 : random.below(4)) {
      case 0:
      case 1: {
        const gateway = random.pick(this.#gateways);
        await gateway.kill();
        this.counts.kills++;
        await sleep(random.below(100));
        await gateway.start();
        return;
      }
      default:
        await this.settle(store());
    }
  }

  /** A client is started anew, from its memory. Nothing of it is under way. */
  async restartClient(): Promise<void> {
    const index = this.#random.below(this.players.length);
    const player = this.players[index]!; // below their number
    await player.client.close().catch(() => undefined); // who was never served has nothing to settle
    this.players[index] = { ...player, client: this.#clientOf(player.user, player.signer, player.folder) };
  }

  /** The platform settles what is signed. */
  async settle(store: Store): Promise<void> {
    const rows = await store.query<
      Record<"user_address" | "key_address" | "units" | "list" | "paid" | "signature", string>
    >(
      `select user_address, key_address, units::text as units, list::text as list, paid::text as paid, signature
       from signed_vouchers where paid > collected_paid`,
    );
    const vouchers = rows.map(({ user_address, key_address, units, list, paid, signature }) => ({
      ...{
        user: user_address as Hex,
        key: key_address as Hex,
        units: BigInt(units),
        list: BigInt(list),
        paid: BigInt(paid),
      },
      ...{ r: signature.slice(0, 66) as Hex, vs: `0x${signature.slice(66)}` satisfies Hex },
    }));
    if (vouchers.length === 0) return;
    await act(this.#chain, this.#chain.actors.alice.address, settle(DEPLOYMENT, 1n, vouchers));
    this.counts.settled++;
  }

  /** What was served for each request that is charged, by the books of the model's server. */
  async check(store: Store, node: ChainNode): Promise<void> {
    const rows = await store.query<Record<"request_hash" | "input" | "cached" | "output" | "paid", string>>(
      `select request_hash, input_tokens::text as input, cached_tokens::text as cached, output_tokens::text as output,
         paid::text as paid from requests`,
    );
    const tags = new Map([...this.#upstream.served.values()].map((served) => [served, served]));
    assert.ok(rows.length <= tags.size, "nothing is charged that was not served");
    let [charged, served] = [0n, 0n];
    for (const row of rows) charged += BigInt(row.input) + BigInt(row.cached) + BigInt(row.output);
    for (const { input, output, times } of this.#upstream.served.values())
      served += BigInt(times === 0 ? 0 : input + output);
    assert.ok(charged <= served, "no token is charged that was not served");
    for (const row of rows) {
      const tokens = { input: Number(row.input), cached: Number(row.cached), output: Number(row.output) };
      assert.ok(tokens.input + tokens.cached <= PROMPT_TOKENS);
      assert.ok(BigInt(row.paid) <= costOf(tokens, PRICES, 0n).list, "nothing costs more than its list price");
    }
    for (const { user, signer, client } of this.players) {
      const key = signer.address;
      const [series] = await store.query<Record<"delivered" | "signed" | "units" | "list" | "receipts", string>>(
        `select delivered_paid::text as delivered, signed_paid::text as signed, signed_units::text as units,
           signed_list::text as list, receipts::text as receipts
         from series where user_address = $1 and key_address = $2`,
        [user, key],
      );
      if (series === undefined) continue;
      assert.equal(series.signed, series.delivered, "everything that was delivered is signed at the end");
      const standing = (await client.series()).find(({ model }) => model === "qwen-alice");
      assert.equal(standing?.signed.paid.toString(), series.signed, "both sides have the same sums");
      assert.equal(standing.stopped, undefined);
      const collected = await node.ask(readOf(DEPLOYMENT, "meter", "usageOf", [user as Hex, key as Hex, 1n]));
      assert.equal(collected.paid.toString(), series.signed, "the chain has collected what was signed");
      assert.equal(collected.units.toString(), series.units);
      assert.equal(collected.list.toString(), series.list);
    }
  }
}

/** Claims and stakes MT of somebody who has bought some; a second game finds it done. */
async function stakeAs(chain: LocalChain, who: Hex): Promise<void> {
  const node = await ChainNode.connect(chain.url);
  const token = await node.ask(readOf(DEPLOYMENT, "offering", "tokenOf", [1n]));
  const staking = claimAndStake(DEPLOYMENT, { modelId: 1n, amount: 10n ** 21n, token });
  const { to, data } = approvalOf(staking.payment);
  await chain.ask("eth_sendTransaction", { from: who, to, data });
  await act(chain, who, staking);
}

/** A store by which the test looks into the books of gateways that run. */
const kinds = [
  { name: "two gateways on one PostgreSQL", gateways: 2 },
  { name: "a gateway on PGlite", gateways: 1 },
];

for (const kind of kinds) {
  describe(`money, with ${kind.name}`, PATIENCE, () => {
    const folder = mkdtempSync(join(tmpdir(), "fomo-money-"));
    let upstream: MoodyUpstream;
    let gateways: GatewayProcess[];
    let database: string | undefined;
    let chain: LocalChain;
    const random = new Random(SEED + kind.gateways);

    before(async () => {
      chain = await liveChain();
      upstream = await moodyUpstream(random);
      database = kind.gateways === 1 ? undefined : await newDatabase();
      const config = await testFile({
        ...{ folder, upstream: { url: upstream.url, retries: 1 }, settlementSeconds: 60 },
        limits: { requestsInFlight: 4 },
      });
      const environment = {
        FOMO_GATEWAY_KEY: `0x${hash("sha256", SEED.toString(), "hex")}`,
        ...(database === undefined ? {} : { DATABASE_URL: database }),
      };
      gateways = await Promise.all(
        Array.from(
          { length: kind.gateways },
          async (_, index) =>
            new GatewayProcess(folder, `gateway-${index.toString()}`, await freePort(), config, environment),
        ),
      );
      for (const gateway of gateways) await gateway.start();
    });
    after(async () => {
      for (const gateway of gateways) await gateway.kill();
      await upstream.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it(`comes out even after a random history (seed ${SEED.toString(16)})`, PATIENCE, async () => {
      const game = new Game(random, chain, folder, upstream, gateways);
      const wealthy = await newUser(chain, 50_000n);
      const poor = await newUser(chain, 400n);
      game.join(wealthy.address, wealthy);
      game.join(poor.address, poor);
      // Bob has a key with a cap that is soon reached and one that expires too early; he stakes for a discount, and asks
      // some of his money back.
      const { bob } = chain.actors;
      const [key, brief] = [new Wallet(Wallet.createRandom().privateKey), new Wallet(Wallet.createRandom().privateKey)];
      const paid = deposit(DEPLOYMENT, 20_000n);
      const { to, data } = approvalOf(paid.payment);
      await chain.ask("eth_sendTransaction", { from: bob.address, to, data });
      await act(chain, bob.address, paid);
      const { timestamp } = (await chain.ask("eth_getBlockByNumber", "latest", false)) as { timestamp: Hex };
      const expiresAt = BigInt(timestamp) + 30n * 86_400n;
      await act(chain, bob.address, authorizeKey(DEPLOYMENT, { key: key.address, cap: 8_000n, expiresAt }));
      await act(
        chain,
        bob.address,
        authorizeKey(DEPLOYMENT, { key: brief.address, cap: 8_000n, expiresAt: BigInt(timestamp) + 30n }),
      );
      game.join(bob.address, key);
      game.join(bob.address, brief);

      let exclusive: Store | undefined;
      const store = (): Store => {
        assert.ok(database !== undefined, "an embedded store is its gateway's alone");
        return (exclusive ??= openPostgres(database));
      };
      for (let round = 0; round < 8 * DEPTH; ++round) {
        const asking = Array.from({ length: 10 }, async () => {
          await sleep(random.below(200));
          await game.ask(random.pick(game.players));
        });
        if (database === undefined && (game.counts.kills === 0 || random.chance(0.5))) {
          await sleep(random.below(150));
          await gateways[0]!.kill();
          game.counts.kills++;
          await gateways[0]!.start();
          // It takes longer to start than many requests take to give up.
          await Promise.all(Array.from({ length: 6 }, () => game.ask(random.pick(game.players))));
        } else if (database !== undefined) {
          await sleep(random.below(150));
          await game.disturb(store);
        }
        await Promise.all(asking);
        if (random.chance(0.3)) await game.restartClient();
        if (round === 2) await stakeAs(chain, bob.address);
        if (round === 3) await chain.warp(86_400);
        if (round === 5) await act(chain, bob.address, requestWithdrawal(DEPLOYMENT, 10_000n));
      }

      game.isLossy = false;
      // The end: whatever is in flight is given up, everything is signed and settled.
      for (const { client } of game.players) {
        await client.settleUp().catch((error: unknown) => {
          // Who was never served has nothing to sign.
          if (!/has not authorised|expires/.test((error as Error).message)) throw error;
        });
      }
      const last = database === undefined ? await reopened() : store();
      await game.settle(last);
      await game.check(last, await ChainNode.connect(chain.url));
      const { asked, answered } = game.counts;
      assert.ok(answered > asked / 8, JSON.stringify(game.counts));
      await last.close();

      /** The books of the embedded store, once its gateway has gone. */
      async function reopened(): Promise<Store> {
        await gateways[0]!.kill("SIGTERM");
        const { hash: genesis } = (await chain.ask("eth_getBlockByNumber", "0x0", false)) as { hash: string };
        return await openPglite(join(folder, `31337-${genesis.slice(2, 18)}`, "store"));
      }
    });
  });
}
