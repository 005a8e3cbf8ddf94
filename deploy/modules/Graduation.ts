import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Registry from "./Registry.ts";

/** What a raise becomes: token factory, vault, locker, and the contract that brings them together. */
export default buildModule("Graduation", (m) => {
  const { registry } = m.useModule(Registry);
  const flock = m.getParameter<string>("flock");
  const dexFactory = m.getParameter<string>("dexFactory");
  const tokenFactory = m.contract("ModelTokenFactory");
  const vault = m.contract("VestingVault", [flock, registry]);
  const locker = m.contract("LiquidityLocker", [flock, dexFactory, vault, registry]);
  const graduation = m.contract("Graduation", [flock, dexFactory, tokenFactory, vault, locker, registry]);
  return { tokenFactory, vault, locker, graduation };
});
