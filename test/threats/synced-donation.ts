import { expect } from "chai";

import { tokens } from "../support/expected.ts";
import { DONATIONS, ORDERS, donate, expectCleanOpening, soldOutInOrder } from "../support/donations.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { deployMock } from "../support/scenes.ts";

/**
 * A donation that stands in the pair's reserve. Canonical Uniswap v2 cannot get there before the token exists, because
 * `sync` asks it for a balance; so a stand-in is put at the token's address for the moment of the `sync` and removed
 * again. This is what a DEX without that property would let happen.
 */
describe("Threats: a donation that is already in the reserve", () => {
  for (const { order, fixture } of ORDERS) {
    describe(`given ${order}`, () => {
      let f: Awaited<ReturnType<typeof soldOutInOrder>>;
      beforeEach(async () => {
        f = await networkHelpers.loadFixture(fixture);
      });

      const donateSynced = async (amount: bigint) => {
        const { pair, pairAddress } = await donate(f, f.token, amount);
        await networkHelpers.setCode(f.token, await ethers.provider.getCode(await deployMock("NoReturnFlock")));
        await pair.sync();
        await networkHelpers.setCode(f.token, "0x");
        const [reserve0, reserve1] = await pair.getReserves();
        expect(reserve0 + reserve1).to.equal(amount);
        return pairAddress;
      };

      for (const [size, amount] of DONATIONS) {
        it(`G5 donation of ${size}, synced: the reserves are exactly what was meant`, async () => {
          await donateSynced(amount);
          const treasuryBefore = await f.flock.balanceOf(f.treasury);
          await expectCleanOpening(f);
          expect((await f.flock.balanceOf(f.treasury)) - treasuryBefore).to.equal(amount);
        });
      }

      it("G5 donation of which only a part is synced: both parts are moved out", async () => {
        const pairAddress = await donateSynced(tokens(7));
        await f.flock.connect(f.deployer).transfer(pairAddress, tokens(5) + 3n);
        await expectCleanOpening(f);
        const [expelled] = await f.graduation.queryFilter(f.graduation.filters.DonationExpelled(1n));
        expect(expelled!.args.flock).to.equal(tokens(12) + 3n);
      });
    });
  }
});
