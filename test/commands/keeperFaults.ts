import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { identityOf } from "../../scripts/lib/chain/identity.ts";
import { keeperEvent } from "../../scripts/lib/documents/keeper.ts";
import { STATE_FOLDER } from "../../scripts/lib/sending/journal.ts";
import { connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { freshNodeBehindChaos } from "../support/behindChaos.ts";
import type { BehindChaos } from "../support/behindChaos.ts";
import type { Asked, ChaosNode } from "../support/chaosNode.ts";
import type { CommandLine } from "../support/commandLine.ts";
import { workOn } from "../support/keeping.ts";
import type { Work } from "../support/keeping.ts";
import { START_TIMEOUT } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";
import { freePort } from "../support/process.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const HALF_AN_HOUR = 1_800;
/** The account of the local chain's keeper. */
const KEEPER = "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720";

const kindsIn = (works: unknown) => (works as Document[]).map(({ kind, modelId }) => [kind, modelId]);

/** What a keeper bears, and what it does not do twice. */
describe("fomo keeper, disturbed", function () {
  this.timeout(120_000);

  let behind: BehindChaos;
  let node: Node;
  let chaos: ChaosNode;
  let cli: CommandLine;
  let work: Work;
  before(async function () {
    this.timeout(2 * START_TIMEOUT);
    behind = await freshNodeBehindChaos();
    ({ node, chaos, cli } = behind);
    work = await workOn(node.provider, node.addresses);
    for (let i = 0; i < 4; i++) await work.sellOut(await work.launch({ symbol: `M${i.toString()}` }));
    await work.serve(1n);
  });
  beforeEach(() => {
    chaos.behave();
  });
  after(() => behind.close());

  const line = "keeper --from keeper";
  const once = () => cli.json(`${line} --once`);
  /** Whether a request asks the lens what is due, of so many models at least. */
  const isDue = ({ method, params }: Asked, models = 0) => {
    const [{ to, data } = {}] = params as [{ to?: string; data?: string }?];
    const words = ((data?.length ?? 0) - 10) / 64;
    return method === "eth_call" && to?.toLowerCase() === node.addresses.lens.toLowerCase() && words >= 2 + models;
  };
  /** Everything that the keeper has paid, and what its books say of it. */
  async function expectHonestBooks(): Promise<void> {
    const { spent } = (await node.json(`${line} --dry-run`)) as { spent: { day: string; gas: number; spentEtherWei: string } }; // prettier-ignore
    const paid = await work.paidBy(KEEPER, spent.day);
    expect(spent.gas).to.equal(Number(paid.gas));
    expect(spent.spentEtherWei).to.equal(paid.wei.toString());
  }

  describe("by the node", () => {
    /** What is to be done: of each the lens is asked once more, right before it would be sent. */
    const works = ({ transactions }: Document) => (transactions as unknown[]).length;

    it("asks in halves if the node refuses the size, and finds the same", async () => {
      const whole = await cli.json(`${line} --dry-run`);
      chaos.misbehave((asked) => (isDue(asked, 2) ? { error: { code: -32_000, message: "out of gas" } } : undefined));
      const parts = await cli.json(`${line} --dry-run`);
      expect(chaos.asked.filter((asked) => isDue(asked)).length).to.equal(7 + works(parts));
      expect(parts.transactions).to.deep.equal(whole.transactions);
      expect(parts.unreadable).to.deep.equal([]);
    });

    it("asks once if the node does not", async () => {
      chaos.misbehave(() => undefined);
      const shown = await cli.json(`${line} --dry-run`);
      expect(chaos.asked.filter((asked) => isDue(asked)).length).to.equal(1 + works(shown));
    });

    it("leaves out a model that cannot be read, and no other", async () => {
      const second = (2).toString(16).padStart(64, "0");
      chaos.misbehave((asked) => {
        const [{ data } = {}] = asked.params as [{ data?: string }?];
        // After the selector, the place of the list and its length.
        const ids: string[] = data?.slice(10 + 2 * 64).match(/.{64}/g) ?? [];
        return isDue(asked, 1) && ids.includes(second)
          ? { error: { code: -32_000, message: "execution reverted" } }
          : undefined;
      });
      const shown = await cli.json(`${line} --dry-run`);
      expect(shown.unreadable).to.deep.equal([2]);
      const planned = (shown.transactions as Document[]).map(({ what }) => what);
      expect(planned).to.include.members(["Graduate model 3", "Graduate model 4"]).and.not.include("Graduate model 2");
    });

    it("does the others if one is refused, and lists it with the node's reason", async () => {
      const { data } = await connectProtocol(node.addresses).offering.graduate.populateTransaction(2n);
      chaos.misbehave(({ method, params }) =>
        method === "eth_estimateGas" && (params as [{ data: string }])[0].data === data
          ? { error: { code: -32_000, message: "gas required exceeds allowance" } }
          : undefined,
      );
      const { waiting, transactions } = await cli.json(`${line} --dry-run`);
      expect(waiting).to.have.length(1);
      expect((waiting as Document[])[0]).to.include({ kind: "graduate", modelId: 2, reason: "refused" });
      expect((waiting as Document[])[0]!.refusal).to.match(/gas required exceeds allowance/);
      expect(transactions).to.have.length.greaterThan(1);
    });

    it("counts what a chain takes for a transaction's data", async () => {
      const costs = async () =>
        ((await node.json(`${line} --dry-run --max-gas-per-day 1`)).waiting as Document[]).map(({ costEtherWei }) =>
          BigInt(costEtherWei as string),
        );
      const without = await costs();
      // Code that answers 1000 to whatever it is asked, where chains of the OP stack have theirs.
      const place = "0x420000000000000000000000000000000000000F";
      await node.provider.send("hardhat_setCode", [place, "0x6103e860005260206000f3"]);
      const withFee = await costs();
      await node.provider.send("hardhat_setCode", [place, "0x"]);
      expect(withFee).to.deep.equal(without.map((cost) => cost + 1_000n));
    });

    it("O8 logs what fails, rests, goes on, and shows how it is", async () => {
      const port = await freePort();
      const get = async (path: string) => await fetch(`http://127.0.0.1:${port.toString()}${path}`);
      chaos.misbehave((asked) => (isDue(asked) ? { status: 503 } : undefined));
      const keeper = cli.start(`${line} --json --interval-seconds 1 --metrics-port ${port.toString()}`);
      await keeper.printed(/"event":"failed"/);
      const ill = await get("/healthz");
      expect(ill.status).to.equal(503);
      expect(await ill.json()).to.deep.include({ healthy: false });
      expect(await (await get("/metrics")).text()).to.contain('fomo_keeper_rounds_total{outcome="failed"} 1\n');

      chaos.behave();
      await keeper.printed(/"event":"waiting"/);
      expect(await (await get("/healthz")).json()).to.deep.equal({ healthy: true, reason: null });
      const metrics = await get("/metrics");
      expect(metrics.headers.get("content-type")).to.match(/^text\/plain; version=0\.0\.4/);
      const text = await metrics.text();
      for (const one of text.trimEnd().split("\n")) {
        expect(one).to.match(/^(# (HELP|TYPE) fomo_keeper_\w+ .+|fomo_keeper_\w+(\{\w+="\w+"\})? [\d.]+)$/);
      }
      expect(text)
        .to.contain("fomo_keeper_models 4\n")
        .and.to.match(/works_total\{outcome="executed"\} [1-9]/);
      expect((await get("/")).status).to.equal(404);

      chaos.misbehave(() => ({ status: 503 }));
      await keeper.printed(/"event":"waiting"[^]*"event":"failed"/);
      chaos.behave();
      const { code, stdout } = await keeper.stop();
      expect(code).to.equal(0);
      const events = stdout.trimEnd().split("\n").map((one) => keeperEvent.parse(JSON.parse(one))); // prettier-ignore
      expect(events[0]).to.include({ event: "started", metricsUrl: `http://127.0.0.1:${port.toString()}` });
      const did = events.filter(({ event }) => event === "done");
      expect(did.map((one) => ("done" in one ? one.done.kind : ""))).to.include.members(["graduate", "pokeRoute"]);
      expect(events.filter(({ event }) => event === "waiting").length).to.equal(1);
      expect(events.at(-1)).to.include({ event: "stopped", executed: did.length });
      await expectHonestBooks();
    });

    it("says one sentence if its port is taken", async () => {
      const port = new URL(node.url).port;
      expect(await node.refusalUnsent(`${line} --metrics-port ${port}`)).to.match(/^Port \d+ of 127\.0\.0\.1 is taken/);
    });
  });

  describe("O2 by a kill", () => {
    const moments: [when: string, method: string, misdeed: "hang" | "swallow"][] = [
      ["before the node has got its transaction", "eth_sendTransaction", "swallow"],
      ["after the node has got its transaction", "eth_sendTransaction", "hang"],
      ["before it has seen the receipt", "eth_getTransactionReceipt", "hang"],
    ];
    for (const [when, method, misdeed] of moments) {
      it(`sends nothing twice and forgets no spending if it is killed ${when}`, async () => {
        await work.pass(HALF_AN_HOUR);
        const before = await work.paidBy(KEEPER);
        await behind.killAt(line, (asked) => asked.method === method && asked.time === 2, misdeed);
        // What may be on its way counts in full until its fate is known.
        const { done } = await once();
        await expectHonestBooks();
        const paid = await work.paidBy(KEEPER);
        // The route and four pools were due: one transaction for each, whoever has sent it.
        expect(paid.transactions.length - before.transactions.length).to.equal(5);
        expect((done as Document[]).every(({ outcome }) => outcome === "executed")).to.equal(true);
      });
    }

    it("says one sentence if its books are damaged, and sends nothing", async () => {
      const request = ({ method }: { method: string }) => node.provider.send(method, []) as Promise<unknown>;
      const chain = await identityOf((await node.provider.getNetwork()).chainId, { request });
      const file = join(ROOT, STATE_FOLDER, "keeper", chain, `${KEEPER.toLowerCase()}.json`);
      const books = readFileSync(file, "utf8");
      writeFileSync(file, books.slice(0, -9));
      expect(await node.refusalUnsent(`${line} --once`)).to.match(/^The keeper's books .* are damaged/);
      rmSync(file);
      writeFileSync(file, books);
    });
  });

  describe("by another keeper", () => {
    const other = async () => connectProtocol(node.addresses, await node.provider.getSigner(10));

    it("sends nothing where the other one was faster, and calls it no failure", async () => {
      await work.pass(HALF_AN_HOUR);
      let asked = 0;
      chaos.misbehave(async (one) => {
        // The first question is for everything that is due, the second one for the route alone, right before it is sent.
        if (isDue(one) && ++asked === 2) await (await (await other()).buyback.pokeRoute()).wait();
        return undefined;
      });
      const before = (await work.paidBy(KEEPER)).transactions.length;
      const { done, waiting } = await once();
      expect((done as Document[])[0]).to.include({ kind: "pokeRoute", outcome: "raced" });
      expect((await work.paidBy(KEEPER)).transactions.length - before).to.equal((done as Document[]).length - 1);
      expect(waiting).to.deep.equal([]);
    });

    it("goes on and books the gas where its transaction reverts on chain", async () => {
      const modelId = await work.launch({ symbol: "LATE" });
      await work.sellOut(modelId);
      let isBeaten = false;
      chaos.misbehave(async ({ method }) => {
        if (method !== "eth_sendTransaction" || isBeaten) return undefined;
        isBeaten = true;
        await (await (await other()).offering.graduate(modelId)).wait();
        return undefined;
      });
      await work.pass(HALF_AN_HOUR);
      const { done, waiting } = await once();
      expect((done as Document[])[0]).to.include({ kind: "graduate", modelId: Number(modelId), outcome: "inVain" });
      // Who has lost leaves the rest of the round to the winner, and looks again in the next one.
      expect(done).to.have.length(1);
      expect(new Set((waiting as Document[]).map(({ reason }) => reason))).to.deep.equal(new Set(["leftToAnother"]));
      expect((await once()).done).to.have.length.greaterThan(1);
      await expectHonestBooks();
    });
  });

  describe("by a reorganisation", () => {
    it("does again what it has taken away, with the same nonces, and counts it once", async () => {
      await work.pass(HALF_AN_HOUR);
      const snapshot = (await node.provider.send("evm_snapshot", [])) as string;
      const first = await once();
      expect(kindsIn(first.done)).to.deep.include(["pokeRoute", null]);
      const nonce = await node.provider.getTransactionCount(KEEPER);
      await node.provider.send("evm_revert", [snapshot]);
      const again = await once();
      expect(kindsIn(again.done)).to.deep.equal(kindsIn(first.done));
      expect(await node.provider.getTransactionCount(KEEPER)).to.equal(nonce);
      await expectHonestBooks();
    });

    it("leaves no gap of nonces if it happens between two transactions of a round", async () => {
      await work.pass(HALF_AN_HOUR);
      const snapshot = (await node.provider.send("evm_snapshot", [])) as string;
      const nonce = await node.provider.getTransactionCount(KEEPER);
      chaos.misbehave(async (one) => {
        // Right before the third work is sent: its question whether it is still due.
        if (isDue(one) && chaos.asked.filter((each) => isDue(each)).length === 4) {
          await node.provider.send("evm_revert", [snapshot]);
        }
        return undefined;
      });
      const { done, waiting } = await once();
      expect(waiting).to.deep.equal([]);
      expect((done as Document[]).every(({ outcome }) => outcome === "executed")).to.equal(true);
      chaos.behave();
      await once();
      await expectHonestBooks();
      expect(await node.provider.getTransactionCount(KEEPER)).to.be.greaterThan(nonce);
      expect(await node.provider.getTransactionCount(KEEPER)).to.equal((await work.paidBy(KEEPER)).transactions.length);
      expect((await once()).done).to.deep.equal([]);
    });
  });

  describe("by its limits", () => {
    const limited = async (options: string) => await node.json(`${line} --once ${options}`);

    it("waits where the gas of the day is used up, and goes on the next day", async () => {
      await work.pass(HALF_AN_HOUR);
      const { spent } = await node.json(`${line} --dry-run`);
      const { gas } = spent as { gas: number };
      const { done, waiting } = await limited(`--max-gas-per-day ${(gas + 1).toString()}`);
      expect(done).to.deep.equal([]);
      expect(new Set((waiting as Document[]).map(({ reason }) => reason))).to.deep.equal(new Set(["gasPerDay"]));
      await work.pass(86_400);
      const tomorrow = await limited(`--max-gas-per-day ${(gas + 1).toString()}`);
      expect((tomorrow.done as Document[]).length).to.be.greaterThan(0);
      expect((tomorrow.spent as { gas: number }).gas <= gas + 1).to.equal(true);
    });

    it("waits where the USD of the day are used up", async () => {
      await work.pass(HALF_AN_HOUR);
      const { done, waiting, spent } = await limited("--max-usd-per-day 0.000001 --eth-usd 3000");
      expect(done).to.deep.equal([]);
      expect((waiting as Document[])[0]).to.include({ reason: "usdPerDay" });
      expect((spent as Document).maxUsd).to.equal("0.000001");
    });

    it("leaves what is not worth its gas, says so in words, and does it at a better price", async () => {
      await work.earn(1n, 10_000_000n);
      for (let i = 0; i < 2; i++) {
        await once();
        await work.pass(HALF_AN_HOUR);
      }
      await work.earn(1n, 10_000_000n);
      const { code, stdout } = await node.fomo(`${line} --once --eth-usd 100000000`);
      expect(code).to.equal(0);
      expect(stdout).to.match(
        /Waits: Buy FLOCK for burning, because its gas costs [\d,.]+ USD and it is worth [\d.]+ USD\./,
      );
      const { done } = await limited("--eth-usd 3000 --min-worth 2");
      expect((done as Document[]).map(({ kind }) => kind)).to.include("buyFlock");
      await expectHonestBooks();
    });
  });
});
