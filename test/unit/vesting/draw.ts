import { expect } from "chai";

import { at } from "../../support/clock.ts";
import { earningFixture } from "../../support/earning.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { DAY } from "../../support/time.ts";
import { tokens } from "../../support/units.ts";

/** The shares of the vault in its order. */
const [ISSUER_MT, TREASURY_MT, RESERVE, PROTOCOL_FLOCK, FUND] = [0n, 1n, 2n, 3n, 4n];

describe("VestingVault: draw", () => {
  async function drawingFixture() {
    const f = await networkHelpers.loadFixture(earningFixture);
    await networkHelpers.impersonateAccount(f.addresses.emissions);
    await networkHelpers.setBalance(f.addresses.emissions, tokens(1));
    const distributor = await ethers.getSigner(f.addresses.emissions);
    const { startAt } = await f.vault.recordOf(f.modelId);
    await networkHelpers.time.increaseTo(startAt + 90n * DAY);
    return { ...f, asDistributor: f.vault.connect(distributor), startAt };
  }

  it("reverts for everybody but the distributor", async () => {
    const { vault, modelId, alice, treasury, administrator, stranger } =
      await networkHelpers.loadFixture(drawingFixture);
    for (const caller of [alice, treasury, administrator, stranger])
      await expect(vault.connect(caller).draw(modelId, FUND, 1n, caller))
        .to.be.revertedWithCustomError(vault, "Vault_NotDrawable")
        .withArgs(caller, FUND);
  });

  it("reverts for the shares that belong to seats", async () => {
    const { asDistributor, vault, modelId, stranger } = await networkHelpers.loadFixture(drawingFixture);
    for (const share of [ISSUER_MT, TREASURY_MT, PROTOCOL_FLOCK])
      await expect(asDistributor.draw(modelId, share, 1n, stranger)).to.be.revertedWithCustomError(
        vault,
        "Vault_NotDrawable",
      );
  });

  it("reverts for a model that has not graduated", async () => {
    const { asDistributor, vault, stranger } = await networkHelpers.loadFixture(drawingFixture);
    await expect(asDistributor.draw(99n, FUND, 1n, stranger))
      .to.be.revertedWithCustomError(vault, "Vault_NotOpen")
      .withArgs(99n);
  });

  for (const [name, share, total] of [
    ["fund", FUND, "12500"],
    ["reserve", RESERVE, "200000"],
  ] as const) {
    describe(`given half of the ${name} has vested`, () => {
      it("sends no wei more than that, in one call or in two", async () => {
        const f = await networkHelpers.loadFixture(drawingFixture);
        const half = tokens(total) / 2n;
        await at(f.startAt + 90n * DAY + 1n);
        const vested = (tokens(total) * (90n * DAY + 1n)) / (180n * DAY);
        await expect(f.asDistributor.draw(f.modelId, share, vested + 1n, f.stranger))
          .to.be.revertedWithCustomError(f.vault, "Vault_AboveVested")
          .withArgs(f.modelId, share, vested + 1n, vested);
        await f.asDistributor.draw(f.modelId, share, half, f.stranger);
        await expect(f.asDistributor.draw(f.modelId, share, half, f.stranger)).to.be.revertedWithCustomError(
          f.vault,
          "Vault_AboveVested",
        );
      });

      it("sends it where the distributor says and counts it", async () => {
        const f = await networkHelpers.loadFixture(drawingFixture);
        const token = share === FUND ? f.flock : f.mt;
        const drawing = f.asDistributor.draw(f.modelId, share, 5n, f.stranger);
        await expect(drawing).to.emit(f.vault, "Released").withArgs(f.modelId, share, f.stranger, 5n, 5n);
        await expect(drawing).to.changeTokenBalances(ethers, token, [f.vault, f.stranger], [-5n, 5n]);
        expect(await f.vault.allocationOf(f.modelId, share)).to.deep.equal([tokens(total), 5n]);
      });

      it("cannot be released to a seat", async () => {
        const f = await networkHelpers.loadFixture(drawingFixture);
        await expect(f.vault.release(f.modelId, share)).to.be.revertedWithCustomError(
          f.vault,
          "Vault_ReservedForRewards",
        );
      });
    });
  }
});
