import { expect } from "chai";

import { at, now } from "../../support/clock.ts";
import { vestedAfter } from "../../support/model/vesting.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { SHARE, bundledFixture, marketOf, partialSuccessFixture } from "../../support/scenes.ts";
import { SEAT } from "../../support/seats.ts";
import { DAY, VESTING_DURATION } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";

/** A partial success, graduated: five shares of odd size, with a bundle in the issuer's. */
async function vestingFixture() {
  const f = await partialSuccessFixture();
  await f.offering.graduate(1n);
  const totals = await Promise.all(
    Object.values(SHARE).map(async (share) => (await f.vault.allocationOf(1n, share)).total),
  );
  return { ...f, ...(await marketOf(f)), start: await now(), totals };
}

/** Shares that are released by anyone, and to whom. */
const RELEASED = [
  { name: "IssuerMt", share: SHARE.IssuerMt, seat: SEAT.issuer(1n), holder: "alice", inFlock: false },
  { name: "TreasuryMt", share: SHARE.TreasuryMt, seat: SEAT.treasury, holder: "treasury", inFlock: false },
  { name: "ProtocolFlock", share: SHARE.ProtocolFlock, seat: SEAT.treasury, holder: "treasury", inFlock: true },
] as const;
const RESERVED = [SHARE.IncentiveReserve, SHARE.StakingFund] as const;

describe("VestingVault", () => {
  let f: Awaited<ReturnType<typeof vestingFixture>>;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(vestingFixture);
  });

  const totalOf = (share: bigint) => f.totals[Number(share)]!;

  describe("open", () => {
    it("reverts for everybody but the graduation contract", async () => {
      const totals: [bigint, bigint, bigint, bigint, bigint] = [1n, 1n, 1n, 1n, 1n];
      for (const caller of [f.stranger, f.alice, f.administrator, f.guardian, f.treasury, f.deployer]) {
        await expect(f.vault.connect(caller).open(2n, f.token, totals))
          .to.be.revertedWithCustomError(f.vault, "Vault_NotGraduation")
          .withArgs(caller);
      }
    });

    it("reverts for a model whose record exists", async () => {
      await networkHelpers.impersonateAccount(f.addresses.graduation);
      await networkHelpers.setBalance(f.addresses.graduation, tokens(1));
      const asGraduation = f.vault.connect(await ethers.getSigner(f.addresses.graduation));
      await expect(asGraduation.open(1n, f.token, [1n, 1n, 1n, 1n, 1n]))
        .to.be.revertedWithCustomError(f.vault, "Vault_AlreadyOpen")
        .withArgs(1n);
    });

    it("records token, moment and shares, and reports them", async () => {
      expect(await f.vault.recordOf(1n)).to.deep.equal([f.token, f.start]);
      const [opened] = await f.vault.queryFilter(f.vault.filters.VestingOpened(1n));
      expect(opened!.args.token).to.equal(f.token);
      expect(opened!.args.startAt).to.equal(f.start);
      expect([...opened!.args.totals]).to.deep.equal(f.totals);
    });

    it("holds exactly what it recorded", async () => {
      const [issuer, treasury, reserve, protocol, fund] = f.totals as [bigint, bigint, bigint, bigint, bigint];
      expect(await f.mt.balanceOf(f.vault)).to.equal(issuer + treasury + reserve);
      expect(await f.flock.balanceOf(f.vault)).to.equal(protocol + fund);
    });
  });

  describe("release", () => {
    it("reverts for a model that has not graduated", async () => {
      const open = await networkHelpers.loadFixture(bundledFixture);
      for (const id of [0n, 1n, 2n]) {
        await expect(open.vault.release(id, SHARE.IssuerMt))
          .to.be.revertedWithCustomError(open.vault, "Vault_NotOpen")
          .withArgs(id);
      }
    });

    it("reverts for the two shares that are for rewards, whoever calls, now and when all has vested", async () => {
      for (const passed of [10n, VESTING_DURATION]) {
        await networkHelpers.time.increase(passed);
        for (const caller of [f.stranger, f.alice, f.treasury, f.administrator]) {
          for (const share of RESERVED) {
            await expect(f.vault.connect(caller).release(1n, share))
              .to.be.revertedWithCustomError(f.vault, "Vault_ReservedForRewards")
              .withArgs(share);
          }
        }
      }
    });

    it("reverts when nothing has vested: twice in one second", async () => {
      const abi = f.vault.interface;
      const wallet = await ethers.deployContract("ContractWallet");
      const once = abi.encodeFunctionData("release", [1n, SHARE.IssuerMt]);
      const execute = wallet.getFunction("execute");
      await expect(execute([f.addresses.vault, f.addresses.vault], [once, once]))
        .to.be.revertedWithCustomError(f.vault, "Vault_NothingVested")
        .withArgs(1n, SHARE.IssuerMt);
    });

    it("reverts when everything was released", async () => {
      await networkHelpers.time.increase(VESTING_DURATION);
      await f.vault.release(1n, SHARE.TreasuryMt);
      await networkHelpers.time.increase(VESTING_DURATION);
      await expect(f.vault.release(1n, SHARE.TreasuryMt))
        .to.be.revertedWithCustomError(f.vault, "Vault_NothingVested")
        .withArgs(1n, SHARE.TreasuryMt);
    });

    it("reverts for a share that does not exist", async () => {
      await expect(f.vault.release(1n, 5n)).to.revert(ethers);
    });

    for (const { name, share, seat, holder, inFlock } of RELEASED) {
      describe(`given ${name}`, () => {
        const token = () => (inFlock ? f.flock : f.mt);

        for (const elapsed of [
          1n,
          12_345n,
          VESTING_DURATION / 2n,
          VESTING_DURATION - 1n,
          VESTING_DURATION,
          VESTING_DURATION + 1n,
        ]) {
          it(`sends what has vested after ${elapsed} s to the seat's holder, whoever calls`, async () => {
            const vested = vestedAfter(totalOf(share), elapsed);
            await at(f.start + elapsed);
            await expect(f.vault.connect(f.stranger).release(1n, share)).to.changeTokenBalances(
              ethers,
              token(),
              [f.vault, f[holder], f.stranger],
              [-vested, vested, 0n],
            );
          });
        }

        it("releases the same in many steps as in one, and reports each", async () => {
          let released = 0n;
          for (const elapsed of [3n, 1_000n, DAY, VESTING_DURATION - 7n, VESTING_DURATION]) {
            const vested = vestedAfter(totalOf(share), elapsed);
            await at(f.start + elapsed);
            await expect(f.vault.release(1n, share))
              .to.emit(f.vault, "Released")
              .withArgs(1n, share, f[holder], vested - released, vested);
            released = vested;
            expect(await f.vault.allocationOf(1n, share)).to.deep.equal([totalOf(share), released]);
          }
          expect(released).to.equal(totalOf(share));
        });

        it("returns what it sent", async () => {
          await networkHelpers.time.increaseTo(f.start + 500n);
          expect(await f.vault.release.staticCall(1n, share)).to.equal(vestedAfter(totalOf(share), 500n));
        });

        it("goes to the holder of the seat at that moment, what vested before included", async () => {
          await networkHelpers.time.increase(1_000n);
          await f.registry.connect(f[holder]).offerSeat(seat, f.dave);
          await f.registry.connect(f.dave).acceptSeat(seat);
          const before = await token().balanceOf(f.dave);
          await at(f.start + DAY);
          await f.vault.release(1n, share);
          expect((await token().balanceOf(f.dave)) - before).to.equal(vestedAfter(totalOf(share), DAY));
        });
      });
    }
  });

  describe("draw", () => {
    /** The vault, called by the emission distributor. */
    const asEmissions = async () => {
      await networkHelpers.impersonateAccount(f.addresses.emissions);
      await networkHelpers.setBalance(f.addresses.emissions, tokens(1));
      return f.vault.connect(await ethers.getSigner(f.addresses.emissions));
    };

    it("reverts for everybody but the emission distributor", async () => {
      for (const caller of [f.stranger, f.alice, f.administrator, f.guardian, f.treasury, f.deployer]) {
        for (const share of RESERVED) {
          await expect(f.vault.connect(caller).draw(1n, share, 1n, caller))
            .to.be.revertedWithCustomError(f.vault, "Vault_NotDrawable")
            .withArgs(caller, share);
        }
      }
    });

    it("reverts for the shares of the seats, for the distributor too", async () => {
      const drawing = await asEmissions();
      for (const { share } of RELEASED) {
        await expect(drawing.draw(1n, share, 1n, f.stranger))
          .to.be.revertedWithCustomError(f.vault, "Vault_NotDrawable")
          .withArgs(f.addresses.emissions, share);
      }
    });

    it("reverts for a model that has not graduated", async () => {
      await expect((await asEmissions()).draw(2n, SHARE.StakingFund, 1n, f.stranger))
        .to.be.revertedWithCustomError(f.vault, "Vault_NotOpen")
        .withArgs(2n);
    });

    for (const [share, inFlock] of [
      [SHARE.IncentiveReserve, false],
      [SHARE.StakingFund, true],
    ] as const) {
      it(`sends share ${share} as it vests, not a wei more, and reports it`, async () => {
        const drawing = await asEmissions();
        const vested = vestedAfter(totalOf(share), DAY);
        await at(f.start + DAY);
        const token = inFlock ? f.flock : f.mt;
        const tx = drawing.draw(1n, share, vested, f.dave);
        await expect(tx).to.changeTokenBalances(ethers, token, [f.vault, f.dave], [-vested, vested]);
        await expect(tx).to.emit(f.vault, "Released").withArgs(1n, share, f.dave, vested, vested);
        expect(await f.vault.allocationOf(1n, share)).to.deep.equal([totalOf(share), vested]);
        const more = vestedAfter(totalOf(share), 86_500n) - vested;
        await at(f.start + 86_500n);
        await expect(drawing.draw(1n, share, more + 1n, f.dave))
          .to.be.revertedWithCustomError(f.vault, "Vault_AboveVested")
          .withArgs(1n, share, more + 1n, more);
      });
    }
  });

  describe("releasable", () => {
    it("is zero for an unknown model", async () => {
      for (const share of Object.values(SHARE)) expect(await f.vault.releasable(2n, share)).to.equal(0n);
    });

    it("is what has vested and was not released, for the reward shares too", async () => {
      await at(f.start + 1_000n);
      await f.vault.release(1n, SHARE.IssuerMt);
      await networkHelpers.time.increaseTo(f.start + 5_000n);
      for (const share of Object.values(SHARE)) {
        const released = share === SHARE.IssuerMt ? vestedAfter(totalOf(share), 1_000n) : 0n;
        expect(await f.vault.releasable(1n, share)).to.equal(vestedAfter(totalOf(share), 5_000n) - released);
      }
    });
  });

  describe("unvested", () => {
    const mtTotal = () => totalOf(SHARE.IssuerMt) + totalOf(SHARE.TreasuryMt) + totalOf(SHARE.IncentiveReserve);

    it("is zero for an unknown model", async () => {
      expect(await f.vault.unvested(2n)).to.equal(0n);
    });

    it("falls linearly to zero, whatever was released", async () => {
      expect(await f.vault.unvested(1n)).to.equal(mtTotal());
      await f.vault.release(1n, SHARE.IssuerMt);
      for (const elapsed of [
        100n,
        VESTING_DURATION / 3n,
        VESTING_DURATION - 1n,
        VESTING_DURATION,
        2n * VESTING_DURATION,
      ]) {
        await networkHelpers.time.increaseTo(f.start + elapsed);
        expect(await f.vault.unvested(1n)).to.equal(mtTotal() - vestedAfter(mtTotal(), elapsed));
      }
    });
  });

  describe("recordOf and allocationOf", () => {
    it("are zero for an unknown model", async () => {
      expect(await f.vault.recordOf(2n)).to.deep.equal([ethers.ZeroAddress, 0n]);
      expect(await f.vault.allocationOf(2n, SHARE.IssuerMt)).to.deep.equal([0n, 0n]);
    });
  });
});
