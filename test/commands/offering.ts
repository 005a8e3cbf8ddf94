import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { expect } from "chai";
import { JsonRpcProvider } from "ethers";
import JSON5 from "json5";

import { START_TIMEOUT, startNode, stop } from "../support/commandLine.ts";

const QWEN_ALICE = "deploy/launches/qwen-alice.json5";
/** A local chain that nobody else uses. */
const CHAIN_ID = "31397";

/** Runs independent checks two at a time: each is a process, and more would only wait for each other. */
async function inPairs<T>(cases: T[], check: (one: T) => Promise<void>): Promise<void> {
  for (let index = 0; index < cases.length; index += 2) await Promise.all(cases.slice(index, index + 2).map(check));
}

describe("fomo commands", function () {
  // Every command is a process of its own and takes about a second.
  this.timeout(60_000);

  let node: Awaited<ReturnType<typeof startNode>>;
  let provider: JsonRpcProvider;
  const folder = mkdtempSync(join(tmpdir(), "fomo-"));

  /** A launch file: QwenALICE with changes. */
  const launchFile = (changes: object) => {
    const terms = JSON5.parse<object>(readFileSync(QWEN_ALICE, "utf8"));
    const metadata = { uri: "https://example.org/m.json", file: resolve("deploy/launches/qwen-alice.metadata.json") };
    const file = join(folder, `launch-${Math.random().toString(36).slice(2)}.json5`);
    writeFileSync(file, JSON5.stringify({ ...terms, metadata, ...changes }));
    return file;
  };
  const transactionsOf = (document: Record<string, unknown>) =>
    (document.transactions as { what: string }[]).map(({ what }) => what);
  /** Number of transactions on the chain, to show that a refusal sent none. */
  const blocks = () => provider.send("eth_blockNumber", []) as Promise<string>;

  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await startNode(CHAIN_ID);
    provider = new JsonRpcProvider(node.url, Number(CHAIN_ID), { staticNetwork: true, cacheTimeout: -1 });
  });
  after(async () => {
    provider.destroy();
    await stop(node.child, "SIGTERM");
    rmSync(folder, { recursive: true });
  });

  describe("a raise that succeeds", () => {
    it("shows the curve and sends nothing in a dry run", async () => {
      const before = await blocks();
      const { code, stdout, stderr } = await node.fomo("launch", "--file", QWEN_ALICE, "--from", "alice", "--dry-run");
      expect(stderr).to.equal("");
      expect(code).to.equal(0);
      expect(stdout).to.match(/minimum: 50,000 │ 222,222\.22 │ +55\.5% │ 0\.253125 │ +0\.225 │ +0\.225/);
      expect(stdout).to.match(/100,000 │ +400,000 │ +100% │ +0\.3125 │ +0\.25 │ +0\.25/);
      expect(stdout).to.contain("nothing was sent");
      expect(await blocks()).to.equal(before);
    });

    it("launches, approving exactly the launch fee", async () => {
      const launched = await node.json("launch", "--file", QWEN_ALICE, "--from", "alice");
      expect(launched).to.include({ modelId: 1, symbol: "QALICE", dueFlock: "1000", virtualFlock: "400000" });
      expect(transactionsOf(launched)).to.deep.equal(["Approve FLOCK", "Launch"]);
      const status = await node.json("status", "--model", "1");
      expect(status).to.include({ phase: "on sale", virtualFlock: "400000", virtualMt: "2000000", metadataHash: launched.metadataHash }); // prettier-ignore
    });

    it("warns of the anti-sniping fee before it sells", async () => {
      const before = await blocks();
      expect(await node.refusal("buy", "--model", "1", "--flock", "100", "--from", "bob")).to.match(/^The fee is still 98\.\d+% because the sale has just begun/); // prettier-ignore
      expect(await blocks()).to.equal(before);
    });

    it("quotes and buys for an exact payment", async () => {
      await node.json("warp", "--hours", "2");
      const quoted = await node.json("quote", "--model", "1", "--flock", "1000");
      expect(quoted).to.include({ paidFlock: "1000", feeFlock: "12.5", netFlock: "987.5", clamped: false });
      const buy = [
        "buy",
        "--model",
        "1",
        "--flock",
        "1000",
        "--slippage-bps",
        "0",
        "--max-minutes",
        "5",
        "--from",
        "bob",
      ];
      const bought = await node.json(...buy);
      expect(transactionsOf(bought)).to.deep.equal(["Approve FLOCK", "Buy"]);
      expect(bought).to.include({ paidFlock: "1000", receivedMt: quoted.receivedMt, raisedFlock: "987.5" });
    });

    it("buys an exact amount of tokens as a gift", async () => {
      const stranger = "0xBcd4042DE499D14e55001CcbB24a551F3b954096";
      const buy = ["buy", "--model", "1", "--mt", "1000", "--recipient", "stranger", "--from"];
      const bought = await node.json(...buy, "bob");
      expect(bought.recipient).to.equal(stranger);
      expect(bought.positionMt).to.match(/^1000(\.0{15}\d+)?$/);
    });

    it("buys with a permit instead of an approval, in one transaction", async () => {
      const bought = await node.json("buy", "--model", "1", "--flock", "10", "--permit", "--from", "dave");
      expect(transactionsOf(bought)).to.deep.equal(["Buy"]);
      expect(bought).to.include({ paidFlock: "10", payer: "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f" });
    });

    it("refuses what the caller does not accept, before anything is sent", async () => {
      const before = await blocks();
      const buy = (...args: string[]) => node.refusal("buy", "--model", "1", "--from", "carol", ...args);
      const cases: [string[], RegExp][] = [
        [["--flock", "100", "--min-mt", "5000"], /^Offering_OutputBelowMin: .* 49\d\.\d+ MT, less than the 5,000 MT/],
        [["--mt", "100", "--max-flock", "1"], /^Offering_InputAboveMax: .* more than the 1 FLOCK/],
        [
          ["--flock", "100", "--deadline", "1700000000"],
          /^Offering_DeadlinePassed: the deadline was 2023-11-14 22:13:20 UTC/,
        ],
        [
          ["--flock", "2000000", "--recipient", "0x0000000000000000000000000000000000000000"],
          /^Offering_ZeroRecipient/,
        ],
      ];
      await inPairs(cases, async ([args, sentence]) => {
        expect(await buy(...args), args.join(" ")).to.match(sentence);
      });
      expect(await blocks()).to.equal(before);
    });

    it("refuses a purchase beyond the payer's means", async () => {
      expect(await node.refusal("buy", "--model", "1", "--flock", "10", "--from", "stranger")).to.equal(
        "0xBcd4042DE499D14e55001CcbB24a551F3b954096 has 0 FLOCK and may need 10 FLOCK: add FLOCK or pay less.",
      );
    });

    it("fills the last purchase up to the target", async () => {
      const bought = await node.json("buy", "--model", "1", "--mt", "400000", "--from", "carol");
      expect(bought).to.include({ raisedFlock: "100000", targetFlock: "100000" });
    });

    it("refuses a purchase of a sale that is over", async () => {
      expect(await node.refusal("buy", "--model", "1", "--flock", "1")).to.match(/^Offering_SaleClosed: the sale of model 1 is over: it ended on .* UTC and its outcome is open\.$/); // prettier-ignore
    });

    it("graduates once", async () => {
      const graduated = await node.json("graduate", "--model", "1", "--from", "keeper");
      expect(graduated).to.include({
        poolFlock: "50000",
        poolMt: "200000",
        openingPriceFlockPerMt: "0.25",
        burnedMt: "0",
      });
      expect(await node.refusal("graduate", "--model", "1")).to.match(/^Offering_NotGraduatable: model 1 cannot graduate: its outcome is graduated/); // prettier-ignore
    });

    it("claims a position for its owner, once", async () => {
      const claimed = await node.json("claim", "--model", "1", "--account", "carol", "--from", "keeper");
      expect(claimed.account).to.equal("0x14dC79964da2C08b23698B3D3cc7Ca32193d9955");
      expect(Number(claimed.claimedMt)).to.be.greaterThan(390_000);
      expect(await node.refusal("claim", "--model", "1", "--account", "carol")).to.match(
        /^Offering_NoPosition: 0x14dC/,
      );
    });

    it("releases what has vested", async () => {
      await node.json("warp", "--days", "180");
      expect(await node.json("release", "--model", "1", "--share", "issuer")).to.include({ releasedMt: "100000" });
      expect(await node.json("release", "--model", "1", "--share", "treasury")).to.include({ releasedMt: "100000" });
      expect(await node.json("release", "--model", "1", "--share", "protocol")).to.include({ releasedFlock: "25000" });
      expect(await node.refusal("release", "--model", "1", "--share", "issuer")).to.match(/^Vault_NothingVested: nothing of issuerMt/); // prettier-ignore
      expect(await node.refusal("release", "--model", "1", "--share", "liquidity")).to.match(/^Locker_Locked: the liquidity of model 1 is locked until/); // prettier-ignore
      expect(await node.refusal("release", "--model", "1", "--share", "all")).to.match(
        /^Say what to release with --share/,
      );
    });

    it("shows fees to everyone and pays them to the holder of the seat", async () => {
      const waiting = await node.json("fees", "--model", "1");
      expect(waiting).to.include({ launchFeesFlock: "1000" });
      expect(await node.refusal("fees", "--claim", "creator", "--model", "1", "--from", "bob")).to.match(/^Offering_NotSeatHolder/); // prettier-ignore
      const claimed = await node.json("fees", "--claim", "creator", "--model", "1", "--from", "alice", "--to", "bob");
      expect(claimed).to.include({ claimedFlock: waiting.creatorFeesFlock, to: "0x976EA74026E726554dB657fA54763abd0C3a0aa9" }); // prettier-ignore
      const ofProtocol = await node.json("fees", "--claim", "protocol", "--model", "1", "--from", "treasury");
      expect(ofProtocol).to.include({ claimedFlock: waiting.protocolFeesFlock });
      expect(await node.json("fees", "--claim", "launch", "--from", "treasury")).to.include({ claimedFlock: "1000" });
      expect(await node.refusal("fees", "--claim", "launch", "--from", "treasury")).to.match(/^Offering_NoFees/);
    });

    it("tells the status of the model and of an account", async () => {
      const model = await node.json("status", "--model", "1");
      expect(model.phase).to.equal("graduated");
      const { shares } = model.graduation as { shares: Record<string, string>[] };
      expect(shares.find(({ share }) => share === "stakingFund")).to.include({ totalFlock: "25000", releasableFlock: "25000" }); // prettier-ignore
      const bob = await node.json("status", "--account", "bob");
      const [position] = bob.positions as Record<string, unknown>[];
      expect(position).to.include({ modelId: 1, symbol: "QALICE", phase: "graduated", isIssuer: false });
    });

    it("releases the liquidity to the treasury when its lock has ended", async () => {
      await node.json("warp", "--days", "1281");
      const released = await node.json("release", "--model", "1", "--share", "liquidity", "--from", "keeper");
      expect(released).to.include({ share: "liquidity", to: "0x90F79bf6EB2c4f870365E785982E1f101E93b906" });
      expect(released.releasedLiquidity).to.equal("99999.999999999999999"); // less the thousand wei that a pair keeps
      expect(await node.refusal("release", "--model", "1", "--share", "liquidity")).to.match(/^Locker_NothingLocked/);
    });
  });

  describe("a raise that fails", () => {
    it("launches with a bundle", async () => {
      const file = launchFile({ name: "Quiet", symbol: "QUIET", bundleFlock: "1000", openingMode: "curvePrice" });
      const launched = await node.json("launch", "--file", file, "--from", "alice");
      expect(launched).to.include({ modelId: 2, dueFlock: "2000", openingMode: "curvePrice" });
      const status = await node.json("status", "--model", "2");
      expect(status).to.include({ bundleMt: launched.bundleMt, bundleNetFlock: "987.5", raisedFlock: "987.5" });
    });

    it("does not refund an open sale", async () => {
      await node.json("warp", "--hours", "2");
      await node.json("buy", "--model", "2", "--flock", "1000", "--from", "bob");
      expect(await node.refusal("refund", "--model", "2", "--from", "bob")).to.match(/^Offering_NotFailable: the raise of model 2 cannot be failed now: its outcome is open/); // prettier-ignore
      expect(await node.refusal("graduate", "--model", "2")).to.match(/^Offering_NotGraduatable: .* it has raised 1,975 FLOCK of a minimum of 50,000 FLOCK/); // prettier-ignore
    });

    it("refunds a supporter and the bundle, once each", async () => {
      await node.json("warp", "--days", "7");
      expect((await node.json("status", "--model", "2")).phase).to.equal("to be refunded");
      expect(await node.json("refund", "--model", "2", "--from", "bob")).to.include({ refundedFlock: "987.5" });
      expect(await node.refusal("refund", "--model", "2", "--from", "bob")).to.match(/^Offering_NoPosition/);
      expect(await node.json("refund", "--model", "2", "--bundle")).to.include({ refundedFlock: "987.5", account: "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc" }); // prettier-ignore
      expect(await node.refusal("refund", "--model", "2", "--bundle")).to.match(/^Offering_NoBundle/);
      expect((await node.json("status", "--model", "2")).phase).to.equal("failed");
      expect(await node.refusal("claim", "--model", "2", "--from", "bob")).to.match(/^Offering_NotGraduated: model 2 has not graduated: its outcome is failed/); // prettier-ignore
    });

    it("settles a failure on its own", async () => {
      await node.json("launch", "--file", launchFile({ name: "Silent", symbol: "SILENT" }), "--from", "alice");
      const early = ["buy", "--model", "3", "--flock", "100", "--accept-high-fee", "--from", "carol"];
      const { netFlock } = await node.json(...early);
      expect(Number(netFlock)).to.be.greaterThan(0).and.lessThan(3);
      expect(await node.refusal("fail", "--model", "3")).to.match(/^Offering_NotFailable/);
      await node.json("warp", "--days", "7");
      expect(await node.json("fail", "--model", "3")).to.include({ raisedFlock: netFlock });
    });
  });

  describe("bad input", () => {
    const launch = (changes: object) => node.refusal("launch", "--from", "alice", "--file", launchFile(changes));

    it("is refused in one sentence and changes nothing", async () => {
      const before = await blocks();
      const cases: [string[], RegExp][] = [
        [["quote", "--model", "99", "--flock", "1"], /^Offering_UnknownModel: there is no model 99/],
        [["buy", "--model", "99", "--flock", "1"], /^Offering_UnknownModel/],
        [["graduate", "--model", "99"], /^Offering_UnknownModel/],
        [["refund", "--model", "99"], /^Offering_UnknownModel/],
        [["status", "--model", "99"], /^Offering_UnknownModel/],
        [["release", "--model", "99", "--share", "issuer"], /^Vault_NotOpen: model 99 has not graduated/],
        [["buy", "--model", "1", "--flock", "0"], /^--flock is zero: write an amount above zero/],
        [["buy", "--model", "3", "--flock", "1", "--from", "99"], /^--from is "99": name an index from 0 to 19/],
        [["claim", "--model", "1", "--account", "0x12"], /^--account is "0x12": name an address/],
        [["fees", "--claim", "all"], /^--claim is "all": name creator, protocol or launch/],
        [["launch"], /^Name a launch file with --file/],
        [["warp"], /^Say how much time is to pass/],
        [["node", "--port", new URL(node.url).port, "--chain-id", "31398"], /^Port \d+ of 127\.0\.0\.1 is taken/],
      ];
      await inPairs(cases, async ([args, sentence]) => {
        expect(await node.refusal(...args), args.join(" ")).to.match(sentence);
      });
      expect(await blocks()).to.equal(before);
    });

    it("of a launch is named by the file's key or the contracts' error", async () => {
      const before = await blocks();
      const cases: [object, RegExp][] = [
        [{ name: "x".repeat(32) }, /`name` must have 1 to 31 bytes/],
        [
          { minimumRaiseFlock: "20000" },
          /^Bounds_OutOfRange: the minimum raise is 20,000 FLOCK; choose from 25,000 FLOCK to 100,000 FLOCK/,
        ],
        [{ startPriceFlockPerMt: "0.1" }, /^Bounds_OutOfRange: the sale at its start price/],
        [{ startPriceFlockPerMt: "0.25" }, /^The curve is not feasible/],
        [{ tierId: 2 }, /^Registry_UnknownTier: there is no hosting tier 2/],
        [
          { minimumPriceUsdcPerMillionUnits: "0.3" },
          /^Registry_PriceBelowFloor: the minimum price of 0\.3 USDC .* 0\.314286 USDC/,
        ],
        [{ maximumLaunchFeeFlock: "999" }, /^Offering_LaunchFeeAboveMax/],
        [{ bundleFlock: "26000" }, /^Offering_BundleAboveCap: .* above the 100,000 MT that a launch allows/],
        [
          { bundleFlock: "13000", minimumRaiseFlock: "25000" },
          /^Offering_BundleAboveHalfMinimum: .* 12,837\.5 FLOCK net/,
        ],
      ];
      await inPairs(cases, async ([changes, sentence]) => {
        expect(await launch(changes), JSON.stringify(changes)).to.match(sentence);
      });
      expect(await blocks()).to.equal(before);
    });
  });

  describe("the node", () => {
    it("forgets its deployment when it is stopped", async () => {
      const record = `deploy/deployments/chain-${CHAIN_ID}`;
      expect(existsSync(record)).to.equal(true);
      await stop(node.child, "SIGINT");
      expect(node.child.exitCode).to.equal(0);
      expect(existsSync(record)).to.equal(false);
      expect(await node.refusal("status")).to.match(/^Nothing answers on the network localhost: start a local chain/);
    });
  });
});
