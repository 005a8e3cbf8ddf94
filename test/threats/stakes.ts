import { expect } from "chai";
import { MaxUint256 } from "ethers";

import { at, now, until } from "../support/clock.ts";
import { networkHelpers } from "../support/fixtures.ts";
import { DAY, WARM_UP } from "../support/time.ts";
import { tokens, usdc } from "../support/units.ts";
import { discount, unvested } from "../support/usage/numbers.ts";
import { prepaidFixture } from "../support/usage/serving.ts";
import type { ServedScene } from "../support/usage/serving.ts";
import { atFloor, ownVoucher } from "../support/usage/vouchers.ts";

/** Attacks on stakes and on the discount. */
describe("Threats: staking", () => {
  let f: ServedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
    for (const user of [f.bob, f.carol]) await f.mt.connect(user).approve(f.staking, MaxUint256);
  });

  const settle = async (total: bigint) =>
    f.meter.connect(f.platform).settle(1n, [await ownVoucher(f, f.bob, atFloor(total))]);
  const weight = async () => (await f.emissions.weightOf(f.bob, 1n)).weight;
  const circulating = async (burned = 0n) => {
    const { startAt } = await f.vault.recordOf(1n);
    return tokens(1_000_000) - burned - unvested(tokens(400_000), (await now()) - startAt);
  };

  it("S2 donations to staking, vault, pool and meter change neither discount nor circulating supply", async () => {
    await f.staking.connect(f.bob).stake(1n, tokens(5_000));
    await until((await now()) + WARM_UP);
    const pair = await f.dexFactory.getPair(f.addresses.flock, f.mt);
    for (const to of [f.addresses.staking, f.addresses.vault, pair, f.addresses.meter, f.addresses.emissions]) {
      await f.mt.connect(f.carol).transfer(to, tokens(10_000));
      expect(await f.staking.circulatingSupply(1n)).to.equal(await circulating());
      expect(await f.staking.discountOf(1n, f.bob)).to.equal(discount(tokens(5_000), await circulating()));
    }
  });

  describe("S3 flash stake", () => {
    it("S3 stake, take a discount and unstake in one transaction: no discount, and no way out for 7 days", async () => {
      const { interface: abi } = f.staking;
      const attack = [
        abi.encodeFunctionData("stake", [1n, tokens(5_000)]),
        abi.encodeFunctionData("requestExit", [1n, tokens(5_000)]),
        abi.encodeFunctionData("withdraw", [1n]),
      ];
      await expect(f.staking.connect(f.bob).multicall(attack)).to.be.revertedWithCustomError(
        f.staking,
        "Staking_CoolingDown",
      );
      const views = [attack[0]!, abi.encodeFunctionData("discountOf", [1n, f.bob.address])];
      const [, rate] = await f.staking.connect(f.bob).multicall.staticCall(views);
      expect(BigInt(rate!)).to.equal(0n);
    });

    it("S3 a stake made just before a settlement gives it no weight, also across the boundary of an epoch", async () => {
      const midnight = ((await now()) / DAY + 1n) * DAY;
      await at(midnight - 1n);
      await f.staking.connect(f.bob).stake(1n, tokens(5_000));
      await at(midnight);
      await settle(10n);
      expect(await weight()).to.equal(0n);
      await at(midnight - 1n + WARM_UP - 1n);
      await settle(20n);
      expect(await weight()).to.equal(0n);
      await at(midnight - 1n + WARM_UP);
      await settle(30n);
      expect(await weight()).to.equal(usdc(10));
    });

    it("S3 a stake on its way out counts for nothing, and cancelling does not bring it back at once", async () => {
      await f.staking.connect(f.bob).stake(1n, tokens(5_000));
      await until((await now()) + WARM_UP);
      await f.staking.connect(f.bob).requestExit(1n, tokens(5_000));
      await f.staking.connect(f.bob).cancelExit(1n, tokens(5_000));
      await settle(10n);
      expect(await weight()).to.equal(0n);
      expect(await f.staking.discountOf(1n, f.bob)).to.equal(0n);
    });
  });

  describe("S4 a change of stake between usage and reward", () => {
    beforeEach(async () => {
      await f.staking.connect(f.bob).stake(1n, tokens(5_000));
      await until(((await now()) / DAY + 2n) * DAY);
      await settle(10n);
    });

    it("S4 weight is what was spent while staked: an exit afterwards takes none of it, and gives none", async () => {
      await f.staking.connect(f.bob).requestExit(1n, tokens(5_000));
      expect(await weight()).to.equal(usdc(10));
      await settle(25n);
      expect(await weight()).to.equal(usdc(10));
    });

    it("S4 more stake adds no weight to what was spent, and tokens passed on count for one user at a time", async () => {
      await f.mt.connect(f.carol).transfer(f.bob, tokens(100_000));
      await f.staking.connect(f.bob).stake(1n, tokens(100_000));
      expect(await weight()).to.equal(usdc(10));
      expect(await f.staking.stakeOf(1n, f.bob)).to.equal(tokens(5_000));
      expect(await f.staking.stakeOf(1n, f.carol)).to.equal(0n);
    });
  });

  describe("S5 circulating supply gamed", () => {
    it("S5 tokens parked in the vault, in the pool or in a stake still circulate", async () => {
      await f.staking.connect(f.carol).stake(1n, tokens(100_000));
      await f.mt.connect(f.carol).transfer(f.addresses.vault, tokens(100_000));
      expect(await f.staking.circulatingSupply(1n)).to.equal(await circulating());
    });

    it("S5 burning one's own tokens brings less discount than staking them", async () => {
      const [own, more] = [tokens(20_000), tokens(30_000)];
      await f.staking.connect(f.carol).stake(1n, own);
      await until((await now()) + WARM_UP);
      const staked = discount(own + more, await circulating());
      await f.mt.connect(f.carol).burn(more);
      const burned = await f.staking.discountOf(1n, f.carol);
      expect(burned).to.equal(discount(own, await circulating(more)));
      expect(burned).to.be.lessThan(staked);
    });

    it("S5 there is no snapshot to stake before: the discount falls second by second as the supply vests", async () => {
      await f.staking.connect(f.carol).stake(1n, tokens(20_000));
      await until((await now()) + WARM_UP);
      let before = await f.staking.discountOf(1n, f.carol);
      for (let i = 0; i < 3; ++i) {
        await networkHelpers.time.increase(1n);
        const after = await f.staking.discountOf(1n, f.carol);
        expect(after).to.be.lessThan(before);
        before = after;
      }
    });
  });
});
