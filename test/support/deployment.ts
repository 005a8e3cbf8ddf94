import type { Deployment } from "../../sdk/src/deployments/deployment.ts";

/** The deployment of a scene of the embedded chain, as the SDK takes it. */
export const deploymentIn = ({ addresses }: { addresses: object }): Deployment => ({
  chainId: 31_337,
  network: "embedded",
  usdcDecimals: 6,
  addresses: addresses as Deployment["addresses"],
  firstBlock: 0,
  startBlocks: Object.fromEntries(Object.keys(addresses).map((name) => [name, 0])) as Deployment["startBlocks"],
});
