import { expect } from "chai";
import { JsonRpcProvider, MaxUint256, Wallet, ZeroAddress } from "ethers";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkConnection } from "hardhat/types/network";

import { connectAs, connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { deployProtocol } from "../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import type { Protocol } from "../../sdk/src/ethers/connect.ts";
import { BASE_RATE, soldAt } from "../support/expected.ts";
import { launchPayment, workedExample } from "../support/fixtures.ts";
import { grossFor } from "../support/model/fees.ts";
import { EXAMPLE } from "../support/scenes.ts";
import { deal } from "./deal.ts";
import { itLives } from "./life.ts";
import { ANTI_SNIPE_WINDOW, NO_DEADLINE } from "../support/time.ts";
import { tokens } from "../support/units.ts";

/** A fork, and the chain that it forks. */
export interface World {
  fork: NetworkConnection;
  /** JSON-RPC address of the forked chain. */
  originUrl: string;
  /** What that chain has already. */
  chain: { flock: string; usdc: string; dexFactory: string };
  /** Whether nobody else writes to the forked chain, so that not even its height may change. */
  originIsOurs: boolean;
  close: () => Promise<void>;
}

/** What a supporter puts in for the first purchase, and what is left over for the rest [FLOCK]. */
const BOB_NET = tokens(10_000);
const CAROL_PAYS = "60000";
/** What a trader swaps in the new pool [FLOCK wei]. */
const SWAP_IN = tokens(100);
/** FLOCK of every actor [FLOCK wei]. */
const PURSE = tokens(200_000);

/** What further tests of a fork need. */
export interface Here<W extends World> {
  world: W;
  /** Reads the forked chain. */
  origin: JsonRpcProvider;
}

/**
 * The life of one model on a fork: the same for a local node and for a public network.
 * @param more Tests of this fork alone; they run after graduation, and the last test looks at the forked chain.
 */
export function describeRaiseOnFork<W extends World>(
  title: string,
  prepare: () => Promise<W>,
  more: (here: () => Here<W>) => void = () => undefined,
): void {
  describe(title, function () {
    this.timeout(300_000);
    let world: W;
    let origin: JsonRpcProvider;
    let originHeight: number;
    let protocol: Protocol;
    let alice: HardhatEthersSigner;
    let bob: HardhatEthersSigner;
    let carol: HardhatEthersSigner;
    let modelId: bigint;

    const closing: (() => Promise<void> | void)[] = [];

    before(async () => {
      world = await prepare();
      closing.push(world.close);
      origin = new JsonRpcProvider(world.originUrl, undefined, { staticNetwork: true });
      closing.unshift(() => {
        origin.destroy();
      });
      originHeight = await origin.getBlockNumber();
      // Fresh accounts: the well-known ones have code and history on public networks.
      const { ethers, networkHelpers } = world.fork;
      const actor = async () => {
        const signer = await ethers.getImpersonatedSigner(Wallet.createRandom().address);
        await networkHelpers.setBalance(signer.address, tokens(100));
        await deal(world.fork, world.chain.flock, signer.address, PURSE);
        return signer;
      };
      [alice, bob, carol] = [await actor(), await actor(), await actor()];
    });

    after(async () => {
      for (const close of closing) await close();
    });

    it("has the FLOCK, USDC and Uniswap of the forked chain", async () => {
      for (const address of Object.values(world.chain)) {
        expect(await world.fork.ethers.provider.getCode(address)).to.equal(await origin.getCode(address));
        expect(await origin.getCode(address)).to.not.equal("0x");
      }
    });

    it("takes the protocol", async () => {
      const { provider } = world.fork.ethers;
      const factory = connectAs("dexFactory", world.chain.dexFactory, provider);
      const pair = await factory.getPair(world.chain.usdc, world.chain.flock);
      const route = pair === ZeroAddress ? [] : ("local" as const);
      const addresses = await deployProtocol(world.fork, { ...localParameters(), route }, world.chain);
      protocol = connectProtocol(addresses, carol);
      expect(addresses).to.include(world.chain);
      expect(await protocol.graduation.DEX_FACTORY()).to.equal(world.chain.dexFactory);
    });

    it("launches and sells", async () => {
      const { offering, lens, flock, registry } = protocol;
      for (const actor of [alice, bob, carol]) await flock.connect(actor).approve(offering, MaxUint256);
      await offering.connect(alice).launch(workedExample(), launchPayment());
      modelId = await registry.modelCount();
      await world.fork.networkHelpers.time.increase(ANTI_SNIPE_WINDOW);

      const payment = grossFor(BOB_NET, BASE_RATE);
      await offering.connect(bob).buyExactIn(modelId, payment, 0n, bob, NO_DEADLINE);
      expect((await offering.positionOf(modelId, bob)).mt).to.equal(soldAt(EXAMPLE, BOB_NET));
      expect(await flock.balanceOf(bob)).to.equal(PURSE - payment);

      await offering.connect(carol).buyExactIn(modelId, tokens(CAROL_PAYS), 0n, carol, NO_DEADLINE);
      expect((await lens.raiseOf(modelId)).raised).to.equal(tokens(50_000));
    });

    it("graduates into a pool of the chain's own Uniswap", async () => {
      const { offering, lens, dexFactory, locker, flock, addresses } = protocol;
      const { token } = await lens.raiseOf(modelId);
      await offering.connect(bob).graduate(modelId);

      const pair = connectAs("pair", await dexFactory.getPair(addresses.flock, token), bob);
      const mt = connectAs("modelToken", token, bob);
      expect(await flock.balanceOf(pair)).to.equal(tokens(25_000));
      expect(await mt.balanceOf(pair)).to.equal(tokens(200_000));
      const [reserve0, reserve1] = await pair.getReserves();
      const flockIsFirst = (await pair.token0()) === addresses.flock;
      expect(flockIsFirst ? [reserve0, reserve1] : [reserve1, reserve0]).to.deep.equal([
        tokens(25_000),
        tokens(200_000),
      ]);
      // Uniswap keeps 1,000 wei of the first liquidity.
      const { liquidity } = await locker.lockOf(modelId);
      expect(liquidity).to.equal((await pair.totalSupply()) - 1_000n);
    });

    it("claims", async () => {
      const { offering, lens } = protocol;
      const { token } = await lens.raiseOf(modelId);
      const mt = connectAs("modelToken", token, bob);
      const { mt: bought } = await offering.positionOf(modelId, bob);
      await offering.connect(carol).claim(modelId, bob);
      await offering.connect(carol).claim(modelId, carol);
      expect(await mt.balanceOf(bob)).to.equal(bought);
      expect(await mt.balanceOf(offering)).to.equal(0n);
    });

    it("trades in the pool at Uniswap's price", async () => {
      const { lens, dexFactory, flock, addresses } = protocol;
      const { token } = await lens.raiseOf(modelId);
      const mt = connectAs("modelToken", token, bob);
      const pair = connectAs("pair", await dexFactory.getPair(addresses.flock, token), bob);
      const afterFee = SWAP_IN * 997n;
      const out = (tokens(200_000) * afterFee) / (tokens(25_000) * 1_000n + afterFee);
      const flockIsFirst = (await pair.token0()) === addresses.flock;

      const had = await mt.balanceOf(bob);
      await flock.connect(bob).transfer(pair, SWAP_IN);
      await pair.swap(flockIsFirst ? 0n : out, flockIsFirst ? out : 0n, bob, "0x");
      expect((await mt.balanceOf(bob)) - had).to.equal(out);
    });

    more(() => ({ world, origin }));

    itLives(() => ({ world, protocol, modelId, alice, bob, carol }));

    it("leaves the forked chain as it was", async () => {
      const { addresses } = protocol;
      const { token } = await protocol.lens.raiseOf(modelId);
      const ours = Object.entries<string>({ ...addresses }).filter(([name]) => !(name in world.chain));
      for (const [name, address] of ours) expect(await origin.getCode(address), name).to.equal("0x");
      expect(await origin.getCode(token)).to.equal("0x");

      const flockThere = connectAs("flock", addresses.flock, origin);
      for (const account of [alice.address, bob.address, addresses.offering, addresses.vault]) {
        expect(await flockThere.balanceOf(account)).to.equal(0n);
      }
      if (world.originIsOurs) expect(await origin.getBlockNumber()).to.equal(originHeight);
    });
  });
}
