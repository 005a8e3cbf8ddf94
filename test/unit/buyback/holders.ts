import { expect } from "chai";

import { FLOCK_SEAT, WAIT, decide, earningFixture, modelSeat, observe } from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { NO_DEADLINE } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";

describe("Buyback: another holder of a buyback seat, named by governance", () => {
  let f: MarketScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
  });

  const named = (seat: string) =>
    decide(f, f.registry, f.registry.interface.encodeFunctionData("nameBuybackHolder", [seat, f.dave.address]));

  it("takes the credit that waits, and view and call say that there is none", async () => {
    await named(FLOCK_SEAT);
    await observe(f);
    const lot = await f.buyback.nextFlockLot(0n);
    expect([lot.wait, lot.credit]).to.deep.equal([WAIT.NoCredit, 0n]);
    await expect(f.buyback.buyFlock(0n, 0n, NO_DEADLINE))
      .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
      .withArgs(WAIT.NoCredit, ethers.ZeroAddress);
    await expect(f.waterfall.connect(f.dave).claim(FLOCK_SEAT, usdc(3_000), f.dave)).to.changeTokenBalance(
      ethers,
      f.usdc,
      f.dave,
      usdc(3_000),
    );
  });

  it("leaves the other seats to the buyback, and what it has bought for a model", async () => {
    await f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
    const waiting = await f.buyback.flockOf(f.modelId);
    await named(modelSeat(f.modelId));
    await observe(f);
    await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    expect(await f.buyback.flockOf(f.modelId)).to.equal(waiting);
    await f.buyback.buyMt(f.modelId, 0n, NO_DEADLINE);
  });

  it("can give the seat back", async () => {
    await named(FLOCK_SEAT);
    const back = f.registry.interface.encodeFunctionData("nameBuybackHolder", [FLOCK_SEAT, f.addresses.buyback]);
    await decide(f, f.registry, back);
    await observe(f);
    await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
  });
});
