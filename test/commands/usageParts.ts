import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { Signature, Wallet, parseEther, toBeHex } from "ethers";

import { WAD } from "../../scripts/lib/command/amounts.ts";
import { earliest, stepsOf } from "../../scripts/lib/buyback/round.ts";
import { isWhole } from "../../scripts/lib/buyback/lots.ts";
import type { NextLot } from "../../scripts/lib/buyback/lots.ts";
import { CommandError } from "../../scripts/lib/command/commandError.ts";
import { shareOf } from "../../scripts/lib/emissions/settings.ts";
import { ageFactorWad } from "../../scripts/lib/emissions/epochView.ts";
import { dayOf, epochAt } from "../../scripts/lib/emissions/epochs.ts";
import { firstBlockAt } from "../../scripts/lib/chain/history.ts";
import { rewardOf } from "../../scripts/lib/emissions/rewardHistory.ts";
import { describeSeat, providerSeatsTo, seatOf } from "../../scripts/lib/decode/seats.ts";
import type { Session } from "../../scripts/lib/chain/session.ts";
import { byModel, inBatches } from "../../scripts/lib/usage/settlement.ts";
import { stakeForCap } from "../../scripts/lib/staking/stakes.ts";
import type { StakeView } from "../../scripts/lib/staking/stakes.ts";
import { paidAt } from "../../scripts/lib/staking/discount.ts";
import { signatureOf } from "../../scripts/lib/usage/voucher.ts";
import type { Voucher } from "../../scripts/lib/usage/voucher.ts";
import { addToFile, readVoucherFile, sumsInFile, vouchersIn } from "../../scripts/lib/usage/voucherFile.ts";
import { CIRCLES, isExcluded, largestSafeCap, washGain } from "../../scripts/lib/emissions/washTrading.ts";
import { parseModelIds } from "../../scripts/lib/command/modelId.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const ALICE = "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc";
const BOB = "0x976EA74026E726554dB657fA54763abd0C3a0aa9";
const SIGNATURE = Wallet.createRandom().signMessageSync("any");

/** What a file of vouchers needs of a session. */
const session = (usdcDecimals = 6) =>
  ({
    chainId: 31337n,
    networkName: "localhost",
    protocol: { addresses: { meter: ALICE } },
    usdcDecimals,
  }) as unknown as Session;

const { r, yParityAndS: vs } = Signature.from(SIGNATURE);
const voucher = (changes: Partial<Voucher> = {}): Voucher => ({
  ...{ user: BOB, key: BOB, modelId: 1n, units: 1_000_000n, list: 1_500_000n, paid: 1_250_000n, r, vs },
  ...changes,
});

/** A voucher as a file holds it. */
const entry = (changes: object = {}) => ({
  ...{ chainId: 31337, meter: ALICE, user: BOB, key: BOB, modelId: 1, units: "1000000" },
  ...{ listUsdc: "1.5", paidUsdc: "1.25", signature: SIGNATURE },
  ...changes,
});

describe("parts of the commands of usage and rewards", () => {
  describe("wash trading", () => {
    const [others, insiders] = CIRCLES.map(({ costWad }) => costWad) as [bigint, bigint];

    it("is excluded below what is lost of one USDC, for a cap and 5% of it for the issuer", () => {
      expect([others, insiders]).to.deep.equal([parseEther("0.6"), parseEther("0.3")]);
      expect(washGain(WAD, WAD)).to.equal(parseEther("1.05"));
      expect(washGain(parseEther("0.25"), WAD)).to.equal(parseEther("0.2625"));
    });

    it("has the largest safe caps that the document states", () => {
      const cases: [price: string, ofOthers: string, ofInsiders: string][] = [
        ["0.05", "11.428571428571428571", "5.714285714285714285"],
        ["0.28", "2.040816326530612244", "1.020408163265306122"],
        ["1", "0.571428571428571428", "0.285714285714285714"],
      ];
      for (const [price, ofOthers, ofInsiders] of cases) {
        expect(largestSafeCap(others, parseEther(price))).to.equal(parseEther(ofOthers));
        expect(largestSafeCap(insiders, parseEther(price))).to.equal(parseEther(ofInsiders));
      }
    });

    it("is not excluded at the bound itself, nor by rounding", () => {
      for (const price of ["0.25", "0.3", "1"].map((usd) => parseEther(usd))) {
        const cap = largestSafeCap(others, price);
        expect(isExcluded(cap, others, price)).to.equal(true);
        expect(isExcluded(cap + 1n, others, price)).to.equal(false);
      }
      // 1.05 · 20 · 1 = 21
      expect(isExcluded(20n * WAD, 21n * WAD, WAD)).to.equal(false);
      expect(isExcluded(20n * WAD - 1n, 21n * WAD, WAD)).to.equal(true);
      expect(washGain(1n, 1n)).to.equal(1n);
    });
  });

  describe("vouchers", () => {
    const folder = temporaryFolder();

    it("are paid at list price less the discount, rounded up", () => {
      expect(paidAt(1_000_000n, 0n)).to.equal(1_000_000n);
      expect(paidAt(1_000_000n, (3n * WAD) / 10n)).to.equal(700_000n);
      expect(paidAt(3n, WAD / 3n)).to.equal(3n);
    });

    it("keep one place for each series in a file", () => {
      const file = join(folder, "v.json");
      expect(addToFile(session(), file, voucher())).to.equal(1);
      expect(addToFile(session(), file, voucher({ units: 2_000_000n }))).to.equal(1);
      expect(addToFile(session(), file, voucher({ modelId: 2n }))).to.equal(2);
      expect(addToFile(session(), file, voucher({ key: ALICE }))).to.equal(3);
      const written = readVoucherFile(file);
      expect(written.entries[0]).to.deep.equal(entry({ units: "2000000" }));
      expect(vouchersIn(session(), written)[0]).to.deep.equal(voucher({ units: 2_000_000n }));
      expect(sumsInFile(session(), file, voucher({ modelId: 2n }))).to.include({ units: 1_000_000n, paid: 1_250_000n });
      expect(sumsInFile(session(), file, voucher({ modelId: 3n }))).to.equal(undefined);
      expect(readFileSync(file, "utf8")).to.match(/^\[\n {2}\{/);
    });

    it("have compact signatures and the network's decimals", () => {
      const read = (changes: object, usdcDecimals: number) =>
        vouchersIn(session(usdcDecimals), { path: "v.json", entries: [entry(changes)] })[0]!;
      const row = read({}, 6);
      expect(row).to.include({ user: BOB, key: BOB, units: 1_000_000n, list: 1_500_000n, paid: 1_250_000n });
      expect(signatureOf(row)).to.equal(SIGNATURE);
      expect(read({}, 18).paid).to.equal(parseEther("1.25"));
      expect(() => read({ paidUsdc: "0.1234567" }, 6)).to.throw(CommandError, /at most 6 decimals/);
    });

    it("of another chain or meter are refused", () => {
      const check = (changes: object) => vouchersIn(session(), { path: "v.json", entries: [entry(), entry(changes)] });
      check({});
      expect(() => check({ chainId: 8453 })).to.throw(
        CommandError,
        /^Voucher 2 of v\.json is for chain 8453, and localhost is chain 31337/,
      );
      expect(() => check({ meter: BOB })).to.throw(CommandError, /^Voucher 2 of v\.json is for the meter 0x976E/);
    });

    it("are settled by model, a hundred at a time, in their order", () => {
      const many = Array.from({ length: 250 }, (_, index) =>
        voucher({ modelId: 1n + BigInt(index % 2), units: BigInt(index) }),
      );
      const groups = byModel(many);
      expect(groups.map(([modelId, group]) => [modelId, group.length])).to.deep.equal([
        [1n, 125],
        [2n, 125],
      ]);
      const batches = inBatches(groups[0]![1]);
      expect(batches.map(({ length }) => length)).to.deep.equal([100, 25]);
      expect(batches.flat()).to.deep.equal(groups[0]![1]);
      expect(inBatches([])).to.deep.equal([]);
    });
  });

  describe("seats", () => {
    it("have the bytes that the contracts give them", () => {
      expect(seatOf("issuer", 7n)).to.equal(toBeHex((1n << 248n) | 7n, 32));
      expect(seatOf("buyback-model", 7n)).to.equal(toBeHex((5n << 248n) | 7n, 32));
    });

    it("are named in words", () => {
      const provider = (tier: bigint, term: bigint) => (3n << 248n) | (tier << 16n) | term;
      expect(describeSeat(BigInt(seatOf("treasury", 0n)))).to.equal("the treasury's seat");
      expect(describeSeat(provider(2n, 0n))).to.equal("the compute provider's seat of tier 2");
      expect(describeSeat(provider(2n, 1n))).to.equal("the compute provider's seat of tier 2 (provider 2)");
      expect(describeSeat(9n << 248n)).to.match(/^the seat 0x09/);
      const seats = providerSeatsTo(toBeHex(provider(2n, 2n), 32));
      expect(seats.map(BigInt)).to.deep.equal([provider(2n, 0n), provider(2n, 1n), provider(2n, 2n)]);
    });
  });

  describe("the buyback's keeper", () => {
    const lot = (changes: Partial<NextLot>): NextLot => ({
      ...{ kind: "flock", modelId: 0n, wait: "none", credit: 100n, amountIn: 40n, amountOut: 40n, nextAt: 1_000n },
      ...changes,
    });

    it("takes whole lots and last ones, and leaves crumbs", () => {
      expect(isWhole(lot({}), 1_000n)).to.equal(true);
      expect(isWhole(lot({}), 999n)).to.equal(false);
      expect(isWhole(lot({ amountIn: 100n }), 999n)).to.equal(true);
      expect(isWhole(lot({ wait: "bucketEmpty" }), 1_000n)).to.equal(false);
    });

    it("knows every step and the next moment", () => {
      expect(stepsOf([1n, 3n]).map(({ kind, modelId }) => `${kind} ${modelId.toString()}`)).to.deep.equal([
        "flock 0",
        "flock 1",
        "mt 1",
        "flock 3",
        "mt 3",
      ]);
      expect(earliest([{ nextAt: 0n }, { nextAt: 70n }], [{ dueAt: 90n }])).to.equal(70n);
      expect(earliest([{ nextAt: 0n }], [])).to.equal(undefined);
    });
  });

  describe("epochs and rewards", () => {
    it("are UTC days", () => {
      expect(epochAt(86_399n)).to.equal(0n);
      expect(dayOf(20_000n)).to.equal("2024-10-04");
    });

    it("age as in section 3.7", () => {
      expect(ageFactorWad(10n, 10n)).to.equal(WAD);
      expect(ageFactorWad(10n, 40n)).to.equal((150n * WAD) / 180n);
      expect(ageFactorWad(10n, 154n)).to.equal(WAD / 5n);
      expect(ageFactorWad(10n, 5_000n)).to.equal(WAD / 5n);
    });

    it("are divided and rounded down as the contracts do", () => {
      expect(shareOf(20_000n, 1n, 3n)).to.deep.equal({ share: 6_666n, bonus: 666n });
      expect(shareOf(20_000n, 0n, 0n)).to.deep.equal({ share: 0n, bonus: 0n });
      const pool = { flock: 20_000n, mt: 999n, weight: 50_000n, price: WAD, cap: 10n ** 12n };
      const rolled = { pool, fund: 2_000n, emission: 18_000n, share: 20_000n, totals: { carriedEmission: 0n } };
      const earned = { modelId: 1n, epoch: 1n, ownWeight: 2_500n, rolled };
      // 5% of 20,000 and of 999; they are worth 1,049, which net revenue of 1,049 may earn at this cap, and no less.
      const of = (ownNet: bigint) => rewardOf({ ...earned, ownNet }, 12);
      expect(of(1_049n)).to.deep.equal({ flock: 1_000n, mt: 49n, isCut: false });
      expect(of(524n)).to.deep.equal({ flock: 499n, mt: 24n, isCut: true });
      const nobody = { ...rolled, pool: { ...pool, weight: 0n } };
      expect(rewardOf({ ...earned, ownNet: 1n, rolled: nobody }, 12)).to.include({ flock: 0n, mt: 0n });
    });

    it("find the first block of a moment", async () => {
      const times = [10n, 20n, 20n, 30n];
      const at = (time: bigint) => firstBlockAt(time, 3, (block) => Promise.resolve(times[block]!));
      expect(await Promise.all([5n, 10n, 20n, 21n, 31n].map(at))).to.deep.equal([0, 0, 1, 3, 4]);
    });

    it("list models once", () => {
      expect(parseModelIds("--models", "3, 1,3")).to.deep.equal([3n, 1n]);
    });

    it("say which stake brings the largest discount", () => {
      const view = { circulating: parseEther("600000"), capBps: 3_000n, multiplier: 2n } as StakeView;
      expect(stakeForCap(view)).to.equal(parseEther("90000"));
    });
  });
});
