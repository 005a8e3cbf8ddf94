import { once } from "node:events";

import { JsonRpcProvider } from "ethers";

import { jsonFlock, jsonUsdc, parseWhole } from "../../lib/command/amounts.ts";
import { show } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { buildWithProgress } from "../../lib/chain/build.ts";
import { DeploymentProgress } from "../../lib/chain/deploymentProgress.ts";
import { LIVE_API_ID, serveModel } from "../../lib/chain/liveModel.ts";
import { LOCAL_HOST } from "../../lib/chain/localHost.ts";
import { startLocalNode } from "../../lib/chain/localNode.ts";
import type { LocalNode } from "../../lib/chain/localNode.ts";
import { pairsOf, tableOf } from "../../lib/command/table.ts";
import { FIRST_LOCAL_CHAIN, LOCAL_CHAINS } from "../../lib/chain/identity.ts";
import type { DocumentOf } from "../../lib/documents/index.ts";

interface Arguments {
  json: boolean;
  port: string | undefined;
  chainId: string | undefined;
  liveModel: boolean;
}

const DEFAULT_PORT = "8545";

/** `fomo node`: a local chain with the protocol on it, until Ctrl-C. */
export default runCommand("node", async (args: Arguments, { hre, out }) => {
  const port = Number(parseWhole("--port", args.port ?? DEFAULT_PORT, 1n, 65_535n));
  const typedId = args.chainId ?? FIRST_LOCAL_CHAIN.toString();
  const chainId = parseWhole("--chain-id", typedId, FIRST_LOCAL_CHAIN, FIRST_LOCAL_CHAIN + LOCAL_CHAINS - 1n);

  await buildWithProgress(hre, out);
  const progress = new DeploymentProgress(`http://${LOCAL_HOST}:${port.toString()}`);
  const starting = startLocalNode(hre, port, chainId).finally(() => {
    progress.stop();
  });
  const node = await out.during(() => progress.describe(), starting);
  if (args.liveModel) {
    const provider = new JsonRpcProvider(node.url, chainId, { staticNetwork: true });
    await out.during(() => "Selling out a raise, and graduating it", serveModel(provider, node.addresses));
    provider.destroy();
  }
  describe(node, out.say.bind(out));
  if (args.liveModel) out.say(`Model 1 has graduated and is live as "${LIVE_API_ID}".`);
  out.document(documentOf(node));

  const stopped = Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await stopped;
  out.say("\nStopping; the chain and its deployment are forgotten.");
  await node.stop();
  return undefined;
});

function describe(node: LocalNode, say: (line?: string) => void): void {
  say(`JSON-RPC at ${node.url}, chain ${node.chainId.toString()}\n`);
  say(pairsOf({ ...node.addresses, router: node.router }));
  say();
  say(
    tableOf(
      [">index", "name", "address", ">FLOCK", ">USDC"],
      node.accounts.map(({ index, name, address, flock, usdc }) => [
        index,
        name,
        address,
        show(flock),
        show(usdc, node.usdcDecimals),
      ]),
    ),
  );
  say(`The platform is ${node.platform}: --from platform. USDC and FLOCK trade in a pool of 2,000,000 each.`);
  say("The accounts are Hardhat's well-known ones; they are unlocked here and worth nothing anywhere.");
  // Commands look for the chain at the default port unless the environment names another.
  const where = node.url.endsWith(`:${DEFAULT_PORT}`) ? "" : `FOMO_LOCALHOST_URL=${node.url} `;
  say(`\nIn another terminal: ${where}npx hardhat fomo launch --file deploy/launches/qwen-alice.json5 --from alice`);
  say("Ctrl-C stops the chain.");
}

function documentOf(node: LocalNode): DocumentOf<"node"> {
  return {
    url: node.url,
    chainId: Number(node.chainId),
    addresses: { ...node.addresses, router: node.router },
    platform: node.platform,
    accounts: node.accounts.map(({ index, name, address, flock, usdc }) => ({
      index,
      name,
      address,
      ...jsonFlock("balance", flock),
      ...jsonUsdc("balance", usdc, node.usdcDecimals),
    })),
  };
}
