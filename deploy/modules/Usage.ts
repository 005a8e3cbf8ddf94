import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Access from "./Access.ts";
import Emissions from "./Emissions.ts";
import Registry from "./Registry.ts";
import Revenue from "./Revenue.ts";

/** The meter. */
export default buildModule("Usage", (m) => {
  const { accessManager } = m.useModule(Access);
  const { registry } = m.useModule(Registry);
  const { waterfall } = m.useModule(Revenue);
  const { emissions } = m.useModule(Emissions);
  const meter = m.contract("InferenceMeter", [
    accessManager,
    m.getParameter<string>("usdc"),
    registry,
    waterfall,
    emissions,
  ]);
  return { meter };
});
