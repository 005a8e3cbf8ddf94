import { expect } from "chai";
import { parseEther } from "ethers";

import { MAX_AMOUNT } from "../../sdk/src/units/numbers.ts";
import { parseAmount, parseWhole } from "../../scripts/lib/command/amounts.ts";
import { show, showDuration } from "../../sdk/src/units/show.ts";
import { CommandError } from "../../scripts/lib/command/commandError.ts";
import { deadlineAt, parseDeadline } from "../../scripts/lib/command/deadline.ts";
import { parseWish } from "../../scripts/lib/offering/purchase.ts";
import type { PurchaseQuote, Wish } from "../../sdk/src/raise/fill.ts";
import { purchaseLimit } from "../../sdk/src/raise/limit.ts";
import { parseTolerance } from "../../scripts/lib/offering/purchaseLimit.ts";
import { parseModelId } from "../../scripts/lib/command/modelId.ts";

const refuses = (work: () => unknown, sentence: RegExp) => expect(work).to.throw(CommandError, sentence);

describe("options of commands", () => {
  describe("amounts", () => {
    it("are exact to the last decimal", () => {
      expect(parseAmount("--flock", "0.000000000000000001", MAX_AMOUNT)).to.equal(1n);
      const typed = "123456789.123456789123456789";
      expect(parseAmount("--flock", typed, MAX_AMOUNT)).to.equal(123456789123456789123456789n);
      expect(parseAmount("--usdc", "0.25", MAX_AMOUNT, 6)).to.equal(250_000n);
    });

    it("are refused if they are not decimal numbers above zero", () => {
      for (const typed of ["ten", "1e3", "1,000", "-1", "0x10", "", " 1", ".5"]) {
        refuses(() => parseAmount("--flock", typed, MAX_AMOUNT), /^--flock is ".*": write a decimal number/);
      }
      refuses(() => parseAmount("--flock", "0.0", MAX_AMOUNT), /^--flock is zero/);
      refuses(() => parseAmount("--flock", `0.${"1".repeat(19)}`, MAX_AMOUNT), /at most 18 decimals/);
      refuses(() => parseAmount("--usdc", "0.1234567", MAX_AMOUNT, 6), /at most 6 decimals/);
    });

    it("are refused above what a contract can hold, whatever the decimals and however long", () => {
      const most = "79228162514.264337593543950335"; // 2^96 - 1 wei
      expect(parseAmount("--flock", most, MAX_AMOUNT)).to.equal(2n ** 96n - 1n);
      const sentence =
        /^--flock is .*, more than a contract can hold: write at most 79228162514\.264337593543950335\.$/;
      for (const typed of [
        "79228162514.264337593543950336",
        "1".repeat(81),
        `${"9".repeat(90)}.5`,
        "8".repeat(5_000),
      ]) {
        refuses(() => parseAmount("--flock", typed, MAX_AMOUNT), sentence);
      }
      refuses(
        () => parseAmount("--usdc", "79228162514264337593543.950336", MAX_AMOUNT, 6),
        /at most 79228162514264337593543\.950335\.$/,
      );
      refuses(
        () => parseAmount("--usdc", "8".repeat(5_000), MAX_AMOUNT, 6),
        /^--usdc is 8{100}… \(5000 characters\), more than/,
      );
      refuses(
        () => parseWhole("--epoch", "7".repeat(81), 0n, 9n),
        /^--epoch is 7{81}: write a whole number from 0 to 9\.$/,
      );
      expect(parseAmount("--flock", `${"0".repeat(100)}1`, MAX_AMOUNT)).to.equal(10n ** 18n);
    });

    it("are shown cut, never rounded up, and never as zero if they are not", () => {
      expect(show(parseEther("1234567.9999999"))).to.equal("1,234,567.999999");
      expect(show(1n)).to.equal("0.000000000000000001");
      expect(show(0n)).to.equal("0");
    });

    it("of time are shown in their two largest units", () => {
      expect(showDuration(5_880n)).to.equal("1 hour 38 minutes");
      expect(showDuration(604_800n)).to.equal("7 days");
      expect(showDuration(1n)).to.equal("1 second");
    });
  });

  it("name a model by a whole number from 1", () => {
    expect(parseModelId("7")).to.equal(7n);
    refuses(() => parseModelId(undefined), /^Say which model with --model/);
    refuses(() => parseModelId("0"), /^--model is 0/);
    refuses(() => parseModelId("1.5"), /^--model is "1\.5": write a whole number/);
    refuses(() => parseWhole("--port", "70000", 1n, 65_535n), /^--port is 70000: write a whole number from 1 to 65535/);
  });

  it("name a purchase by what is paid or by what is got", () => {
    expect(parseWish({ flock: "2", mt: undefined })).to.deep.equal({ kind: "exactIn", flock: parseEther("2") });
    expect(parseWish({ flock: undefined, mt: "2" })).to.deep.equal({ kind: "exactOut", mt: parseEther("2") });
    refuses(() => parseWish({ flock: "1", mt: "1" }), /^Name either .* not both/);
    refuses(() => parseWish({ flock: undefined, mt: undefined }), /^Name what to pay/);
  });

  it("name a deadline in one way", () => {
    refuses(() => parseDeadline({ maxMinutes: "0" }), /^--max-minutes is 0/);
    refuses(() => parseDeadline({ maxMinutes: "5", deadline: "1" }), /^Name either --max-minutes or --deadline/);
    expect(deadlineAt(parseDeadline({ maxMinutes: undefined }), 1_000n)).to.equal(2_200n);
    expect(deadlineAt(parseDeadline({ maxMinutes: undefined, deadline: "7" }), 1_000n)).to.equal(7n);
  });

  describe("limits of a purchase", () => {
    const none = { minMt: undefined, maxFlock: undefined, slippageBps: undefined };
    const exactIn: Wish = { kind: "exactIn", flock: 1_000n };
    const exactOut: Wish = { kind: "exactOut", mt: 1_000n };
    const limit = (args: { slippageBps?: string; minMt?: string }, wish: Wish, fields: Partial<PurchaseQuote> = {}) => {
      const quoted = { wish, flockIn: 1_000n, mtOut: 1_000n, clamped: false, ...fields };
      return purchaseLimit(parseTolerance({ ...none, ...args }, wish), quoted);
    };

    it("leave half a percent unless they say otherwise", () => {
      expect(limit({}, exactIn)).to.deep.equal({ bound: 995n, mtMin: 995n, flockMax: 1_000n });
      expect(limit({}, exactOut)).to.deep.equal({ bound: 1_005n, mtMin: 1_000n, flockMax: 1_005n });
      expect(limit({ slippageBps: "0" }, exactIn).bound).to.equal(1_000n);
    });

    it("of a purchase that is cut to what is left stay bounds of the price", () => {
      const { bound, flockMax } = limit({}, exactOut, { flockIn: 200n, mtOut: 100n, clamped: true });
      expect(bound).to.equal(2_011n);
      expect(flockMax).to.equal(201n);
      // 200 of 1,000 FLOCK are taken and yield 101 MT: for all of it the contract is told five times as much.
      const cut = { flockIn: 200n, mtOut: 101n, clamped: true };
      expect(limit({ slippageBps: "0" }, exactIn, cut)).to.deep.equal({ bound: 505n, mtMin: 101n, flockMax: 200n });
      expect(limit({}, exactIn, cut)).to.deep.equal({ bound: 502n, mtMin: 101n, flockMax: 200n });
      expect(limit({ minMt: "0.000000000000000501" }, exactIn, cut).mtMin).to.equal(101n);
      expect(limit({ minMt: "0.0000000000000005" }, exactIn, cut).mtMin).to.equal(100n);
    });

    it("are refused if they bound the other kind of purchase, or twice", () => {
      refuses(() => parseTolerance({ ...none, maxFlock: "1" }, exactIn), /^--max-flock does not bound/);
      refuses(() => parseTolerance({ ...none, minMt: "1" }, exactOut), /^--min-mt does not bound/);
      refuses(() => parseTolerance({ ...none, minMt: "1", slippageBps: "1" }, exactIn), /not both/);
      refuses(() => parseTolerance({ ...none, slippageBps: "10001" }, exactIn), /^--slippage-bps is 10001/);
    });
  });
});
