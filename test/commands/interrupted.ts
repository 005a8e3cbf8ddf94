import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { identityOf } from "../../scripts/lib/chain/identity.ts";
import { STATE_FOLDER } from "../../scripts/lib/sending/journal.ts";
import { freshNodeBehindChaos } from "../support/behindChaos.ts";
import type { BehindChaos } from "../support/behindChaos.ts";
import type { ChaosNode } from "../support/chaosNode.ts";
import type { CommandLine } from "../support/commandLine.ts";
import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { ADDRESS, START_TIMEOUT, transactionsOf } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";
import { highTwin } from "../support/signatures.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { usdc } from "../support/units.ts";

const ROOT = join(import.meta.dirname, "..", "..");

describe("fomo settle and other commands, interrupted", function () {
  this.timeout(120_000);

  const folder = temporaryFolder();
  let behind: BehindChaos;
  let node: Node;
  let chaos: ChaosNode;
  let cli: CommandLine;
  before(async function () {
    this.timeout(2 * START_TIMEOUT);
    behind = await freshNodeBehindChaos();
    ({ node, chaos, cli } = behind);
    await graduateModel(node.provider, node.addresses);
    await node.json("endpoint --model 1 --api-id flock/qwen-alice --from platform");
    for (const who of ["bob", "carol", "dave"]) await node.json(`deposit --usdc 100 --from ${who}`);
  });
  beforeEach(() => {
    chaos.behave();
  });
  after(() => behind.close());

  const creditsOf = async () =>
    ((await node.json("credits")).credits as Document[]).reduce(
      (sum, { creditUsdcWei }) => sum + BigInt(creditUsdcWei as string),
      0n,
    );
  const cardsFile = (name: string, count: number) => {
    const path = join(folder, name);
    const rows = Array.from({ length: count }, (_, index) => ({
      ...{ id: `${name}-${index.toString()}`, modelId: 1, units: "1000000", listUsdc: "1", paidUsdc: "1" },
    }));
    writeFileSync(path, JSON.stringify(rows));
    return path;
  };

  it("O1 collects two of three vouchers if the third has the high twin of its signature", async () => {
    const file = join(folder, "three.json");
    for (const who of ["bob", "carol", "dave"]) {
      await node.json(`voucher --sign --model 1 --units 1000000 --list-usdc 2 --from ${who} --file`, file);
    }
    const vouchers = JSON.parse(readFileSync(file, "utf8")) as { signature: string; user: string }[];
    vouchers[1]!.signature = highTwin(vouchers[1]!.signature);
    writeFileSync(file, JSON.stringify(vouchers));
    const done = await node.partial("settle --from platform --file", file);
    expect(done.collected).to.equal(2);
    const skipped = done.skipped as Document[];
    expect(skipped).to.have.length(1);
    expect(skipped[0]).to.include({ row: 2, user: vouchers[1]!.user, modelId: 1, skipped: "badSignature" });
  });

  it("O2 O3 pays 150 card rows once if a node is gone in the middle, and reports what it did until then", async () => {
    const file = cardsFile("cards.json", 150);
    const before = await creditsOf();
    let gone = false;
    chaos.misbehave(({ method, time }) => {
      // The approval, the first batch, and then the second.
      gone ||= method === "eth_sendTransaction" && time === 3;
      return gone ? { status: 502 } : undefined;
    });
    const { code, stdout, stderr } = await cli.fomo("settle --from platform --cards", file, "--json");
    expect(code).to.equal(1);
    expect(stderr).to.match(/Done before that: Settle 100 by card, 0x/);
    const failed = JSON.parse(stdout) as { transactions: Document[]; unclear: Document[] };
    expect(failed.transactions.map(({ what }) => what)).to.deep.equal(["Approve USDC", "Settle 100 by card"]);
    expect(failed.unclear.map(({ what }) => what)).to.deep.equal(["Settle 50 by card"]);

    chaos.behave();
    const done = await cli.json("settle --from platform --cards", file);
    expect((done.skipped as Document[]).map(({ skipped }) => skipped)).to.deep.equal(Array(100).fill("settledBefore"));
    expect((await creditsOf()) - before).to.equal(usdc(150));
    await node.nothing("settle --from platform --cards", file);
    expect((await creditsOf()) - before).to.equal(usdc(150));
  });

  it("O2 does not settle card rows again of which the answer was lost, in whatever file they stand", async () => {
    const file = cardsFile("lost.json", 20);
    const before = await creditsOf();
    let gone = false;
    chaos.misbehave(({ method, params }) => {
      if (gone) return { status: 503 };
      const [{ to }] = (method === "eth_sendTransaction" ? params : [{}]) as [{ to?: string }];
      if (to?.toLowerCase() !== node.addresses.meter.toLowerCase()) return undefined;
      gone = true;
      return "cut after";
    });
    expect((await cli.fomo("settle --from platform --cards", file)).code).to.equal(1);
    chaos.behave();
    // Another command of the same account learns of it first.
    await cli.json("deposit --usdc 1 --from platform");
    const other = join(folder, "other.json");
    const rows = JSON.parse(readFileSync(file, "utf8")) as object[];
    writeFileSync(other, JSON.stringify([...rows.slice(5), { ...rows[0], id: "new" }]));
    const done = await cli.json("settle --from platform --cards", other);
    expect(transactionsOf(done).at(-1)).to.equal("Settle 1 by card");
    expect((await creditsOf()) - before).to.equal(usdc(21));
  });

  it("O4 cuts batches by the gas that they take", async () => {
    const file = cardsFile("many.json", 60);
    const done = await node.json("settle --from platform --max-gas 1000000 --cards", file);
    const batches = (done.transactions as Document[]).filter(({ what }) => /^Settle/.test(what as string));
    expect(batches.length).to.be.greaterThan(1);
    expect(batches.every(({ gasUsed }) => Number(gasUsed) <= 1_000_000)).to.equal(true);
    const rows = batches.map(({ what }) => Number(/\d+/.exec(what as string)![0]));
    expect(rows.reduce((sum, count) => sum + count, 0)).to.equal(60);
  });

  it("O4 has gas left for what a new day asks, shortly before midnight", async () => {
    await node.json("settle --from platform --cards", cardsFile("yesterday.json", 3));
    const { timestamp } = (await node.provider.getBlock("latest"))!;
    await node.warp(86_400 - (timestamp % 86_400) - 60);
    chaos.misbehave(() => undefined);
    const done = await cli.json("settle --from platform --cards", cardsFile("tonight.json", 3));
    const settled = (done.transactions as Document[]).at(-1)!;
    const sent = chaos.asked.filter(({ method }) => method === "eth_sendTransaction").at(-1)!;
    const [{ gas }] = sent.params as [{ gas: string }];
    expect(BigInt(gas)).to.be.greaterThan(5n * BigInt(settled.gasUsed as string));
  });

  describe("O2 by a kill", () => {
    const line = "deposit --usdc 10 --from dave";
    const deposited = async () =>
      BigInt((await node.json("deposit --usdc 1 --from dave")).depositedUsdcWei as string) - usdc(1);

    /** The first transaction is the approval, the second one the deposit. */
    const moments: [when: string, method: string, misdeed: "hang" | "swallow", doneBefore: boolean][] = [
      ["before the node has got the deposit", "eth_sendTransaction", "swallow", false],
      ["after the node has got the deposit", "eth_sendTransaction", "hang", true],
      ["before it has seen the receipt", "eth_getTransactionReceipt", "hang", true],
    ];
    for (const [when, method, misdeed, doneBefore] of moments) {
      it(`deposits once if it is killed ${when}`, async () => {
        const before = await deposited();
        await behind.killAt(line, (asked) => asked.method === method && asked.time === 2, misdeed);
        const again = await cli.json(line);
        expect(again.doneBefore === true).to.equal(doneBefore);
        expect(transactionsOf(again)).to.include("Deposit");
        expect(chaos.asked.some((asked) => asked.method === "eth_sendTransaction")).to.equal(!doneBefore);
        expect((await deposited()) - before).to.equal(usdc(11)); // one more was to read it
      });
    }

    it("says one sentence if the journal is damaged, and sends nothing", async () => {
      const request = ({ method }: { method: string }) => node.provider.send(method, []) as Promise<unknown>;
      const chain = await identityOf((await node.provider.getNetwork()).chainId, { request });
      const journal = join(ROOT, STATE_FOLDER, "journal", chain, ADDRESS.dave.toLowerCase(), "torn.json");
      writeFileSync(journal, '{"command":');
      try {
        expect(await node.refusalUnsent(line)).to.match(
          /^The journal .*torn\.json is damaged, .* then remove the file\.$/,
        );
      } finally {
        rmSync(journal);
      }
    });
  });
});
