import { getBytes } from "ethers";

import { LARGEST_CONTRACT } from "./budgets.ts";
import type { Ground } from "./ground.ts";
import { rowsOf } from "./measurement.ts";
import type { Measurement } from "./measurement.ts";

/** What the deployment cost, contract by contract, and how large the contracts are. */
export async function measureDeployment({ connection, protocol, deployment }: Ground): Promise<Measurement[]> {
  const { provider } = connection.ethers;
  const { addresses } = protocol;
  const contracts = {
    AccessManager: addresses.accessManager,
    ModelRegistry: addresses.registry,
    ModelTokenFactory: addresses.tokenFactory,
    VestingVault: addresses.vault,
    LiquidityLocker: addresses.locker,
    Graduation: addresses.graduation,
    RealModelOffering: addresses.offering,
    ModelStaking: addresses.staking,
    InferenceMeter: addresses.meter,
    RevenueWaterfall: addresses.waterfall,
    Buyback: addresses.buyback,
    EmissionDistributor: addresses.emissions,
    ProtocolLens: addresses.lens,
  };

  const deployedBy = new Map<string, bigint>();
  let everything = 0n;
  for (let number = deployment.first; number <= deployment.last; number++) {
    const block = await provider.getBlock(number);
    for (const hash of block?.transactions ?? []) {
      const receipt = await provider.getTransactionReceipt(hash);
      everything += receipt!.gasUsed;
      if (receipt!.contractAddress !== null) deployedBy.set(receipt!.contractAddress, receipt!.gasUsed);
    }
  }

  const row = rowsOf("Deployment");
  const rows: Measurement[] = [];
  for (const [name, address] of Object.entries(contracts)) {
    rows.push(row(name, deployedBy.get(address)!));
  }
  rows.push(row("the whole protocol, wired and handed over", everything));
  const size = rowsOf("Size of the code");
  for (const [name, address] of Object.entries(contracts)) {
    rows.push(size(name, BigInt(getBytes(await provider.getCode(address)).length), LARGEST_CONTRACT, "bytes"));
  }
  return rows;
}
