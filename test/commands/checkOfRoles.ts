import { expect } from "chai";

import { ROLES } from "../../deploy/config/roles.ts";
import { connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import type { Protocol } from "../../sdk/src/ethers/connect.ts";
import { runCheck } from "../support/check.ts";
import type { Difference } from "../support/check.ts";
import { ADDRESS, START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";

const DAY = 86_400;
const OTHER = ADDRESS.stranger;
/** The first of Hardhat's accounts, which deploys. */
const DEPLOYER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

/** What `fomo check` finds after each change that an administrator can make. */
describe("fomo check: roles", function () {
  this.timeout(START_TIMEOUT);

  let node: Node;
  let protocol: Protocol;
  beforeEach(async () => {
    node = await freshNode();
    protocol = connectProtocol(node.addresses, node.provider);
  });

  /** Sends a call of the AccessManager's administrator after its delay. */
  const administer = async (name: string, ...values: unknown[]) => {
    const { accessManager } = protocol;
    const administrator = await node.provider.getSigner(localParameters().administrator);
    const manager = accessManager.connect(administrator);
    const data = accessManager.interface.encodeFunctionData(name as "grantRole", values as never);
    await (await manager.schedule(accessManager, data, 0n)).wait();
    await node.warp(2 * DAY);
    await (await manager.execute(accessManager, data)).wait();
  };

  const { guardian } = localParameters();
  const roleChanges: [what: string, name: string, values: () => unknown[], difference: Partial<Difference>][] = [
    [
      "a member that nobody has named",
      "grantRole",
      () => [ROLES.guardian, OTHER, 0],
      { group: "roles", key: `guardian ${OTHER}`, expected: "no member" },
    ],
    [
      "a member that is gone",
      "revokeRole",
      () => [ROLES.guardian, guardian],
      { group: "roles", key: "guardian", expected: "member with a delay of 0 s", actual: "no member" },
    ],
    [
      "a role that the table does not have",
      "grantRole",
      () => [9n, OTHER, 60],
      { group: "roles", key: `role 9 ${OTHER}`, actual: "member with a delay of 60 s" },
    ],
    [
      "another delay of a member",
      "grantRole",
      () => [ROLES.guardian, guardian, 60],
      {
        group: "roles",
        key: "guardian",
        expected: "member with a delay of 0 s",
        actual: "member with a delay of 60 s",
      },
    ],
    [
      "another administrator of a role",
      "setRoleAdmin",
      () => [ROLES.governor, ROLES.platform],
      { group: "roles", key: "governor: granted by", expected: "admin", actual: "platform" },
    ],
    [
      "another guardian of a role",
      "setRoleGuardian",
      () => [ROLES.governor, ROLES.platform],
      { group: "roles", key: "governor: cancelled by", expected: "guardian", actual: "platform" },
    ],
    [
      "another delay of grants",
      "setGrantDelay",
      () => [ROLES.platform, 600_000],
      { group: "roles", key: "platform: grants wait", expected: "172800 s", actual: "600000 s" },
    ],
    [
      "a function that everybody may call",
      "setTargetFunctionRole",
      () => [node.addresses.registry, [protocol.registry.interface.getFunction("addTier").selector], 2n ** 64n - 1n],
      { group: "functions", key: "ModelRegistry.addTier", expected: "governor", actual: "everybody" },
    ],
    [
      "another delay of changes of roles",
      "setTargetAdminDelay",
      () => [node.addresses.meter, 600_000],
      { group: "functions", key: "InferenceMeter: changes of roles wait", actual: "600000 s" },
    ],
    [
      "a contract that is closed",
      "setTargetClosed",
      () => [node.addresses.meter, true],
      { group: "functions", key: "InferenceMeter: closed", expected: "false", actual: "true" },
    ],
    [
      "a role of the deployer",
      "grantRole",
      () => [ROLES.platform, DEPLOYER, 0],
      { group: "deployer", key: `platform ${DEPLOYER}`, expected: "no member", fault: true },
    ],
  ];
  for (const [what, name, values, difference] of roleChanges) {
    it(`finds ${what}`, async () => {
      await administer(name, ...values());
      const differences = (await runCheck(node)).differences;
      expect(differences).to.have.length(1);
      expect(differences[0]).to.include({ fault: false, ...difference });
    });
  }
});
