import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { artifacts, config as hardhatConfig, network } from "hardhat";

import { deployLocalChain } from "../../scripts/lib/deployment/deployment.ts";
import { connectAs } from "../../sdk/src/ethers/connect.ts";
import { deal } from "./deal.ts";
import { startLocalNode } from "./localNode.ts";
import { describeRaiseOnFork } from "./suite.ts";
import type { World } from "./suite.ts";
import { tokens, usdc } from "../support/units.ts";

/** What the USDC/FLOCK pool of the forked chain holds. */
const POOL_FLOCK = tokens(2_000_000);
const POOL_USDC = usdc(2_000_000);
/** What somebody pays there. */
const USDC_IN = usdc(1_000);

/** A fork of a node that has what a public chain has. */
interface LocalWorld extends World {
  usdcPool: string;
}

async function prepareLocalWorld(): Promise<LocalWorld> {
  const node = await startLocalNode();
  try {
    const { chain, usdcPool } = await populate(node.url);
    const fork = await network.create({ override: { forking: { url: node.url } } });
    const close = async () => {
      await fork.close();
      await node.stop();
    };
    return { fork, originUrl: node.url, chain, usdcPool, originIsOurs: true, close };
  } catch (error) {
    await node.stop();
    throw error;
  }
}

/** Puts FLOCK, USDC, Uniswap and a funded pool on an empty chain. */
async function populate(url: string) {
  const origin = await network.create({ network: "localhost", override: { url } });
  // On a chain that is reached over HTTP Ignition keeps a journal, which must not be taken up by the next run.
  const deploymentId = `fork-origin-${process.pid}`;
  const journal = join(hardhatConfig.paths.ignition, "deployments", deploymentId);
  rmSync(journal, { recursive: true, force: true });
  const {
    flock: flockAddress,
    usdc: usdcAddress,
    dexFactory,
  } = await deployLocalChain(origin, { folder: journal, artifacts });
  const chain = { flock: flockAddress, usdc: usdcAddress, dexFactory };
  rmSync(journal, { recursive: true, force: true });

  const factory = connectAs("dexFactory", chain.dexFactory, origin.ethers.provider);
  const usdcPool = await factory.getPair(chain.flock, chain.usdc);
  await origin.close();
  return { chain, usdcPool };
}

describeRaiseOnFork("a fork of a local node", prepareLocalWorld, (here) => {
  it("has the node's USDC/FLOCK pool, where a supporter gets FLOCK", async () => {
    const { world, origin } = here();
    const { fork, chain, usdcPool } = world;
    const [, buyer] = await fork.ethers.getSigners();
    const flock = connectAs("flock", chain.flock, buyer);
    const usdc = connectAs("usdc", chain.usdc, buyer);
    const pair = connectAs("pair", usdcPool, buyer);
    await deal(fork, chain.usdc, buyer!.address, USDC_IN);

    const afterFee = USDC_IN * 997n;
    const flockOut = (POOL_FLOCK * afterFee) / (POOL_USDC * 1_000n + afterFee);
    await usdc.transfer(usdcPool, USDC_IN);
    const flockIsFirst = (await pair.token0()) === chain.flock;
    await pair.swap(flockIsFirst ? flockOut : 0n, flockIsFirst ? 0n : flockOut, buyer!, "0x");
    expect(await flock.balanceOf(buyer!)).to.equal(flockOut);
    expect(await flock.balanceOf(usdcPool)).to.equal(POOL_FLOCK - flockOut);
    // The pool of the node has noticed nothing.
    expect(await connectAs("flock", chain.flock, origin).balanceOf(usdcPool)).to.equal(POOL_FLOCK);
  });
});
