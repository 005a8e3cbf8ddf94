import { expect } from "chai";
import { MaxUint256 } from "ethers";

import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { at, now, until } from "../../support/clock.ts";
import { graduatedFixture, networkHelpers } from "../../support/fixtures.ts";
import { COOLDOWN, VESTING_DURATION, WARM_UP } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";
import { discount, unvested } from "../../support/usage/numbers.ts";
import { governed, stakedModelsFixture } from "../../support/usage/serving.ts";
import type { StakedScene } from "../../support/usage/serving.ts";

/** What vests of the worked example: 20%, 10% and 10% of a million. */
const LOCKED = tokens(400_000);

describe("ModelStaking: discount", () => {
  let f: StakedScene;
  /** When model 1 graduated [s]. */
  let graduatedAt: bigint;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(stakedModelsFixture);
    [, graduatedAt] = await f.vault.recordOf(1n);
    await f.mt.connect(f.carol).approve(f.addresses.staking, MaxUint256);
    await f.mt.connect(f.bob).approve(f.addresses.staking, MaxUint256);
  });

  /** Total supply less what has not vested, worked out for the newest block. */
  const circulating = async (burned = 0n) => tokens(1_000_000) - burned - unvested(LOCKED, (await now()) - graduatedAt);

  describe("given the paper's example (section 4.7)", () => {
    it("600,000 MT circulate at the block of graduation: 50,000 are 8.33%, the discount 16.67%", async () => {
      const example = await networkHelpers.loadFixture(graduatedFixture);
      const { staking } = example;
      expect(await now()).to.equal((await example.vault.recordOf(1n)).startAt);
      const supply = await staking.circulatingSupply(1n);
      expect(supply).to.equal(tokens(600_000));
      const share = (tokens(50_000) * 10_000n * 100n) / supply;
      expect((share + 50n) / 100n).to.equal(833n);
      expect(discount(tokens(50_000), supply)).to.equal(166_666_666_666_666_666n);
    });

    it("after the warm-up 2,222 MT have vested and `discountOf` gives 16.61%", async () => {
      const example = await networkHelpers.loadFixture(graduatedFixture);
      const mt = connectAs("modelToken", example.token, example.carol);
      await mt.approve(example.addresses.staking, MaxUint256);
      await example.staking.connect(example.carol).claimAndStake(1n, tokens(50_000));
      await until((await now()) + WARM_UP);
      const supply = await example.staking.circulatingSupply(1n);
      expect((supply - tokens(600_000)) / tokens(1)).to.equal(2_222n);
      const rate = await example.staking.discountOf(1n, example.carol);
      expect(rate).to.equal(discount(tokens(50_000), supply));
      expect((rate + 5n * 10n ** 13n) / 10n ** 14n).to.equal(1_661n);
    });
  });

  describe("circulatingSupply", () => {
    it("is 0 before graduation and for models that do not exist", async () => {
      for (const modelId of [0n, 3n, 99n]) expect(await f.staking.circulatingSupply(modelId)).to.equal(0n);
    });

    it("grows by exactly what vests, to the whole supply", async () => {
      for (const elapsed of [WARM_UP, 30n * WARM_UP, VESTING_DURATION - 1n, VESTING_DURATION, 2n * VESTING_DURATION]) {
        await until(graduatedAt + elapsed);
        expect(await f.staking.circulatingSupply(1n)).to.equal(await circulating());
      }
      expect(await f.staking.circulatingSupply(1n)).to.equal(tokens(1_000_000));
    });

    it("does not depend on whether vested tokens were released, staked or moved", async () => {
      await until(graduatedAt + 30n * WARM_UP);
      await f.vault.release(1n, 0n);
      await f.mt.connect(f.carol).transfer(f.addresses.vault, tokens(1_000));
      await f.staking.connect(f.carol).stake(1n, tokens(1_000));
      expect(await f.staking.circulatingSupply(1n)).to.equal(await circulating());
    });

    it("falls by what is burned", async () => {
      await f.mt.connect(f.carol).burn(tokens(1_234));
      expect(await f.staking.circulatingSupply(1n)).to.equal(await circulating(tokens(1_234)));
    });
  });

  describe("discountOf", () => {
    it("is 0 without a stake, before graduation and for models that do not exist", async () => {
      for (const modelId of [0n, 1n, 3n, 99n]) expect(await f.staking.discountOf(modelId, f.carol)).to.equal(0n);
    });

    it("follows vesting second by second", async () => {
      await f.staking.connect(f.carol).stake(1n, tokens(50_000));
      for (const elapsed of [2n * WARM_UP, 50n * WARM_UP + 7n, VESTING_DURATION, 3n * VESTING_DURATION]) {
        await until(graduatedAt + elapsed);
        expect(await f.staking.discountOf(1n, f.carol)).to.equal(discount(tokens(50_000), await circulating()));
      }
      expect(await f.staking.discountOf(1n, f.carol)).to.equal(tokens("0.1"));
    });

    it("rises for everybody when somebody burns, by exactly the formula", async () => {
      await f.staking.connect(f.carol).stake(1n, tokens(20_000));
      await f.staking.connect(f.bob).stake(1n, tokens(5_000));
      await until((await now()) + WARM_UP);
      const before = await f.staking.discountOf(1n, f.bob);
      await f.mt.connect(f.carol).burn(tokens(300_000));
      const supply = await circulating(tokens(300_000));
      expect(await f.staking.discountOf(1n, f.bob)).to.equal(discount(tokens(5_000), supply));
      expect(await f.staking.discountOf(1n, f.carol)).to.equal(discount(tokens(20_000), supply));
      expect(await f.staking.discountOf(1n, f.bob)).to.be.greaterThan(before);
    });

    it("is untouched by the stakes, exits and transfers of others", async () => {
      await f.staking.connect(f.bob).stake(1n, tokens(5_000));
      await until((await now()) + WARM_UP);
      const steps = [
        () => f.staking.connect(f.carol).stake(1n, tokens(200_000)),
        () => f.staking.connect(f.carol).requestExit(1n, tokens(100_000)),
        () => f.mt.connect(f.carol).transfer(f.stranger, tokens(1)),
        () => f.mt.connect(f.carol).transfer(f.addresses.staking, tokens(1)),
      ];
      for (const step of steps) {
        await step();
        expect(await f.staking.discountOf(1n, f.bob)).to.equal(discount(tokens(5_000), await circulating()));
      }
    });

    it("is capped at 30%, from the stake at which the formula reaches it", async () => {
      await at(graduatedAt + 2n * VESTING_DURATION);
      await f.staking.connect(f.carol).stake(1n, tokens(150_000) - 1n);
      await until((await now()) + WARM_UP);
      // One million circulates: 30% / 2 of it are 150,000.
      expect(await f.staking.discountOf(1n, f.carol)).to.equal(tokens("0.3") - 1n);
      await f.staking.connect(f.carol).stake(1n, 1n);
      await until((await now()) + WARM_UP);
      expect(await f.staking.discountOf(1n, f.carol)).to.equal(tokens("0.3"));
      await f.staking.connect(f.carol).stake(1n, tokens(100_000));
      await until((await now()) + WARM_UP);
      expect(await f.staking.discountOf(1n, f.carol)).to.equal(tokens("0.3"));
    });

    it("ends the moment an exit is requested, for that part", async () => {
      await f.staking.connect(f.carol).stake(1n, tokens(50_000));
      await until((await now()) + WARM_UP);
      await f.staking.connect(f.carol).requestExit(1n, tokens(20_000));
      expect(await f.staking.discountOf(1n, f.carol)).to.equal(discount(tokens(30_000), await circulating()));
      await until((await now()) + COOLDOWN);
      await f.staking.connect(f.carol).withdraw(1n);
      expect(await f.staking.discountOf(1n, f.carol)).to.equal(discount(tokens(30_000), await circulating()));
    });

    it("is of one model only", async () => {
      await f.staking.connect(f.carol).stake(1n, tokens(50_000));
      await until((await now()) + WARM_UP);
      expect(await f.staking.discountOf(2n, f.carol)).to.equal(0n);
    });
  });

  describe("setDiscountSettings", () => {
    it("changes what is charged from the next call on", async () => {
      await f.staking.connect(f.carol).stake(1n, tokens(50_000));
      await governed(f, f.staking, "setDiscountSettings", [{ capBps: 1_000n, multiplier: 1n }]);
      expect(await f.staking.discountOf(1n, f.carol)).to.equal(
        discount(tokens(50_000), await circulating(), 1n, 1_000n),
      );
      await governed(f, f.staking, "setDiscountSettings", [{ capBps: 1_000n, multiplier: 10n }]);
      expect(await f.staking.discountOf(1n, f.carol)).to.equal(tokens("0.1"));
    });
  });

  it("costs the same however much others have staked", async () => {
    const before = await f.staking.discountOf.estimateGas(1n, f.carol);
    for (let i = 0; i < 5; ++i) await f.staking.connect(f.bob).stake(1n, tokens(1));
    const after = await f.staking.discountOf.estimateGas(1n, f.carol);
    expect(after).to.be.lessThan(before + 100n);
  });
});
