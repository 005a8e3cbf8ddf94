import { expect } from "chai";
import { MaxUint256, Wallet, parseUnits } from "ethers";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import type { Protocol } from "../../sdk/src/ethers/connect.ts";
import { signVoucher } from "../../sdk/src/signing/voucher.ts";
import { connectAs } from "../../sdk/src/ethers/connect.ts";
import { deal } from "./deal.ts";
import type { World } from "./suite.ts";
import { DAY, OBSERVATION_AGE, REFILL } from "../support/time.ts";
import { tokens } from "../support/units.ts";

/** `Wait.None` of the buyback. */
const NOTHING_IN_THE_WAY = 0n;
/** What Bob stakes [MT wei], and what is in the budget of emissions [FLOCK wei]. */
const STAKE = tokens(5_000);
const BUDGET = tokens(50_000);
/** What Bob uses: 100 million units for 100 USDC, of which 20 are compute cost. */
const UNITS = 100_000_000n;
const PAID = "100";

/** A graduated model on a fork. */
export interface Graduated {
  world: World;
  protocol: Protocol;
  modelId: bigint;
  alice: HardhatEthersSigner;
  /** Holds MT. */
  bob: HardhatEthersSigner;
  /** Holds FLOCK. */
  carol: HardhatEthersSigner;
}

/** What comes after graduation, on the chain's own USDC and through its own pools. */
export function itLives(here: () => Graduated): void {
  const time = () => here().world.fork.networkHelpers.time;
  const platformOf = async ({ world }: Graduated) => {
    const { platform } = localParameters();
    await world.fork.networkHelpers.setBalance(platform, tokens(100));
    return await world.fork.ethers.getImpersonatedSigner(platform);
  };
  const mtOf = async ({ protocol, modelId, bob }: Graduated) => {
    const { token } = await protocol.vault.recordOf(modelId);
    return connectAs("modelToken", token, bob);
  };

  it("goes live, and a stake counts after a day", async () => {
    const { protocol, modelId, bob, carol } = here();
    const { registry, staking, emissions, flock } = protocol;
    await registry.connect(await platformOf(here())).setApiId(modelId, "fork");
    await flock.connect(carol).approve(emissions, MaxUint256);
    await emissions.connect(carol).fund(BUDGET);
    await (await mtOf(here())).approve(staking, STAKE);
    await staking.connect(bob).stake(modelId, STAKE);
    expect(await staking.stakeOf(modelId, bob)).to.equal(0n);
    await time().increase(DAY);
    expect(await staking.stakeOf(modelId, bob)).to.equal(STAKE);
    expect(await staking.discountOf(modelId, bob)).to.be.greaterThan(0n);
  });

  it("takes a deposit of the chain's USDC and settles what a key has signed", async () => {
    const { world, protocol, modelId, bob } = here();
    const { meter, waterfall, registry, usdc } = protocol;
    const paid = parseUnits(PAID, await usdc.decimals());
    const key = Wallet.createRandom();
    await deal(world.fork, world.chain.usdc, bob.address, 2n * paid);
    await usdc.connect(bob).approve(meter, 2n * paid);
    await meter.connect(bob).deposit(2n * paid);
    await meter.connect(bob).authorizeKey(key.address, paid, BigInt(await time().latest()) + DAY);

    const { chainId } = await world.fork.ethers.provider.getNetwork();
    const place = { chainId, addresses: protocol.addresses };
    const used = { units: UNITS, list: paid, paid };
    const row = await signVoucher(key, place, { user: bob.address, key: key.address, modelId, ...used });
    await meter.connect(await platformOf(here())).settle(modelId, [row]);
    expect(await usdc.balanceOf(meter)).to.equal(paid);
    expect(await usdc.balanceOf(waterfall)).to.equal(paid);
    expect(await waterfall.creditOf(await registry.providerSeatOf(1n))).to.equal(paid / 5n);
    expect(await waterfall.creditOf(await registry.treasurySeat())).to.equal((paid * 24n) / 100n);
    expect(await waterfall.creditOf(await registry.issuerSeatOf(modelId))).to.equal((paid * 8n) / 100n);
  });

  it("buys back through the chain's own pool, or lets the money wait without one", async () => {
    const { world, protocol, modelId, bob } = here();
    const { buyback } = protocol;
    for (let turn = 0; turn < 2; turn++) {
      await time().increase(OBSERVATION_AGE);
      await buyback.connect(bob).pokeRoute();
      await buyback.connect(bob).pokeModel(modelId);
    }
    const { wait, amountOut } = await buyback.nextFlockLot(modelId);
    if (wait !== NOTHING_IN_THE_WAY) {
      expect(world.originIsOurs, "the node's own pool can be used").to.equal(false);
      await expect(buyback.connect(bob).buyFlock(modelId, 0n, MaxUint256)).to.be.revertedWithCustomError(
        buyback,
        "Buyback_Wait",
      );
      return;
    }

    await buyback.connect(bob).buyFlock(modelId, 0n, MaxUint256);
    expect(await buyback.flockOf(modelId))
      .to.equal(amountOut)
      .and.to.be.greaterThan(0n);
    await time().increase(REFILL);
    const mt = await mtOf(here());
    const supply = await mt.totalSupply();
    const lot = await buyback.nextMtLot(modelId);
    await buyback.connect(bob).buyMt(modelId, lot.amountOutMin, MaxUint256);
    expect(supply - (await mt.totalSupply())).to.equal(lot.amountOut);
    expect(await buyback.flockOf(modelId)).to.equal(amountOut - lot.amountIn);
  });

  it("pays rewards to its users and its issuer", async () => {
    const { protocol, modelId, alice, bob, carol } = here();
    const { emissions, flock } = protocol;
    await time().increase(DAY);
    const mt = await mtOf(here());
    const { flock: flockReward, mt: mtReward } = await emissions.claimableOf(bob, modelId);
    expect(flockReward).to.be.greaterThan(0n);
    expect(mtReward).to.be.greaterThan(0n);

    const had = { flock: await flock.balanceOf(bob), mt: await mt.balanceOf(bob) };
    await emissions.connect(carol).claim(bob, [modelId]);
    expect((await flock.balanceOf(bob)) - had.flock).to.equal(flockReward);
    expect((await mt.balanceOf(bob)) - had.mt).to.equal(mtReward);

    const bonus = await emissions.issuerBonusOf(modelId);
    const aliceHad = await flock.balanceOf(alice);
    await emissions.connect(alice).claimIssuerBonus(modelId, alice);
    expect((await flock.balanceOf(alice)) - aliceHad)
      .to.equal(bonus)
      .and.to.be.greaterThan(0n);
  });
}
