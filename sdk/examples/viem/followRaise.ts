import {
  decodeLogs,
  deploymentOf,
  eventFilter,
  openingPrices,
  openingTermsOf,
  plain,
  raiseOf,
  showFlock,
  showPrice,
} from "fomo-sdk";
import type { PublicClient } from "viem";

/**
 * Follows a raise from its launch on: every purchase with what has been raised then, and at which price the pool would
 * open. An indexer keeps the number of the last block that it has read, and goes on from there.
 * @param fromBlock The first block to read: `deployment.startBlocks.offering`, or where one stopped.
 */
export async function followRaise(client: PublicClient, modelId: bigint, fromBlock: bigint) {
  const deployment = deploymentOf(await client.getChainId());
  const raise = await client.readContract(raiseOf(deployment, modelId));
  const { address, topics } = eventFilter(deployment, "offering", "Bought", { modelId });
  const toBlock = await client.getBlockNumber();
  const range = { fromBlock: `0x${fromBlock.toString(16)}`, toBlock: `0x${toBlock.toString(16)}` } as const;
  const logs = await client.request({ method: "eth_getLogs", params: [{ address, topics, ...range }] });

  const lines = decodeLogs(deployment, logs).flatMap((event) => {
    if (event.contract !== "offering" || event.name !== "Bought") return [];
    const { recipient, flockIn, raised } = event.args;
    const { soonestWad } = openingPrices(openingTermsOf(raise), raised);
    const opens = `the pool would open at ${showPrice(soonestWad)}`;
    return [
      `${recipient} paid ${showFlock(flockIn)} for ${plain(raise.symbol)}: ${showFlock(raised)} raised, ${opens}`,
    ];
  });
  return { lines, next: toBlock + 1n };
}
