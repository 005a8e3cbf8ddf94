import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Chain from "./Chain.ts";
import Graduation from "./Graduation.ts";
import Offering from "./Offering.ts";
import Registry from "./Registry.ts";
import Roles from "./Roles.ts";

/** The whole protocol: deployed, wired, and handed over. Its parameters are in `deploy/parameters/`. */
export default buildModule("Fomo", (m) => {
  const { flock, usdc, dexFactory } = m.useModule(Chain);
  const { registry } = m.useModule(Registry);
  const { tokenFactory, vault, locker, graduation } = m.useModule(Graduation);
  const { offering } = m.useModule(Offering);
  const { accessManager } = m.useModule(Roles);
  return { accessManager, registry, tokenFactory, vault, locker, graduation, offering, flock, usdc, dexFactory };
});
