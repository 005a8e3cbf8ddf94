import { expect } from "chai";

import { connectAs, interfaceAs } from "../../sdk/src/ethers/connect.ts";
import { GOVERNANCE_DELAY, ROLES } from "../../deploy/config/roles.ts";
import { warningsOf } from "../../scripts/lib/governance/warnings.ts";
import type { Session } from "../../scripts/lib/chain/session.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { ADDRESS, START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";

/** A5: what an administrator could take away of everybody's notice, or whom it could make one, after one delay. */
describe("fomo operations: warnings of calls that take away a delay or change an administrator", function () {
  this.timeout(60_000);

  const manager = interfaceAs("accessManager");
  const SHORT = GOVERNANCE_DELAY - 1n;
  const PUBLIC = 2n ** 64n - 1n;
  const OTHER = 7n;
  const SELECTORS = ["0x12345678"];
  let node: Node;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
  });

  const warned = (target: string, data: string) => {
    const protocol = { addresses: node.addresses, accessManager: { interface: manager } };
    return warningsOf({ protocol } as unknown as Pick<Session, "protocol">, target, data);
  };
  const encode = (fn: string, args: unknown[]) => manager.encodeFunctionData(fn as "grantRole", args as never);

  const cases: [what: string, fn: string, args: () => unknown[], warning: RegExp | undefined][] = [
    ["the governor's role without delay", "grantRole", () => [ROLES.governor, ADDRESS.bob, 0n], /governor role with no delay/],
    ["the administrator's role a second short", "grantRole", () => [ROLES.admin, ADDRESS.bob, SHORT], /admin role with a delay of only 1 day 23 hours/],
    ["the governor's role with the delay", "grantRole", () => [ROLES.governor, ADDRESS.bob, GOVERNANCE_DELAY], undefined],
    ["the guardian's role, which acts at once", "grantRole", () => [ROLES.guardian, ADDRESS.bob, 0n], undefined],
    ["the platform's role, which acts at once", "grantRole", () => [ROLES.platform, ADDRESS.bob, 0n], undefined],
    ["a role that the table does not know", "grantRole", () => [OTHER, ADDRESS.bob, 0n], /number 7 role/],
    ["a short delay of grants", "setGrantDelay", () => [ROLES.admin, SHORT], /granted the admin role act after/],
    ["a long delay of grants", "setGrantDelay", () => [ROLES.admin, GOVERNANCE_DELAY], undefined],
    ["a short delay of a target", "setTargetAdminDelay", () => [node.addresses.buyback, 0n], /change who may call 0x.* no delay/],
    ["a long delay of a target", "setTargetAdminDelay", () => [node.addresses.buyback, GOVERNANCE_DELAY], undefined],
    ["functions for a role that acts at once", "setTargetFunctionRole", () => [node.addresses.buyback, SELECTORS, ROLES.platform], /platform role call functions/],
    ["functions for everybody", "setTargetFunctionRole", () => [node.addresses.buyback, SELECTORS, PUBLIC], /public role call functions/],
    ["functions for the governor", "setTargetFunctionRole", () => [node.addresses.buyback, SELECTORS, ROLES.governor], undefined],
    ["the administrator's role with the delay", "grantRole", () => [ROLES.admin, ADDRESS.bob, GOVERNANCE_DELAY], /makes .* an administrator/],
    ["the end of an administrator", "revokeRole", () => [ROLES.admin, ADDRESS.bob], /takes the admin role from/],
    ["the end of a guardian", "revokeRole", () => [ROLES.guardian, ADDRESS.bob], /takes the guardian role from/],
    ["a contract that is closed", "setTargetClosed", () => [node.addresses.buyback, true], /closes 0x.*no role can call/],
    ["a contract that is opened", "setTargetClosed", () => [node.addresses.buyback, false], undefined],
    ["another administrator of a role", "setRoleAdmin", () => [ROLES.governor, OTHER], /number 7 role grant the governor role/],
    ["the administrator of a role as the table has it", "setRoleAdmin", () => [ROLES.governor, ROLES.admin], /admin role the administrator of the governor role/],
    ["another guardian of a role", "setRoleGuardian", () => [ROLES.governor, OTHER], /takes the guardian's veto/],
    ["the guardian of a role as it is", "setRoleGuardian", () => [ROLES.governor, ROLES.guardian], undefined],
    ["another authority", "updateAuthority", () => [node.addresses.meter, ADDRESS.bob], /hands .* over to the authority/],
    ["a role that is taken away", "revokeRole", () => [ROLES.governor, ADDRESS.bob], undefined],
    ["one of these within several calls", "multicall", () => [[encode("revokeRole", [ROLES.governor, ADDRESS.bob]), encode("grantRole", [ROLES.governor, ADDRESS.bob, 0n])]], /governor role with no delay/],
  ]; // prettier-ignore

  for (const [what, fn, args, warning] of cases) {
    it(`A5 ${warning === undefined ? "says nothing of" : "warns of"} ${what}`, () => {
      const found = warned(node.addresses.accessManager, encode(fn, args()));
      expect(found).to.have.length(warning === undefined ? 0 : 1);
      if (warning !== undefined) expect(found[0]).to.match(warning);
    });
  }

  it("A5 says nothing of bytes that are no call, alone or within several, and still warns of the others", () => {
    const call = encode("grantRole", [ROLES.governor, ADDRESS.bob, 0n]);
    const cutOff = call.slice(0, -64);
    expect(warned(node.addresses.accessManager, cutOff)).to.deep.equal([]);
    expect(warned(node.addresses.accessManager, encode("multicall", [[cutOff, "0x", call]]))).to.have.length(1);
  });

  it("A5 says nothing of calls of other contracts", () => {
    expect(warned(node.addresses.meter, encode("grantRole", [ROLES.governor, ADDRESS.bob, 0n]))).to.deep.equal([]);
  });

  it("A5 is shown with the operation that an administrator has scheduled, to people and to machines", async () => {
    const administrator = await node.provider.getSigner(localParameters().administrator);
    const chain = connectAs("accessManager", node.addresses.accessManager, administrator);
    const data = encode("grantRole", [ROLES.governor, ADDRESS.bob, 0n]);
    await chain.schedule(node.addresses.accessManager, data, 0n);
    const { waiting } = await node.json("operations");
    const [{ warnings }] = waiting as [{ warnings: string[] }];
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain(`gives ${ADDRESS.bob} the governor role with no delay`);
    expect((await node.fomo("operations")).stdout).to.contain("WARNING: It gives");
  });
});
