import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Access from "./Access.ts";
import Graduation from "./Graduation.ts";
import Registry from "./Registry.ts";

/** The offering. */
export default buildModule("Offering", (m) => {
  const { accessManager } = m.useModule(Access);
  const { registry } = m.useModule(Registry);
  const { graduation } = m.useModule(Graduation);
  const offering = m.contract("RealModelOffering", [
    accessManager,
    m.getParameter<string>("flock"),
    registry,
    graduation,
    {
      launchFee: m.getParameter<bigint>("launchFee"),
      creatorFeeBps: m.getParameter<bigint>("creatorFeeBps"),
      protocolFeeBps: m.getParameter<bigint>("protocolFeeBps"),
      antiSnipeStartBps: m.getParameter<bigint>("antiSnipeStartBps"),
      antiSnipeWindow: m.getParameter<bigint>("antiSnipeWindow"),
      bundleCapBps: m.getParameter<bigint>("bundleCapBps"),
    },
  ]);
  return { offering };
});
