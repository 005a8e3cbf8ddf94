import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Access from "./Access.ts";
import Graduation from "./Graduation.ts";
import Registry from "./Registry.ts";
import Revenue from "./Revenue.ts";
import Staking from "./Staking.ts";
import Vesting from "./Vesting.ts";

/** Emissions and usage rewards. The budget is empty until somebody funds it. */
export default buildModule("Emissions", (m) => {
  const { accessManager } = m.useModule(Access);
  const { registry } = m.useModule(Registry);
  const { vault } = m.useModule(Vesting);
  const { graduation } = m.useModule(Graduation);
  const { staking } = m.useModule(Staking);
  const { buyback } = m.useModule(Revenue);
  const emissions = m.contract("EmissionDistributor", [
    accessManager,
    {
      flock: m.getParameter<string>("flock"),
      flockBurns: m.getParameter<boolean>("flockBurns"),
      usdcUnit: m.getParameter<bigint>("usdcUnit"),
      registry,
      vault,
      graduation,
      staking,
      buyback,
    },
    {
      dailyRate: m.getParameter<bigint>("dailyEmission"),
      maxFlockPerUsdc: m.getParameter<bigint>("maxFlockPerUsdc"),
      maxRewardBps: m.getParameter<bigint>("maxRewardBps"),
      minimumStake: m.getParameter<bigint>("minimumStake"),
    },
  ]);
  return { emissions };
});
