import { expect } from "chai";

import { GOVERNANCE_DELAY, RESTRICTED_FUNCTIONS, ROLES } from "../../deploy/config/roles.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { interfaceAs } from "../../sdk/src/ethers/connect.ts";
import { administer, managerCall } from "../support/governance.ts";
import { ADDRESS, START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";

const DAY = 86_400;
const DELAY = Number(GOVERNANCE_DELAY);
const PUBLIC = 2n ** 64n - 1n;
const OTHER = 7n;
const SET_ROUTE = interfaceAs("buyback").getFunction("setRoute").selector;

interface RoleDocument {
  roleId: string;
  role: string;
  members: { account: string; isMember: boolean; delaySeconds: number; pendingDelay: Document | null }[];
  admin: string;
  guardian: string;
  grantDelaySeconds: number;
  pendingGrantDelay: { delaySeconds: number } | null;
  functions: { function: string }[];
}

describe("fomo roles", function () {
  this.timeout(60_000);

  let node: Node;
  const roles = async () => (await node.json("roles")).roles as RoleDocument[];
  const differences = async () => (await node.json("roles")).differences as string[];
  const roleOf = (all: RoleDocument[], name: string) => all.find(({ role }) => role === name)!;

  describe("of a new deployment", () => {
    before(async function () {
      this.timeout(START_TIMEOUT);
      node = await freshNode();
    });

    it("names the one holder of each role with its delay, and nobody who held one before", async () => {
      const { administrator, governor, guardian, platform } = localParameters();
      const held = (await roles()).map(({ role, members }) => [
        role,
        ...members.map(({ account, isMember, delaySeconds }) => [account, isMember, delaySeconds]),
      ]);
      expect(held).to.deep.equal([
        ["admin", [administrator, true, DELAY]],
        ["governor", [governor, true, DELAY]],
        ["guardian", [guardian, true, 0]],
        ["platform", [platform, true, 0]],
      ]);
    });

    it("names who grants each role, who vetoes it, and the functions of the role table", async () => {
      const all = await roles();
      for (const { admin, guardian, role } of all) {
        expect(admin).to.equal("admin");
        expect(guardian).to.equal(role === "governor" ? "guardian" : "admin");
      }
      const listed = Object.fromEntries(all.map(({ role, functions }) => [role, functions.length]));
      const inTable = (role: string) =>
        Object.values<Record<string, readonly string[]>>(RESTRICTED_FUNCTIONS).flatMap((byRole) => byRole[role] ?? []);
      for (const role of ["governor", "guardian", "platform"]) expect(listed[role]).to.equal(inTable(role).length);
      expect(roleOf(all, "platform").functions.map((one) => one.function)).to.include("meter.settle");
    });

    it("tells delays that are still to come, and takes them for no difference", async () => {
      const all = await roles();
      expect(roleOf(all, "guardian")).to.include({ grantDelaySeconds: 0 });
      expect(roleOf(all, "guardian").pendingGrantDelay).to.include({ delaySeconds: DELAY });
      expect(await differences()).to.deep.equal([]);
      await node.warp(5 * DAY);
      const later = await node.json("roles");
      expect(roleOf(later.roles as RoleDocument[], "guardian")).to.deep.include({
        grantDelaySeconds: DELAY,
        pendingGrantDelay: null,
      });
      const [target] = later.targets as Document[];
      expect(target).to.deep.include({ adminDelaySeconds: DELAY, pendingAdminDelay: null, closed: false });
      expect(later.differences).to.deep.equal([]);
    });

    it("shows people the same", async () => {
      const { stdout } = await node.fomo("roles");
      expect(stdout).to.match(/admin +│ 0x70997970C51812dc3A010C7d01b50e0d17dc79C8/);
      expect(stdout).to.contain("may call       registry.addTier, registry.changeTier");
      expect(stdout).to.contain("All of it is as the role table says.");
    });
  });

  const selector = "0x12345678";
  const cases: [what: string, call: () => string, difference: RegExp][] = [
    ["a second holder", () => managerCall("grantRole", ROLES.guardian, ADDRESS.bob, 0n), /^The guardian role has one holder in the table, and 2 accounts hold it/],
    ["no holder", () => managerCall("revokeRole", ROLES.platform, localParameters().platform), /^The platform role has one holder in the table, and nobody holds it/],
    ["a holder without its delay", () => managerCall("grantRole", ROLES.governor, ADDRESS.bob, 0n), /^0x976E\w+ holds the governor role with no delay: the table says 2 days/],
    ["a holder of a role that is not in the table", () => managerCall("grantRole", OTHER, ADDRESS.bob, 0n), /^0x976E\w+ holds the role number 7, which the table does not have/],
    ["another administrator of a role", () => managerCall("setRoleAdmin", ROLES.governor, OTHER), /^The governor role is granted and revoked by the number 7 role: the table says admin/],
    ["another veto", () => managerCall("setRoleGuardian", ROLES.governor, ROLES.platform), /^What the governor role schedules is cancelled by the platform role: the table says guardian/],
    ["a delay of grants that will end", () => managerCall("setGrantDelay", ROLES.guardian, 0n), /^A grant of the guardian role holds after .*no delay: the table says 2 days/],
    ["a delay of changes that will end", () => managerCall("setTargetAdminDelay", node.addresses.buyback, 0n), /^Who may call 0x\w+ is changed after .*no delay: the table says 2 days/],
    ["a function of another role", () => managerCall("setTargetFunctionRole", node.addresses.buyback, [SET_ROUTE], ROLES.platform), /^buyback\.setRoute belongs to the platform role: the table says governor/],
    ["a function that the table does not list", () => managerCall("setTargetFunctionRole", node.addresses.flock, [selector], ROLES.platform), /^The platform role may call flock\.0x12345678, which the table does not list/],
    ["a function that is open to everybody", () => managerCall("setTargetFunctionRole", node.addresses.flock, [selector], PUBLIC), /^Everybody may call flock\.0x12345678/],
    ["a contract that is closed", () => managerCall("setTargetClosed", node.addresses.meter, true), /^0x\w+ is closed: no role can call it/],
  ]; // prettier-ignore

  describe("marks what differs from the role table:", () => {
    for (const [what, call, difference] of cases) {
      it(what, async function () {
        this.timeout(START_TIMEOUT);
        node = await freshNode();
        await administer(node, call());
        const found = await differences();
        expect(
          found.some((sentence) => difference.test(sentence)),
          found.join("\n"),
        ).to.equal(true);
        expect((await node.fomo("roles")).stdout).to.contain(`DIFFERS: ${found[0]!.slice(0, 30)}`);
      });
    }
  });
});
