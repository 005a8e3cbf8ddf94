import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Emissions from "./Emissions.ts";
import Graduation from "./Graduation.ts";
import Offering from "./Offering.ts";
import Registry from "./Registry.ts";
import Revenue from "./Revenue.ts";
import Staking from "./Staking.ts";
import Usage from "./Usage.ts";
import Vesting from "./Vesting.ts";

/** The lens, which reads all other contracts. None of them knows it. */
export default buildModule("Lens", (m) => {
  const { registry } = m.useModule(Registry);
  const { vault } = m.useModule(Vesting);
  const { buyback } = m.useModule(Revenue);
  const { graduation, locker } = m.useModule(Graduation);
  const { offering } = m.useModule(Offering);
  const { staking } = m.useModule(Staking);
  const { emissions } = m.useModule(Emissions);
  const { meter } = m.useModule(Usage);
  const lens = m.contract("ProtocolLens", [
    {
      flock: m.getParameter<string>("flock"),
      usdc: m.getParameter<string>("usdc"),
      registry,
      offering,
      graduation,
      vault,
      locker,
      staking,
      meter,
      buyback,
      emissions,
    },
  ]);
  return { lens };
});
