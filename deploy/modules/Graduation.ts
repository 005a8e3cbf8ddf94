import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Registry from "./Registry.ts";
import Revenue from "./Revenue.ts";
import Vesting from "./Vesting.ts";

/** What a raise becomes: token factory, locker, and the contract that brings them together. */
export default buildModule("Graduation", (m) => {
  const { registry } = m.useModule(Registry);
  const { vault } = m.useModule(Vesting);
  const { buyback } = m.useModule(Revenue);
  const flock = m.getParameter<string>("flock");
  const dexFactory = m.getParameter<string>("dexFactory");
  const tokenFactory = m.contract("ModelTokenFactory");
  const locker = m.contract("LiquidityLocker", [flock, dexFactory, vault, registry]);
  const graduation = m.contract("Graduation", [flock, dexFactory, tokenFactory, vault, locker, registry, buyback]);
  return { tokenFactory, locker, graduation };
});
