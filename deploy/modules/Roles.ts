import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import type { Future, ModuleParameterRuntimeValue } from "@nomicfoundation/ignition-core";
import type { Interface } from "ethers";

import { interfaceAs } from "../../sdk/src/ethers/connect.ts";
import {
  EXECUTION_DELAYS,
  GOVERNANCE_DELAY,
  RESTRICTED_FUNCTIONS,
  ROLES,
  WAITING_GRANTS,
  grantDelayOf,
} from "../config/roles.ts";
import type { RestrictedContract, RoleName } from "../config/roles.ts";
import Access from "./Access.ts";
import Emissions from "./Emissions.ts";
import Offering from "./Offering.ts";
import Registry from "./Registry.ts";
import Revenue from "./Revenue.ts";
import Staking from "./Staking.ts";
import Usage from "./Usage.ts";
import Wiring from "./Wiring.ts";

/** The interfaces from which selectors are taken. */
const INTERFACES: Record<RestrictedContract, Interface> = {
  ModelRegistry: interfaceAs("registry"),
  RealModelOffering: interfaceAs("offering"),
  ModelStaking: interfaceAs("staking"),
  InferenceMeter: interfaceAs("meter"),
  Buyback: interfaceAs("buyback"),
  EmissionDistributor: interfaceAs("emissions"),
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
  const { staking } = m.useModule(Staking);
  const { meter } = m.useModule(Usage);
  const { buyback } = m.useModule(Revenue);
  const { emissions } = m.useModule(Emissions);
  const targets = {
    ModelRegistry: registry,
    RealModelOffering: offering,
    ModelStaking: staking,
    InferenceMeter: meter,
    Buyback: buyback,
    EmissionDistributor: emissions,
  };

  // Nothing is handed over before everything is deployed and wired: the first tier is added by the deployer.
  const after = [Wiring];
  const settled: Future[] = [
    // The guardian may cancel what the governor has scheduled, within the delay.
    m.call(accessManager, "setRoleGuardian", [ROLES.governor, ROLES.guardian], { after }),
  ];
  // Delays of the AccessManager's own settings begin to hold 5 days after this; until then the administrator is bound by
  // the execution delay of its role alone.
  for (const role of WAITING_GRANTS) {
    settled.push(
      m.call(accessManager, "labelRole", [ROLES[role], role], { id: `label_${role}`, after }),
      m.call(accessManager, "setGrantDelay", [ROLES[role], grantDelayOf(role)], { id: `grantDelay_${role}`, after }),
    );
  }
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
    // Each goes to the account of that name in the parameters.
    ...WAITING_GRANTS.map((role) => grant(`grant_${role}`, role, m.getParameter<string>(role))),
    grant("grant_admin", "admin", m.getParameter<string>("administrator")),
  ];
  m.call(accessManager, "renounceRole", [ROLES.admin, m.getAccount(0)], { id: "renounceAdmin", after: granted });
  return { accessManager };
});
