import type { Provider } from "ethers";
import {
  decodeLogs,
  deploymentOf,
  eventFilter,
  openingPrices,
  openingTermsOf,
  plain,
  showFlock,
  showPrice,
} from "fomo-sdk";
import { connectProtocol } from "fomo-sdk/ethers";

/**
 * Follows a raise from its launch on: every purchase with what has been raised then, and at which price the pool would
 * open. An indexer keeps the number of the last block that it has read, and goes on from there.
 * @param fromBlock The first block to read: `deployment.startBlocks.offering`, or where one stopped.
 */
export async function followRaise(provider: Provider, modelId: bigint, fromBlock: number) {
  const deployment = deploymentOf((await provider.getNetwork()).chainId);
  const raise = await connectProtocol(deployment.addresses, provider).lens.raiseOf(modelId);
  const toBlock = await provider.getBlockNumber();
  const filter = eventFilter(deployment, "offering", "Bought", { modelId });
  const logs = await provider.getLogs({ ...filter, fromBlock, toBlock });

  const lines = decodeLogs(deployment, logs).flatMap((event) => {
    if (event.contract !== "offering" || event.name !== "Bought") return [];
    const { recipient, flockIn, raised } = event.args;
    const { soonestWad } = openingPrices(openingTermsOf(raise), raised);
    const opens = `the pool would open at ${showPrice(soonestWad)}`;
    return [
      `${recipient} paid ${showFlock(flockIn)} for ${plain(raise.symbol)}: ${showFlock(raised)} raised, ${opens}`,
    ];
  });
  return { lines, next: toBlock + 1 };
}
