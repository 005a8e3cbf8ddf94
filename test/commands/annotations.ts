import { expect } from "chai";

import { showDistance, showTime } from "../../sdk/src/units/show.ts";
import { annotated } from "../../scripts/lib/command/annotations.ts";
import { pairsOf, tableOf } from "../../scripts/lib/command/table.ts";
import { ADDRESS, START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";

const NOW = 1_800_000_000n;
const KNOWN = {
  names: new Map([
    [ADDRESS.bob.toLowerCase(), "bob"],
    [ADDRESS.treasury.toLowerCase(), "treasury"],
  ]),
  time: () => NOW,
};
const inFull = (text: string) => annotated(text, KNOWN);

describe("prose in full", () => {
  describe("has the names of addresses", () => {
    it("wherever they stand, in any spelling", () => {
      expect(inFull(`${ADDRESS.bob} has paid.`)).to.equal(`${ADDRESS.bob} (bob) has paid.`);
      expect(inFull(`to = ${ADDRESS.bob}, from = ${ADDRESS.bob}.`)).to.equal(
        `to = ${ADDRESS.bob} (bob), from = ${ADDRESS.bob} (bob).`,
      );
      const small = ADDRESS.bob.toLowerCase();
      expect(inFull(`one\n${small}`)).to.equal(`one\n${small} (bob)`);
      expect(inFull(pairsOf({ issuer: ADDRESS.bob }))).to.equal(`  issuer  ${ADDRESS.bob} (bob)`);
    });

    it("once: not after its own name, nor where one stands", () => {
      for (const text of [
        `the treasury ${ADDRESS.treasury}`,
        `  treasury    ${ADDRESS.treasury}`,
        `${ADDRESS.bob} (bob)`,
      ]) {
        expect(inFull(text)).to.equal(text);
      }
      expect(inFull(inFull(`${ADDRESS.bob} and ${ADDRESS.bob}`))).to.equal(inFull(`${ADDRESS.bob} and ${ADDRESS.bob}`));
    });

    it("and nothing else: neither unknown ones, nor part of something longer, nor in tables", () => {
      for (const text of [ADDRESS.carol, `${ADDRESS.bob}00`, `0x00${ADDRESS.bob}`, tableOf(["who"], [[ADDRESS.bob]])]) {
        expect(inFull(text)).to.equal(text);
      }
    });
  });

  describe("has the distance of moments", () => {
    it("from the chain's time, before and after it", () => {
      expect(inFull(`until ${showTime(NOW + 183_600n)}.`)).to.equal(
        "until 2027-01-17 11:00:00 UTC (in 2 days 3 hours).",
      );
      expect(inFull(`${showTime(NOW - 300n)} to ${showTime(NOW)}`)).to.equal(
        "2027-01-15 07:55:00 UTC (5 minutes ago) to 2027-01-15 08:00:00 UTC (now)",
      );
      expect(inFull(inFull(showTime(NOW + 1n)))).to.equal("2027-01-15 08:00:01 UTC (in 1 second)");
    });

    it("in the largest unit and the one below it, cut", () => {
      const distances: [seconds: bigint, shown: string][] = [
        [1n, "in 1 second"],
        [59n, "in 59 seconds"],
        [60n, "in 1 minute"],
        [3_599n, "in 59 minutes 59 seconds"],
        [3_600n, "in 1 hour"],
        [3_659n, "in 1 hour"],
        [86_399n, "in 23 hours 59 minutes"],
        [86_400n + 3_599n, "in 1 day"],
        [604_800n, "in 7 days"],
        [126_230_400n, "in 1461 days"],
      ];
      for (const [seconds, shown] of distances) {
        expect(showDistance(NOW + seconds, NOW)).to.equal(shown);
        expect(showDistance(NOW - seconds, NOW)).to.equal(`${shown.slice(3)} ago`);
      }
    });

    it("and leaves alone what is no moment", () => {
      for (const text of ["2027-13-45 99:00:00 UTC", "2027-01-15", "12027-01-15 08:00:00 UTC"]) {
        expect(inFull(text)).to.equal(text);
      }
    });
  });

  describe("of commands", function () {
    this.timeout(60_000);

    let node: Node;
    before(async function () {
      this.timeout(START_TIMEOUT);
      node = await freshNode();
    });

    it("names who signs and tells how long a sale lasts, and leaves the document as it is", async () => {
      const launched = await node.fomo("launch --file deploy/launches/qwen-alice.json5 --from alice --json");
      expect(launched.stderr).to.contain(`as ${ADDRESS.alice} (alice).`);
      expect(launched.stderr).to.match(/is on sale until \S+ \S+ UTC \(in 7 days\)\./);
      expect(launched.stdout).to.contain(`"issuer": "${ADDRESS.alice}"`).and.to.not.contain("(alice)");
      const { stdout } = await node.fomo("status --model 1");
      expect(stdout).to.contain(`issuer            ${ADDRESS.alice} (alice)`);
      expect(stdout).to.match(
        /sale +\S+ \S+ UTC \(\d+ (minutes|seconds|minute|second).* ago\) to \S+ \S+ UTC \(in 6 days 23 hours\)/,
      );
    });

    it("names contracts, the holder of the treasury's seat, and accounts in tables and refusals", async () => {
      const { stdout } = await node.fomo("credits");
      expect(stdout).to.match(new RegExp(`${ADDRESS.treasury} \\(treasury\\) +│`));
      expect(stdout).to.match(new RegExp(`${node.addresses.buyback} \\(buyback\\) +│`));
      const document = await node.json("credits");
      expect(JSON.stringify(document)).to.not.contain(" (");
      expect(await node.refusal("pause --what buys --from stranger")).to.contain(`${ADDRESS.stranger} (stranger)`);
      await node.json("seat --seat treasury --offer dave --from treasury");
      await node.json("seat --seat treasury --accept --from dave");
      const { stdout: fees } = await node.fomo("seat --seat treasury");
      expect(fees).to.contain(`${ADDRESS.dave} (dave, treasury) holds the treasury's seat.`);
    });

    it("counts from the chain's time, wherever it is", async () => {
      await node.warp(3 * 86_400);
      const { stdout } = await node.fomo("status");
      expect(stdout).to.match(/UTC \(in 3 days 23 hours\)/);
    });
  });
});
