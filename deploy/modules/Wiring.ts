import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Emissions from "./Emissions.ts";
import Graduation from "./Graduation.ts";
import Offering from "./Offering.ts";
import Registry from "./Registry.ts";
import Revenue from "./Revenue.ts";
import Usage from "./Usage.ts";
import Vesting from "./Vesting.ts";

/** Sets every link between contracts, once and for good, and stops if one is missing. */
export default buildModule("Wiring", (m) => {
  const { registry } = m.useModule(Registry);
  const { vault } = m.useModule(Vesting);
  const { waterfall, buyback } = m.useModule(Revenue);
  const { tokenFactory, graduation } = m.useModule(Graduation);
  const { offering } = m.useModule(Offering);
  const { emissions } = m.useModule(Emissions);
  const { meter } = m.useModule(Usage);
  const links = [
    m.call(registry, "wire", [offering, buyback], { id: "registryToOfferingAndBuyback" }),
    m.call(tokenFactory, "wire", [graduation], { id: "tokenFactoryToGraduation" }),
    m.call(graduation, "wire", [offering], { id: "graduationToOffering" }),
    m.call(vault, "wire", [graduation, emissions], { id: "vaultToGraduationAndEmissions" }),
    m.call(waterfall, "wire", [meter], { id: "waterfallToMeter" }),
    m.call(emissions, "wire", [meter], { id: "emissionsToMeter" }),
  ];
  for (const [name, contract] of Object.entries({ registry, vault, waterfall, tokenFactory, graduation, emissions })) {
    m.staticCall(contract, "requireWired", [], 0, { id: `${name}IsWired`, after: links });
  }
  return {};
});
