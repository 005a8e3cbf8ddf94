import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

/** The AccessManager. The deployer administers it until `Roles` hands it over. */
export default buildModule("Access", (m) => {
  const accessManager = m.contract("AccessManager", [m.getAccount(0)]);
  return { accessManager };
});
