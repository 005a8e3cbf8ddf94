import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Future, ModuleParameterRuntimeValue } from "@nomicfoundation/ignition-core";
import type { Interface } from "ethers";

import { ModelRegistry__factory, RealModelOffering__factory } from "../../typechain-types/index.ts";
import { EXECUTION_DELAYS, GOVERNANCE_DELAY, RESTRICTED_FUNCTIONS, ROLES } from "../config/roles.ts";
import type { RestrictedContract, RoleName } from "../config/roles.ts";
import Access from "./Access.ts";
import Offering from "./Offering.ts";
import Registry from "./Registry.ts";
import Wiring from "./Wiring.ts";

/** The interfaces from which selectors are taken. */
const INTERFACES: Record<RestrictedContract, Interface> = {
  ModelRegistry: ModelRegistry__factory.createInterface(),
  RealModelOffering: RealModelOffering__factory.createInterface(),
};

/** The selector of a restricted function; a name in the role table that the contract does not have is a mistake. */
function selectorOf(contractName: RestrictedContract, functionName: string): string {
  const fragment = INTERFACES[contractName].getFunction(functionName);
  if (fragment === null)
    throw new Error(`deploy/config/roles.ts names ${contractName}.${functionName}, which does not exist`);
  return fragment.selector;
}

/** Applies the role table and gives the AccessManager to its administrator; the deployer keeps nothing. */
export default buildModule("Roles", (m) => {
  const { accessManager } = m.useModule(Access);
  const { registry } = m.useModule(Registry);
  const { offering } = m.useModule(Offering);
  const targets = { ModelRegistry: registry, RealModelOffering: offering };

  // Nothing is handed over before everything is deployed and wired: the first tier is added by the deployer.
  const after = [Wiring];
  const settled: Future[] = [
    m.call(accessManager, "labelRole", [ROLES.governor, "governor"], { id: "labelGovernor", after }),
    m.call(accessManager, "labelRole", [ROLES.guardian, "guardian"], { id: "labelGuardian", after }),
    // The guardian may cancel what the governor has scheduled.
    m.call(accessManager, "setRoleGuardian", [ROLES.governor, ROLES.guardian], { after }),
    m.call(accessManager, "setGrantDelay", [ROLES.governor, GOVERNANCE_DELAY], { id: "delayGovernorGrants", after }),
    m.call(accessManager, "setGrantDelay", [ROLES.guardian, GOVERNANCE_DELAY], { id: "delayGuardianGrants", after }),
  ];
  for (const contractName of Object.keys(RESTRICTED_FUNCTIONS) as RestrictedContract[]) {
    const target = targets[contractName];
    const byRole: Partial<Record<RoleName, readonly string[]>> = RESTRICTED_FUNCTIONS[contractName];
    for (const [role, functions] of Object.entries(byRole)) {
      const selectors = functions.map((name) => selectorOf(contractName, name));
      const roleId = ROLES[role as RoleName];
      settled.push(
        m.call(accessManager, "setTargetFunctionRole", [target, selectors, roleId], {
          id: `${contractName}_${role}`,
          after,
        }),
      );
    }
    settled.push(
      m.call(accessManager, "setTargetAdminDelay", [target, GOVERNANCE_DELAY], {
        id: `${contractName}_adminDelay`,
        after,
      }),
    );
  }

  const grant = (id: string, role: RoleName, account: ModuleParameterRuntimeValue<string>) =>
    m.call(accessManager, "grantRole", [ROLES[role], account, EXECUTION_DELAYS[role]], { id, after: settled });
  const granted = [
    grant("grantGovernor", "governor", m.getParameter<string>("governor")),
    grant("grantGuardian", "guardian", m.getParameter<string>("guardian")),
    grant("grantAdmin", "admin", m.getParameter<string>("administrator")),
  ];
  m.call(accessManager, "renounceRole", [ROLES.admin, m.getAccount(0)], { id: "renounceAdmin", after: granted });
  return { accessManager };
});
