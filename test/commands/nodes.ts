import { expect } from "chai";

import { buybackEvent } from "../../scripts/lib/documents/buyback.ts";

import { freshNodeBehindChaos } from "../support/behindChaos.ts";
import type { BehindChaos } from "../support/behindChaos.ts";
import type { ChaosNode, Misdeed } from "../support/chaosNode.ts";
import type { CommandLine } from "../support/commandLine.ts";
import { START_TIMEOUT, transactionsOf } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";
import { tokens } from "../support/units.ts";

/** How a node that does nothing but read may fail, and answer the next time. */
const PASSING: [what: string, misdeed: Misdeed][] = [
  ["cuts the connection before it answers", "cut before"],
  ["cuts the connection after it has read", "cut after"],
  ["answers with a page", { status: 502 }],
  ["answers with a page and a good status", { status: 200 }],
  ["is not available", { status: 503, body: "" }],
  ["limits the rate by HTTP", { status: 429 }],
  ["limits the rate by JSON-RPC", { error: { code: -32_005, message: "rate limit exceeded" } }],
  ["has an error of its own", { error: { code: -32_603, message: "internal error" } }],
];

/** What a node says whenever it is asked for something, and the one sentence that a person reads. */
const LASTING: [what: string, method: string, misdeed: Misdeed, line: string, sentence: RegExp][] = [
  ["no reason for a revert", "eth_call", { error: { code: -32_000, message: "execution reverted" } }, "status", /does not say why: an RPC URL of another node/],
  ["a fee below its floor", "eth_sendTransaction", { error: { code: -32_000, message: "transaction underpriced: tip cap 0 below minimum 1" } }, "deposit --usdc 1 --from bob", /--priority-fee-gwei\.$/],
  ["a block that it has pruned", "eth_call", { error: { code: -32_000, message: "missing trie node 12ab" } }, "status", /keeps more of the past/],
  ["a request that it does not know", "eth_call", { error: { code: -32_601, message: "the method is \u001b[31mnot\n available" } }, "status", /^The node refuses this: the method is \\u\{1b\}\[31mnot available\.$/],
]; // prettier-ignore

describe("fomo commands and nodes that misbehave", function () {
  this.timeout(120_000);

  let behind: BehindChaos;
  let node: Node;
  let chaos: ChaosNode;
  let cli: CommandLine;
  before(async function () {
    this.timeout(2 * START_TIMEOUT);
    behind = await freshNodeBehindChaos();
    ({ node, chaos, cli } = behind);
    await node.json("launch --file deploy/launches/qwen-alice.json5 --from alice");
    await node.warp(3 * 3_600);
  });
  beforeEach(() => {
    chaos.behave();
  });
  after(() => behind.close());

  const blocks = async () => Number(await node.blocks());

  describe("O5 reading", () => {
    for (const [what, misdeed] of PASSING) {
      it(`goes on if the node ${what}`, async () => {
        chaos.misbehave((asked) => (asked.time === 1 ? misdeed : undefined));
        expect(await cli.json("status --model 1")).to.include({ phase: "on sale" });
      });
    }

    for (const [what, method, misdeed, line, sentence] of LASTING) {
      it(`says one sentence if the node gives ${what}`, async () => {
        chaos.misbehave((asked) => (asked.method === method ? misdeed : undefined));
        expect(await cli.refusal(line)).to.match(sentence);
      });
    }

    it("gives up a node that never answers as it should, in one sentence, and says meanwhile what it waits for", async () => {
      chaos.misbehave(({ method }) => (method === "eth_call" ? { status: 502 } : undefined));
      const { code, stderr } = await cli.fomo("status");
      expect(code).to.equal(1);
      expect(stderr).to.match(/answers eth_call with: HTTP status 502; asking again/);
      expect(stderr.trimEnd().split("\n").at(-1)).to.match(/^The node of localhost did not answer as it should/);
    });

    it("finds events if the node limits ranges and has forgotten old blocks", async () => {
      await node.provider.send("hardhat_mine", ["0x1388", "0x1"]);
      const latest = await blocks();
      chaos.misbehave(({ method, params }) => {
        const [first] = params as [{ fromBlock?: string; toBlock?: string } | string];
        if (method === "eth_getLogs" && typeof first === "object") {
          const range = Number(first.toBlock) - Number(first.fromBlock);
          if (range >= 1_000) return { error: { code: -32_000, message: "query exceeds max block range 1000" } };
        }
        if (method === "eth_getBlockByNumber" && Number(first) < latest - 3_000) return { result: null };
        return undefined;
      });
      expect(await cli.json("operations")).to.have.property("waiting");
      const { code, stderr } = await cli.fomo("rewards --account bob");
      expect(code).to.equal(0);
      expect(stderr).to.match(/has no block before \d+: what happened earlier is not shown/);
    });
  });

  describe("O2 a purchase", () => {
    const buy = "buy --model 1 --flock 100 --from bob";
    /** What a purchase adds to the raise: 100 FLOCK less the fee of 1.25% [FLOCK wei]. */
    const RAISED = tokens("98.75");
    const raisedIn = ({ raisedFlockWei }: Document) => BigInt(raisedFlockWei as string);
    before(() => node.json("deposit --usdc 100 --from bob"));

    it("is found if its answer was lost, and is not sent again", async () => {
      const before = await node.json("status --model 1");
      chaos.misbehave(({ method, time }) => (method === "eth_sendTransaction" && time === 2 ? "cut after" : undefined));
      const bought = await cli.json(buy);
      expect(transactionsOf(bought)).to.deep.equal(["Approve FLOCK", "Buy"]);
      expect(chaos.asked.filter(({ method }) => method === "eth_sendTransaction")).to.have.length(2);
      const after = await node.json("status --model 1");
      expect(raisedIn(after) - raisedIn(before)).to.equal(RAISED);
    });

    it("is found by a second run if the node was gone after it, which sends nothing", async () => {
      let gone = false;
      chaos.misbehave(({ method, time }) => {
        if (gone) return { status: 503 };
        if (method !== "eth_sendTransaction" || time !== 2) return undefined;
        gone = true;
        return "cut after";
      });
      const before = raisedIn(await node.json("status --model 1"));
      const { code, stdout, stderr } = await cli.fomo(buy, "--json");
      expect(code).to.equal(1);
      expect(stderr).to.match(/may have been sent with the nonce \d+: run the same command again/);
      const failed = JSON.parse(stdout) as { transactions: Document[]; unclear: Document[] };
      expect(failed.transactions.map(({ what }) => what)).to.deep.equal(["Approve FLOCK"]);
      expect(failed.unclear).to.have.length(1);
      expect(failed.unclear[0]).to.include({ what: "Buy", transactionHash: null });

      chaos.behave();
      const again = await cli.json(buy);
      expect(again.doneBefore).to.equal(true);
      expect(transactionsOf(again)).to.include("Buy");
      expect(chaos.asked.some(({ method }) => method.startsWith("eth_send"))).to.equal(false);
      expect(raisedIn(await node.json("status --model 1")) - before).to.equal(RAISED);

      // What has been told is forgotten: the next one buys.
      expect(transactionsOf(await cli.json(buy))).to.include("Buy");
    });

    it("is sent by the second run if it had never arrived, once", async () => {
      let gone = false;
      chaos.misbehave(({ method, time }) => {
        if (gone) return { status: 503 };
        if (method !== "eth_sendTransaction" || time !== 2) return undefined;
        gone = true;
        return "cut before";
      });
      const before = raisedIn(await node.json("status --model 1"));
      expect((await cli.fomo(buy, "--json")).code).to.equal(1);
      chaos.behave();
      const { code, stdout } = await cli.fomo(buy);
      expect(code).to.equal(0);
      expect(stdout).to.match(/has left "Buy" behind: it was not executed and never will be/);
      expect(raisedIn(await node.json("status --model 1")) - before).to.equal(RAISED);
    });

    it("that another command was to make is told, and does not keep that one from its work", async () => {
      let gone = false;
      chaos.misbehave(({ method }) => {
        if (gone) return { status: 503 };
        if (method !== "eth_sendTransaction") return undefined;
        gone = true;
        return "cut after";
      });
      expect((await cli.fomo("withdraw --usdc 1 --from bob", "--json")).code).to.equal(1);
      chaos.behave();
      const { code, stdout } = await cli.fomo("withdraw --cancel --from bob");
      expect(code).to.equal(0);
      expect(stdout).to.match(/has left "Request the withdrawal" behind: the transaction 0x.* was executed in block/);
      expect(stdout).to.contain("Cancel the withdrawal: transaction");
    });
  });

  describe("O8 a watch", () => {
    const eventsIn = (text: string) =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => buybackEvent.parse(JSON.parse(line)));

    it("logs what fails, rests, and goes on until it is told to stop", async () => {
      const watch = cli.start("buyback --watch --from keeper --json");
      await watch.printed(/"event":"waiting"/);
      chaos.misbehave(() => ({ status: 503 }));
      await watch.printed(/"event":"failed"/);
      chaos.behave();
      await watch.printed(/"event":"failed"[^]*"event":"waiting"/);
      const { code, stdout } = await watch.stop();
      expect(code).to.equal(0);
      const events = eventsIn(stdout);
      expect(events[0]).to.include({ event: "started" });
      expect(events.at(-1)).to.include({ event: "stopped", bought: 0 });
      const failed = events.find((event) => event.event === "failed")!;
      expect(failed).to.include({ againInSeconds: 5 });
      expect(failed.reason).to.match(/HTTP status 503/);
    });

    it("ends if the chain has been started anew, in one sentence", async () => {
      const watch = cli.start("buyback --watch --from keeper --json");
      await watch.printed(/"event":"waiting"/);
      chaos.misbehave(({ method }) => (method === "eth_getCode" ? { result: "0x" } : { status: 503 }));
      const { code, stdout, stderr } = await watch.ended();
      expect(stderr).to.match(/was started anew/);
      expect(code).to.equal(1);
      const lines = stdout.trimEnd().split("\n");
      expect(lines.filter((line) => line.startsWith('{"event":"failed"'))).to.have.length(1);
      expect((JSON.parse(lines.at(-1)!) as { error: object }).error).to.have.property("message");
    });
  });
});
