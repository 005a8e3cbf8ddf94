import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Graduation from "./Graduation.ts";
import Offering from "./Offering.ts";
import Registry from "./Registry.ts";

/** Sets every link between contracts, once and for good, and stops if one is missing. */
export default buildModule("Wiring", (m) => {
  const { registry } = m.useModule(Registry);
  const { vault, graduation } = m.useModule(Graduation);
  const { offering } = m.useModule(Offering);
  const links = [
    m.call(registry, "wire", [offering], { id: "registryToOffering" }),
    m.call(graduation, "wire", [offering], { id: "graduationToOffering" }),
    m.call(vault, "wire", [graduation], { id: "vaultToGraduation" }),
  ];
  for (const [name, contract] of Object.entries({ registry, vault, graduation })) {
    m.staticCall(contract, "requireWired", [], 0, { id: `${name}IsWired`, after: links });
  }
  return {};
});
