import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Registry from "./Registry.ts";

/** The vault. */
export default buildModule("Vesting", (m) => {
  const { registry } = m.useModule(Registry);
  const vault = m.contract("VestingVault", [m.getParameter<string>("flock"), registry]);
  return { vault };
});
