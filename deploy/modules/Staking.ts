import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Access from "./Access.ts";
import Offering from "./Offering.ts";
import Vesting from "./Vesting.ts";

/** Staking and the discount. */
export default buildModule("Staking", (m) => {
  const { accessManager } = m.useModule(Access);
  const { vault } = m.useModule(Vesting);
  const { offering } = m.useModule(Offering);
  const staking = m.contract("ModelStaking", [
    accessManager,
    offering,
    vault,
    { capBps: m.getParameter<bigint>("discountCapBps"), multiplier: m.getParameter<bigint>("discountMultiplier") },
  ]);
  return { staking };
});
