import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect } from "chai";
import JSON5 from "json5";

import { ADDRESS, START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Raises that fail, in the order in which people use the commands, and launches that do not come about. */
describe("fomo commands: a raise that fails", function () {
  this.timeout(60_000);

  const folder = temporaryFolder();
  let node: Node;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
  });

  /** A launch file: QwenALICE with changes. */
  const launchFile = (changes: object) => {
    const terms = JSON5.parse<object>(readFileSync("deploy/launches/qwen-alice.json5", "utf8"));
    const metadata = { uri: "https://example.org/m.json", file: resolve("deploy/launches/qwen-alice.metadata.json") };
    const file = join(folder, "launch.json5");
    writeFileSync(file, JSON5.stringify({ ...terms, metadata, ...changes }));
    return file;
  };
  const launch = (changes: object) => node.json("launch --from alice --file", launchFile(changes));

  describe("a sale with a bundle", () => {
    it("is launched", async () => {
      const quiet = { name: "Quiet", symbol: "QUIET", bundleFlock: "1000", openingMode: "curvePrice" };
      const launched = await launch(quiet);
      expect(launched).to.include({ modelId: 1, dueFlock: "2000", openingMode: "curvePrice" });
      const status = await node.json("status --model 1");
      expect(status).to.include({ bundleMt: launched.bundleMt, bundleNetFlock: "987.5", raisedFlock: "987.5" });
    });

    it("is not refunded while it is open", async () => {
      await node.json("warp --hours 2");
      await node.json("buy --model 1 --flock 1000 --from bob");
      expect(await node.refusal("refund --model 1 --from bob")).to.match(
        /^Offering_NotFailable: the raise of model 1 cannot be failed now: its outcome is open/,
      );
    });

    it("does not graduate below its minimum", async () => {
      expect(await node.refusal("graduate --model 1")).to.match(
        /^Offering_NotGraduatable: .* it has raised 1,975 FLOCK of a minimum of 50,000 FLOCK/,
      );
    });

    it("waits for refunds when it has ended", async () => {
      await node.json("warp --days 7");
      expect((await node.json("status --model 1")).phase).to.equal("to be refunded");
    });

    it("refunds a supporter", async () => {
      expect(await node.json("refund --model 1 --from bob")).to.include({ refundedFlock: "987.5" });
    });

    it("refunds a supporter once", async () => {
      expect(await node.refusal("refund --model 1 --from bob")).to.match(/^Offering_NoPosition/);
    });

    it("refunds the bundle to the issuer", async () => {
      const refunded = await node.json("refund --model 1 --bundle");
      expect(refunded).to.include({ refundedFlock: "987.5", account: ADDRESS.alice });
    });

    it("refunds the bundle once", async () => {
      expect(await node.refusal("refund --model 1 --bundle")).to.match(/^Offering_NoBundle/);
    });

    it("has failed, with nothing to claim", async () => {
      expect((await node.json("status --model 1")).phase).to.equal("failed");
      expect(await node.refusal("claim --model 1 --from bob")).to.match(
        /^Offering_NotGraduated: model 1 has not graduated: its outcome is failed/,
      );
    });
  });

  describe("a sale that is failed on its own", () => {
    let netFlock: string;

    it("sells to a supporter who accepts the high fee", async () => {
      await launch({ name: "Silent", symbol: "SILENT" });
      const early = await node.json("buy --model 2 --flock 100 --accept-high-fee --from carol");
      netFlock = early.netFlock as string;
      expect(Number(netFlock)).to.be.greaterThan(0).and.lessThan(3);
    });

    it("cannot be failed while it is open", async () => {
      expect(await node.refusal("fail --model 2")).to.match(/^Offering_NotFailable/);
    });

    it("is failed after its end", async () => {
      await node.json("warp --days 7");
      expect(await node.json("fail --model 2")).to.include({ raisedFlock: netFlock });
    });
  });

  describe("bad input", () => {
    const refusals: [line: string, sentence: RegExp][] = [
      ["quote --model 99 --flock 1", /^Offering_UnknownModel: there is no model 99/],
      ["buy --model 99 --flock 1", /^Offering_UnknownModel/],
      ["graduate --model 99", /^Offering_UnknownModel/],
      ["refund --model 99", /^Offering_UnknownModel/],
      ["status --model 99", /^Offering_UnknownModel/],
      ["release --model 99 --share issuer", /^Vault_NotOpen: model 99 has not graduated/],
      ["buy --model 1 --flock 0", /^--flock is zero: write an amount above zero/],
      ["buy --model 2 --flock 1 --from 99", /^--from is "99": name an index from 0 to 19/],
      ["claim --model 1 --account 0x12", /^--account is "0x12": name an address/],
      ["fees --claim all", /^--claim is "all": name creator, protocol or launch/],
      ["launch", /^Name a launch file with --file/],
      ["warp", /^Say how much time is to pass/],
    ];
    for (const [line, sentence] of refusals) {
      it(`is refused in one sentence and changes nothing: ${line}`, async () => {
        expect(await node.refusalUnsent(line)).to.match(sentence);
      });
    }
  });

  describe("a launch that is refused by the file's key or the contracts' error", () => {
    const refusals: [what: string, changes: object, sentence: RegExp][] = [
      ["has a long name", { name: "x".repeat(32) }, /`name` must have 1 to 31 bytes/],
      [
        "has a low minimum",
        { minimumRaiseFlock: "20000" },
        /^Bounds_OutOfRange: the minimum raise is 20,000 FLOCK; choose from 25,000 FLOCK to 100,000 FLOCK/,
      ],
      ["starts too low", { startPriceFlockPerMt: "0.1" }, /^Bounds_OutOfRange: the sale at its start price/],
      ["starts too high", { startPriceFlockPerMt: "0.25" }, /^The curve is not feasible/],
      ["names no tier", { tierId: 2 }, /^Registry_UnknownTier: there is no hosting tier 2/],
      [
        "is priced below the floor",
        { minimumPriceUsdcPerMillionUnits: "0.3" },
        /^Registry_PriceBelowFloor: the minimum price of 0\.3 USDC .* 0\.314286 USDC/,
      ],
      ["allows too little for the fee", { maximumLaunchFeeFlock: "999" }, /^Offering_LaunchFeeAboveMax/],
      [
        "has a bundle above the cap",
        { bundleFlock: "26000" },
        /^Offering_BundleAboveCap: .* above the [\d,.]+ MT that a launch with this minimum raise allows/,
      ],
    ];
    for (const [what, changes, sentence] of refusals) {
      it(`${what}, and nothing is sent`, async () => {
        expect(await node.refusalUnsent("launch --from alice --file", launchFile(changes))).to.match(sentence);
      });
    }
  });
});
