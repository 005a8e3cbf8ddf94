import { expect } from "chai";

import { ADDRESS, START_TIMEOUT, freshNode, transactionsOf } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";

const QWEN_ALICE = "deploy/launches/qwen-alice.json5";

/** At which prices the pool of the example would open. */
const OPENING = {
  openingMode: "averagePrice",
  openingPriceFlockPerMt: "0.225",
  openingPriceAtTargetFlockPerMt: "0.25",
};

/** From launch to the end of the liquidity's lock, in the order in which people use the commands. */
describe("fomo commands: a raise that succeeds", function () {
  this.timeout(60_000);

  let node: Node;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
  });

  describe("launch", () => {
    it("shows the curve and sends nothing in a dry run", async () => {
      const before = await node.blocks();
      const { code, stdout, stderr } = await node.fomo(`launch --file ${QWEN_ALICE} --from alice --dry-run`);
      expect(stderr).to.equal("");
      expect(code).to.equal(0);
      expect(stdout).to.match(/minimum: 50,000 │ 222,222\.22 │ +55\.5% │ 0\.253125 │ +0\.225 │ +0\.225/);
      expect(stdout).to.match(/100,000 │ +400,000 │ +100% │ +0\.3125 │ +0\.25 │ +0\.25/);
      expect(stdout).to.contain("nothing was sent");
      expect(stdout).to.contain(
        "the last one pays 0.31645569 FLOCK per MT, fee included, and the pool opens at 0.25 FLOCK per MT, 20.99% below that",
      );
      expect(stdout).to.match(
        /whoever buys after the first 44,409\.72\d+ FLOCK \(44\.4%\) pays more for a token than the pool opens at/,
      );
      expect(await node.blocks()).to.equal(before);
    });

    it("lists in a dry run what it would send, with gas and cost", async () => {
      const before = await node.blocks();
      const rehearsed = await node.json(`launch --file ${QWEN_ALICE} --from alice --dry-run`);
      expect(rehearsed).to.include({ dryRun: true, modelId: null, symbol: "QALICE" });
      const [approval, launch] = rehearsed.transactions as [Document, Document];
      expect(approval).to.include({ what: "Approve FLOCK" });
      expect(Number(approval.gasLimit)).to.be.greaterThan(21_000);
      expect(approval.maxCostEtherWei).to.equal(
        (BigInt(approval.gasLimit as number) * BigInt(approval.feePerGasEtherWei as string)).toString(),
      );
      // The launch takes what the approval grants: before that nobody can say its gas.
      expect(launch).to.include({ what: "Launch", to: node.addresses.offering, gasLimit: null });
      expect(await node.blocks()).to.equal(before);
    });

    it("shows its curve in a dry run to who has no FLOCK yet, and says what is missing", async () => {
      const { code, stdout } = await node.fomo(`launch --file ${QWEN_ALICE} --from stranger --dry-run`);
      expect(code).to.equal(0);
      expect(stdout).to.match(/has 0 FLOCK and will need 1,000 FLOCK\.\n/);
    });

    it("approves exactly the launch fee", async () => {
      const launched = await node.json(`launch --file ${QWEN_ALICE} --from alice`);
      expect(launched).to.include({ modelId: 1, symbol: "QALICE", dueFlock: "1000", virtualFlock: "400000" });
      const curve = launched.curve as Record<string, unknown>[];
      expect(curve[0]).to.include({ openingPriceFlockPerMt: null, aboveOpeningFromFlock: null });
      expect(curve.at(-1)).to.include({ openingPriceFlockPerMt: "0.25", priceFlockPerMt: "0.3125" });
      expect(curve.at(-1)!.aboveOpeningFromFlock).to.match(/^44409\./);
      expect(transactionsOf(launched)).to.deep.equal(["Approve FLOCK", "Launch"]);
      const { metadataHash } = launched;
      const status = await node.json("status --model 1");
      expect(status).to.include(OPENING);
      expect(status).to.include({ phase: "on sale", virtualFlock: "400000", virtualMt: "2000000", metadataHash });
    });
  });

  describe("buy", () => {
    it("warns of the anti-sniping fee before it sells", async () => {
      const sentence = await node.refusalUnsent("buy --model 1 --flock 100 --from bob");
      expect(sentence).to.match(/^The fee is still 98\.\d+% because the sale has just begun/);
    });

    it("pays exactly and gets what was quoted", async () => {
      await node.json("warp --hours 2");
      const quoted = await node.json("quote --model 1 --flock 1000");
      expect(quoted).to.include({ paidFlock: "1000", feeFlock: "12.5", netFlock: "987.5", clamped: false });
      expect(quoted).to.include(OPENING);
      const bought = await node.json("buy --model 1 --flock 1000 --slippage-bps 0 --max-minutes 5 --from bob");
      expect(transactionsOf(bought)).to.deep.equal(["Approve FLOCK", "Buy"]);
      expect(bought).to.include({ paidFlock: "1000", receivedMt: quoted.receivedMt, raisedFlock: "987.5" });
    });

    it("shows the price at which the pool would open beside what the buyer pays", async () => {
      const early = await node.fomo("quote --model 1 --flock 1000");
      expect(early.stdout).to.match(
        /your price +0\.20\d+ FLOCK per MT on average, 0\.20\d+ .* last token, fee included/,
      );
      const row = (what: string, ...cells: string[]) =>
        new RegExp(`│ ${what} +${cells.map((cell) => `│ +${cell} `).join("")}│`);
      expect(early.stdout).to.match(row("now, with this purchase", "1,975", "refunds", "", ""));
      expect(early.stdout).to.match(row("at the minimum", "50,000", "0\\.225", "\\+\\d[\\d.]*%", "\\+\\d[\\d.]*%"));
      expect(early.stdout).to.match(row("at the target", "100,000", "0\\.25", "\\+\\d[\\d.]*%", "\\+\\d[\\d.]*%"));
      expect(early.stdout)
        .to.match(/A after this purchase +1,975 FLOCK raised/)
        .and.to.match(/N now +987\.5 FLOCK raised/);
      expect(early.stdout).to.not.contain("below your price");
      const most = await node.fomo("quote --model 1 --flock 60000");
      expect(most.stdout).to.match(
        row("now, with this purchase", "60,237\\.5", "0\\.23\\d+", "[-+]\\d[\\d.]*%", "-\\d[\\d.]*%"),
      );
      expect(most.stdout).to.contain("at the minimum (passed)");
      const whole = await node.fomo("quote --model 1 --flock 150000");
      expect(whole.stdout).to.match(row("now, with this purchase", "100,000", "0\\.25", "-1\\.\\d+%", "-20\\.99%"));
      expect(whole.stdout).to.contain("The pool would open below your price even if the raise reaches its target.");
      const { lastPriceFlockPerMt, openingPriceNowFlockPerMt, ...rest } =
        await node.json("quote --model 1 --flock 1000");
      expect([openingPriceNowFlockPerMt, rest.openingPriceAtMinimumFlockPerMt]).to.deep.equal([null, "0.225"]);
      expect(Number(lastPriceFlockPerMt)).to.be.greaterThan(Number(rest.averagePriceFlockPerMt));
      const { stdout } = await node.fomo("status --model 1");
      expect(stdout).to.match(/pool opens at +the raise's average price: 0\.225 FLOCK per MT if no more/);
    });

    it("shows it beside what each supporter has paid", async () => {
      const { positions } = await node.json("status --account bob");
      const [position] = positions as Record<string, string>[];
      expect(position).to.include({ openingPriceFlockPerMt: "0.225" });
      expect(position!.netPriceFlockPerMt).to.match(/^0\.200\d+$/);
    });

    it("gets an exact amount of tokens, as a gift", async () => {
      const bought = await node.json("buy --model 1 --mt 1000 --recipient stranger --from bob");
      expect(bought.recipient).to.equal(ADDRESS.stranger);
      expect(bought.positionMt).to.match(/^1000(\.0{15}\d+)?$/);
    });

    it("pays with a permit instead of an approval, in one transaction", async () => {
      const bought = await node.json("buy --model 1 --flock 10 --permit --from dave");
      expect(transactionsOf(bought)).to.deep.equal(["Buy"]);
      expect(bought).to.include({ paidFlock: "10", payer: ADDRESS.dave });
    });

    it("buys only in the launch whose token the caller has seen", async () => {
      const { token } = await node.json("status --model 1");
      const bought = await node.json(`buy --model 1 --flock 10 --token ${String(token)} --from bob`);
      expect(bought).to.include({ paidFlock: "10", token });
      const other = ADDRESS.stranger;
      for (const way of ["", " --permit"]) {
        const sentence = await node.refusalUnsent(`buy --model 1 --flock 10 --token ${other}${way} --from bob`);
        expect(sentence).to.contain(`Offering_AnotherToken: model 1 is not the launch that you have seen`);
        expect(sentence).to.contain(`its token is ${String(token)} and not ${other}`);
      }
    });

    const refusals: [what: string, options: string, sentence: RegExp][] = [
      ["names a token that is no address", "--flock 100 --token 0x12", /^--token is not an address: "0x12"/],
      [
        "yields less than the caller accepts",
        "--flock 100 --min-mt 5000",
        /^Offering_OutputBelowMin: .* 49\d\.\d+ MT, less than the 5,000 MT/,
      ],
      [
        "costs more than the caller accepts",
        "--mt 100 --max-flock 1",
        /^Offering_InputAboveMax: .* more than the 1 FLOCK/,
      ],
      [
        "comes after its deadline",
        "--flock 100 --deadline 1700000000",
        /^Offering_DeadlinePassed: the deadline was 2023-11-14 22:13:20 UTC/,
      ],
      [
        "is for nobody",
        "--flock 2000000 --recipient 0x0000000000000000000000000000000000000000",
        /^Offering_ZeroRecipient/,
      ],
    ];
    for (const [what, options, sentence] of refusals) {
      it(`refuses a purchase that ${what}, before anything is sent`, async () => {
        expect(await node.refusalUnsent(`buy --model 1 --from carol ${options}`)).to.match(sentence);
      });
    }

    it("refuses a purchase beyond the payer's means", async () => {
      expect(await node.refusal("buy --model 1 --flock 10 --from stranger")).to.equal(
        `${ADDRESS.stranger} (stranger) has 0 FLOCK and may need 10 FLOCK: add FLOCK or pay less.`,
      );
    });

    it("fills the last purchase up to the target", async () => {
      const bought = await node.json("buy --model 1 --mt 400000 --from carol");
      expect(bought).to.include({ raisedFlock: "100000", targetFlock: "100000" });
    });

    it("refuses a purchase of a sale that is over", async () => {
      expect(await node.refusal("buy --model 1 --flock 1")).to.match(
        /^Offering_SaleClosed: the sale of model 1 is over: it ended on .* UTC \(.* ago\) and its outcome is open\.$/,
      );
    });
  });

  describe("graduate", () => {
    it("opens the pool", async () => {
      const graduated = await node.json("graduate --model 1 --from keeper");
      const pool = { poolFlock: "50000", poolMt: "200000", openingPriceFlockPerMt: "0.25" };
      expect(graduated).to.include({ ...pool, burnedMt: "0" });
    });

    it("refuses a model that has graduated", async () => {
      expect(await node.refusal("graduate --model 1")).to.match(
        /^Offering_NotGraduatable: model 1 cannot graduate: its outcome is graduated/,
      );
    });
  });

  describe("claim", () => {
    it("sends a position to its owner", async () => {
      const claimed = await node.json("claim --model 1 --account carol --from keeper");
      expect(claimed.account).to.equal(ADDRESS.carol);
      expect(Number(claimed.claimedMt)).to.be.greaterThan(390_000);
    });

    it("refuses a position that has been claimed", async () => {
      expect(await node.refusal("claim --model 1 --account carol")).to.match(/^Offering_NoPosition: 0x14dC/);
    });
  });

  describe("release", () => {
    const released = (share: string) => node.json(`release --model 1 --share ${share}`);
    const refused = (share: string) => node.refusal(`release --model 1 --share ${share}`);

    it("releases what has vested", async () => {
      await node.json("warp --days 180");
      expect(await released("issuer")).to.include({ releasedMt: "100000" });
      expect(await released("treasury")).to.include({ releasedMt: "100000" });
      expect(await released("protocol")).to.include({ releasedFlock: "25000" });
    });

    it("refuses a share of which nothing is left", async () => {
      expect(await refused("issuer")).to.match(/^Vault_NothingVested: nothing of issuerMt/);
    });

    it("refuses liquidity that is locked", async () => {
      expect(await refused("liquidity")).to.match(/^Locker_Locked: the liquidity of model 1 is locked until/);
    });

    it("refuses a share that does not exist", async () => {
      expect(await refused("all")).to.match(/^Say what to release with --share/);
    });
  });

  describe("fees", () => {
    let waiting: Record<string, unknown>;

    it("shows them to everyone", async () => {
      waiting = await node.json("fees --model 1");
      expect(waiting).to.include({ launchFeesFlock: "1000" });
    });

    it("refuses who does not hold the seat", async () => {
      const sentence = await node.refusal("fees --claim creator --model 1 --from bob");
      expect(sentence).to.match(/^Offering_NotSeatHolder/);
    });

    it("pays the holder of the seat", async () => {
      const claimed = await node.json("fees --claim creator --model 1 --from alice --to bob");
      expect(claimed).to.include({ claimedFlock: waiting.creatorFeesFlock, to: ADDRESS.bob });
      const ofProtocol = await node.json("fees --claim protocol --model 1 --from treasury");
      expect(ofProtocol).to.include({ claimedFlock: waiting.protocolFeesFlock });
      expect(await node.json("fees --claim launch --from treasury")).to.include({ claimedFlock: "1000" });
    });

    it("refuses a claim of nothing", async () => {
      expect(await node.refusal("fees --claim launch --from treasury")).to.match(/^Offering_NoFees/);
    });
  });

  describe("status", () => {
    it("tells the state of the model", async () => {
      const model = await node.json("status --model 1");
      expect(model.phase).to.equal("graduated");
      const { shares } = model.graduation as { shares: Record<string, string>[] };
      const fund = shares.find(({ share }) => share === "stakingFund");
      expect(fund).to.include({ totalFlock: "25000", releasableFlock: "25000" });
    });

    it("tells the positions of an account", async () => {
      const { positions } = await node.json("status --account bob");
      const [position] = positions as Record<string, unknown>[];
      expect(position).to.include({ modelId: 1, symbol: "QALICE", phase: "graduated", isIssuer: false });
      expect(position).to.include({ openingPriceFlockPerMt: "0.25", netPriceFlockPerMt: "0.200500769517728888" });
    });
  });

  describe("release of liquidity, after its lock", () => {
    const release = "release --model 1 --share liquidity";

    it("sends it to the treasury", async () => {
      await node.json("warp --days 1281");
      const released = await node.json(`${release} --from keeper`);
      expect(released).to.include({ share: "liquidity", to: ADDRESS.treasury });
      expect(released.releasedLiquidity).to.equal("99999.999999999999999"); // less the thousand wei that a pair keeps
    });

    it("refuses it a second time", async () => {
      expect(await node.refusal(release)).to.match(/^Locker_NothingLocked/);
    });
  });
});
