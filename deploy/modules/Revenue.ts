import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Access from "./Access.ts";
import Registry from "./Registry.ts";
import Vesting from "./Vesting.ts";

/** The waterfall, and the buyback with its first route. */
export default buildModule("Revenue", (m) => {
  const { accessManager } = m.useModule(Access);
  const { registry } = m.useModule(Registry);
  const { vault } = m.useModule(Vesting);
  const usdc = m.getParameter<string>("usdc");
  const waterfall = m.contract("RevenueWaterfall", [usdc, registry]);
  const buyback = m.contract(
    "Buyback",
    [
      accessManager,
      {
        usdc,
        flock: m.getParameter<string>("flock"),
        flockBurns: m.getParameter<boolean>("flockBurns"),
        dexFactory: m.getParameter<string>("dexFactory"),
        pairFeeBps: m.getParameter<bigint>("pairFeeBps"),
        registry,
        vault,
        waterfall,
      },
      {
        bucketBps: m.getParameter<bigint>("bucketBps"),
        bandBps: m.getParameter<bigint>("bandBps"),
        modelMinReserve: m.getParameter<bigint>("modelMinReserve"),
        routeRefillDuration: m.getParameter<bigint>("routeRefillDuration"),
        modelRefillDuration: m.getParameter<bigint>("modelRefillDuration"),
      },
    ],
    // The settings are checked against the tiers that exist.
    { after: [Registry] },
  );
  m.call(buyback, "setRoute", [m.getParameter("route")], { id: "firstRoute" });
  return { waterfall, buyback };
});
