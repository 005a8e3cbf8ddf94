import { expect } from "chai";

import { GOVERNANCE_DELAY } from "../../../deploy/config/roles.ts";
import { FLOCK_SEAT, WAIT, createPool, decide, earn, earningFixture, observe } from "../../support/buyback.ts";
import type { MarketScene } from "../../support/buyback.ts";
import { ethers, networkHelpers } from "../../support/fixtures.ts";
import { NO_DEADLINE } from "../../support/time.ts";
import { tokens, usdc } from "../../support/units.ts";

/** A pair of a route, and the reserve of what comes in below which nothing is bought. */
interface Hop {
  pair: string;
  minReserve: bigint;
}

describe("Buyback: setRoute", () => {
  const MIN = usdc(1_000);
  let other: string;
  let weth: string;
  let toWeth: string;
  let fromWeth: string;
  let f: MarketScene;

  /** Two more ways to FLOCK: over WETH, and a pair of the model's token that leads nowhere. */
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
    weth = await (await ethers.deployContract("PlainToken", ["WETH", 18, tokens(1_000_000)])).getAddress();
    toWeth = await createPool(f.dexFactory, f.deployer, [
      { token: f.addresses.usdc, amount: usdc(1_000_000) },
      { token: weth, amount: tokens(400) },
    ]);
    fromWeth = await createPool(f.dexFactory, f.deployer, [
      { token: weth, amount: tokens(400) },
      { token: f.addresses.flock, amount: tokens(1_000_000) },
    ]);
    other = f.modelPair;
  });

  const encode = (route: readonly Hop[]) => f.buyback.interface.encodeFunctionData("setRoute", [[...route]]);
  const routed = (route: readonly Hop[]) => decide(f, f.buyback, encode(route));

  it("reverts above three pairs", async () => {
    const pairs = [toWeth, fromWeth, f.routePair, other].map((pair) => ({ pair, minReserve: MIN }));
    await expect(routed(pairs)).to.be.revertedWithCustomError(f.buyback, "Buyback_BadRouteLength").withArgs(4n, 3n);
  });

  it("reverts if the first pair does not begin with USDC", async () => {
    await expect(routed([{ pair: fromWeth, minReserve: MIN }]))
      .to.be.revertedWithCustomError(f.buyback, "Buyback_RouteBroken")
      .withArgs(fromWeth, f.addresses.usdc);
  });

  it("reverts if a pair does not continue the route", async () => {
    await expect(routed([toWeth, f.routePair].map((pair) => ({ pair, minReserve: MIN }))))
      .to.be.revertedWithCustomError(f.buyback, "Buyback_RouteBroken")
      .withArgs(f.routePair, weth);
  });

  it("reverts if the route ends at another token", async () => {
    await expect(routed([{ pair: toWeth, minReserve: MIN }]))
      .to.be.revertedWithCustomError(f.buyback, "Buyback_RouteEndsElsewhere")
      .withArgs(weth);
  });

  it("reverts if a pair stands in it twice, also in the other direction", async () => {
    await expect(routed([toWeth, toWeth, f.routePair].map((pair) => ({ pair, minReserve: MIN }))))
      .to.be.revertedWithCustomError(f.buyback, "Buyback_PairRepeated")
      .withArgs(toWeth);
  });

  it("replaces the whole route and reports both", async () => {
    const route = [
      { pair: toWeth, minReserve: usdc(10_000) },
      { pair: fromWeth, minReserve: tokens(4) },
    ];
    const plain = (pairs: typeof route) => pairs.map(({ pair, minReserve }) => [pair, minReserve]);
    const before = [{ pair: f.routePair, minReserve: usdc(1_000) }];
    await expect(routed(route)).to.emit(f.buyback, "RouteChanged").withArgs(plain(before), plain(route));
    expect(await f.buyback.routePairs()).to.deep.equal(plain(route));
    // A shorter one leaves nothing of a longer one.
    await routed(before);
    expect(await f.buyback.routePairs()).to.deep.equal(plain(before));
  });

  it("keeps what waits: the credit is spent over the new route", async () => {
    await routed([
      { pair: toWeth, minReserve: MIN },
      { pair: fromWeth, minReserve: 0n },
    ]);
    expect((await f.buyback.nextFlockLot(0n)).wait).to.equal(WAIT.NoObservation);
    await observe(f);
    const supply = await f.flock.totalSupply();
    const lot = await f.buyback.buyFlock.staticCall(0n, 0n, NO_DEADLINE);
    await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    expect(await f.flock.totalSupply()).to.equal(supply - lot.amountOut);
    expect(await f.waterfall.creditOf(FLOCK_SEAT)).to.equal(usdc(3_000) - lot.amountIn);
  });

  it("takes an empty route: the money waits", async () => {
    await routed([]);
    expect(await f.buyback.routePairs()).to.deep.equal([]);
    expect((await f.buyback.nextFlockLot(0n)).wait).to.equal(WAIT.NoRoute);
  });

  it("keeps the buckets of pairs that come back", async () => {
    await earn(f, usdc(90_000));
    const pairs = [{ pair: f.routePair, minReserve: MIN }];
    const manager = f.accessManager.connect(f.administrator);
    await manager.schedule(f.buyback, encode(pairs), 0);
    await networkHelpers.time.increase(GOVERNANCE_DELAY);
    await observe(f);
    await f.buyback.buyFlock(0n, 0n, NO_DEADLINE);
    await manager.execute(f.buyback, encode(pairs));
    const { amountIn } = await f.buyback.nextFlockLot(0n);
    expect(amountIn < usdc(100)).to.equal(true);
  });
});
