import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { describeRaiseOnFork } from "./suite.ts";
import type { World } from "./suite.ts";

/** An RPC address of Base, if there is one to fork. Nothing else of the environment is read by the tests. */
const BASE_RPC_URL = process.env.FOMO_BASE_RPC_URL;

/** What Base has already. */
const BASE = {
  chainId: 8453,
  flock: "0x5aB3D4c385B400F3aBB49e80DE2fAF6a88A7B691",
  usdc: "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913",
  dexFactory: "0x8909Dc15e40173Ff4699343b6eB8132c65e18eC6",
};

async function prepareBaseWorld(url: string): Promise<World> {
  const fork = await network.create({
    chainType: "op",
    override: { chainId: BASE.chainId, forking: { url } },
  });
  const { flock, usdc, dexFactory } = BASE;
  return {
    // The deployment and the suite use nothing that an OP chain does otherwise.
    fork: fork as unknown as NetworkConnection,
    originUrl: url,
    chain: { flock, usdc, dexFactory },
    originIsOurs: false,
    close: async () => {
      await fork.close();
    },
  };
}

if (BASE_RPC_URL === undefined || BASE_RPC_URL === "") {
  console.log("The fork of Base is not tested: set FOMO_BASE_RPC_URL to an RPC address of Base to test it.");
} else {
  describeRaiseOnFork("a fork of Base", async () => await prepareBaseWorld(BASE_RPC_URL));
}
