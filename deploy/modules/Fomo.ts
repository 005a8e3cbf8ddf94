import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Chain from "./Chain.ts";
import Emissions from "./Emissions.ts";
import Graduation from "./Graduation.ts";
import Lens from "./Lens.ts";
import Offering from "./Offering.ts";
import Registry from "./Registry.ts";
import Revenue from "./Revenue.ts";
import Roles from "./Roles.ts";
import Staking from "./Staking.ts";
import Usage from "./Usage.ts";
import Vesting from "./Vesting.ts";

/** The whole protocol: deployed, wired, and handed over. Its parameters are in `deploy/parameters/`. */
export default buildModule("Fomo", (m) => {
  const { flock, usdc, dexFactory } = m.useModule(Chain);
  const { registry } = m.useModule(Registry);
  const { vault } = m.useModule(Vesting);
  const { waterfall, buyback } = m.useModule(Revenue);
  const { tokenFactory, locker, graduation } = m.useModule(Graduation);
  const { offering } = m.useModule(Offering);
  const { staking } = m.useModule(Staking);
  const { emissions } = m.useModule(Emissions);
  const { meter } = m.useModule(Usage);
  const { lens } = m.useModule(Lens);
  const { accessManager } = m.useModule(Roles);
  return {
    accessManager,
    registry,
    vault,
    waterfall,
    buyback,
    tokenFactory,
    locker,
    graduation,
    offering,
    staking,
    emissions,
    meter,
    lens,
    flock,
    usdc,
    dexFactory,
  };
});
