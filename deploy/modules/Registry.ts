import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import Access from "./Access.ts";

/** The registry with its first hosting tier. */
export default buildModule("Registry", (m) => {
  const { accessManager } = m.useModule(Access);
  const registry = m.contract("ModelRegistry", [
    accessManager,
    m.getParameter<string>("usdc"),
    m.getParameter<string>("treasury"),
  ]);
  m.call(
    registry,
    "addTier",
    [
      {
        computeCost: m.getParameter<bigint>("tierComputeCost"),
        minMinimumRaise: m.getParameter<bigint>("tierMinMinimumRaise"),
        open: true,
        maxTarget: m.getParameter<bigint>("tierMaxTarget"),
        guaranteesHash: m.getParameter<string>("tierGuaranteesHash"),
      },
      m.getParameter<string>("provider"),
      m.getParameter<string>("tierGuaranteesUri"),
    ],
    { id: "firstTier" },
  );
  return { registry };
});
