import { expect } from "chai";
import { ZeroAddress } from "ethers";

import { GOVERNANCE_DELAY, ROLES } from "../../deploy/config/roles.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { connectAs } from "../../sdk/src/ethers/connect.ts";
import { administer, managerCall, scheduleAsAdministrator } from "../support/governance.ts";
import { ADDRESS, START_TIMEOUT, freshNode, transactionsOf } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";

const DAY = 86_400;
const DELAY = Number(GOVERNANCE_DELAY);
const OTHER = 7n;
const DEPLOYER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

/** What the command prints. */
interface Handover extends Document {
  steps: { title: string; state: string }[];
  remains: string[];
  transactions: object[];
}

/** Four holders, none of whom holds anything now. */
const FINALS = { admin: ADDRESS.carol, governor: ADDRESS.dave, guardian: ADDRESS.bob, platform: ADDRESS.stranger };
const NAMED = `--administrator ${FINALS.admin} --governor ${FINALS.governor} --guardian ${FINALS.guardian} --platform ${FINALS.platform}`;
const HANDOVER = `handover-roles ${NAMED}`;

describe("fomo handover-roles", function () {
  this.timeout(START_TIMEOUT);

  let node: Node;
  const start = async () => {
    node = await freshNode();
  };
  /** Runs a hand-over that may not be finished yet; how it ends must fit what it says. */
  const run = async (line = `${HANDOVER} --from administrator`) => {
    const { code, stdout, stderr } = await node.fomo(line, "--json");
    const document = JSON.parse(stdout) as Handover;
    const sent = document.transactions.length;
    expect(code, stderr).to.equal(document.finished === true ? 0 : sent === 0 ? 1 : 2);
    return Object.assign(document, { said: stderr.trim().split("\n").at(-1)! });
  };
  const statesOf = ({ steps }: { steps: { state: string }[] }) => steps.map(({ state }) => state);
  const manager = () => connectAs("accessManager", node.addresses.accessManager, node.provider);
  const holds = async (role: keyof typeof ROLES, account: string) =>
    (await manager().hasRole(ROLES[role], account, { blockTag: "pending" })).isMember;

  describe("from the holders of a deployment to four others", () => {
    before(start);

    it("shows in a dry run what is missing, as nobody in particular, and sends nothing", async () => {
      const before = await node.blocks();
      const document = await node.json(`${HANDOVER} --dry-run`);
      expect(await node.blocks()).to.equal(before);
      expect(document).to.include({ finished: false });
      expect(document.steps).to.have.length(8);
      const planned = document.transactions as { what: string; to: string; gasLimit: number }[];
      expect(planned.map(({ what }) => what)).to.deep.equal(
        (document.steps as { title: string }[]).map(({ title }) => `Schedule: ${title}`),
      );
      expect(planned.every(({ to, gasLimit }) => to === node.addresses.accessManager && gasLimit > 21_000)).to.equal(
        true,
      );
      expect((document.steps as { title: string }[]).at(-1)!.title).to.match(
        /^Take the admin role from 0x7099\w+, who/,
      );
    });

    it("schedules every call, and says what is left and from when", async () => {
      const document = await run();
      expect(transactionsOf(document).every((what) => what.startsWith("Schedule: "))).to.equal(true);
      expect(document.transactions).to.have.length(8);
      expect(statesOf(document)).to.deep.equal(Array(8).fill("wait"));
      expect(document.said).to.match(
        /^The hand-over is not finished: 8 steps are left; run this again from 20\d\d-.* UTC on\.$/,
      );
    });

    it("sends nothing a second time", async () => {
      expect((await run()).transactions).to.deep.equal([]);
    });

    it("is announced to everybody, with a warning of the change of the administrator", async () => {
      const { waiting } = (await node.json("operations")) as { waiting: { warnings: string[] }[] };
      const warnings = waiting.flatMap((operation) => operation.warnings).join("\n");
      expect(warnings)
        .to.contain(`It makes ${FINALS.admin} an administrator`)
        .and.to.contain("It takes the admin role");
    });

    it("executes all of it when its time has come, proves it, and exits with 0", async () => {
      await node.warp(DELAY);
      const document = await run();
      expect(document).to.include({ finished: true });
      expect(document.remains).to.deep.equal([]);
      expect((document.roles as { isFinal: boolean }[]).every(({ isFinal }) => isFinal)).to.equal(true);
      const { administrator, guardian, platform } = localParameters();
      for (const [role, former] of [["admin", administrator], ["governor", administrator], ["guardian", guardian], ["platform", platform]] as const) {
        expect(await holds(role, FINALS[role])).to.equal(true);
        expect(await holds(role, former)).to.equal(false);
      }
    }); // prettier-ignore

    it("proves it again to anybody, without sending anything", async () => {
      const document = await run(`${HANDOVER} --from stranger`);
      expect(document).to.deep.include({ finished: true, transactions: [] });
      const { stdout } = await node.fomo(`${HANDOVER} --from stranger`);
      expect(stdout).to.contain(`the deployer ${DEPLOYER} has nothing left`);
    });
  });

  describe("when grants take their time, five days after the deployment", () => {
    before(async () => {
      await start();
      await node.warp(5 * DAY);
      await run();
      await node.warp(DELAY);
    });

    it("takes no role from anybody before its final holder can act", async () => {
      const { guardian, governor, platform } = localParameters();
      // Nor if somebody executes all that is due with another command, in between.
      await node.json("operations --execute --from administrator");
      const first = await run();
      expect(first.transactions).to.deep.equal([]);
      expect(first.said).to.match(/4 steps are left; run this again from 20\d\d/);
      for (const [role, former] of [["guardian", guardian], ["governor", governor], ["platform", platform]] as const) {
        expect([await holds(role, former), await holds(role, FINALS[role])]).to.deep.equal([true, false]);
      }
      await node.warp(DELAY);
      expect((await run()).transactions).to.deep.equal([]); // a little later, should the grants have been late
      await node.warp(3_600);
      expect(await run()).to.include({ finished: true });
    }); // prettier-ignore
  });

  describe("after an interruption", () => {
    before(start);

    it("goes on where it stands, whatever was done before", async () => {
      const { accessManager } = node.addresses;
      const grant = managerCall("grantRole", ROLES.guardian, FINALS.guardian, 0n);
      await scheduleAsAdministrator(node, [grant]);
      expect((await run()).transactions).to.have.length(7);
      await node.warp(DELAY);
      const administrator = await node.provider.getSigner(localParameters().administrator);
      await (await manager().connect(administrator).execute(accessManager, grant)).wait();
      const document = await run();
      expect(document.transactions).to.have.length(7);
      expect(document).to.include({ finished: true });
    });
  });

  describe("of roles in many hands", () => {
    before(async () => {
      await start();
      await administer(
        node,
        managerCall("grantRole", ROLES.guardian, DEPLOYER, 0n),
        managerCall("grantRole", ROLES.governor, FINALS.governor, 0n),
        managerCall("grantRole", OTHER, DEPLOYER, 0n),
        managerCall("grantRole", ROLES.admin, ADDRESS.treasury, 0n),
      );
    });

    it("asks for the final holder of a role that several hold", async () => {
      const sentence = await node.refusalUnsent(`handover-roles --administrator ${FINALS.admin} --from administrator`);
      expect(sentence).to.equal("Now 2 accounts hold the governor role: name its final holder with --governor.");
    });

    it("asks who makes the calls if several administrators could", async () => {
      const sentence = await node.refusalUnsent(`${HANDOVER} --dry-run`);
      expect(sentence).to.match(/^The admin role is held by 0x.* and 0x.*: say with --from who makes the calls\.$/);
    });

    it("is not finished while anybody else holds anything, though every final holder holds its role", async () => {
      const { administrator: admin, guardian, platform } = localParameters();
      const present = `--administrator ${admin} --governor ${admin} --guardian ${guardian} --platform ${platform}`;
      const document = await node.json(`handover-roles ${present} --dry-run --from administrator`);
      expect(document).to.include({ finished: false });
      expect(document.remains).to.have.members([
        `${DEPLOYER} still holds the guardian role.`,
        `${DEPLOYER} still holds the number 7 role.`,
        `${FINALS.governor} still holds the governor role.`,
        `${ADDRESS.treasury} still holds the admin role.`,
      ]);
    });

    it("leaves nothing with any of them, at once if the administrator needs no notice", async () => {
      const document = await run(`${HANDOVER} --from treasury`);
      expect(document).to.include({ finished: true });
      const done = transactionsOf(document).join("\n");
      expect(done).to.contain(`Take the number 7 role from ${DEPLOYER}`);
      expect(done).to.contain(`Take the guardian role from ${DEPLOYER}`);
      expect(done).to.contain(`Grant the governor role to ${FINALS.governor} with a delay of 2 days`); // it had no delay
      const roles = (await node.json("roles")).roles as { members: object[] }[];
      expect(roles.flatMap(({ members }) => members)).to.have.length(4);
    });

    it("is not finished while the deployer holds a seat of the protocol", async () => {
      await node.json("seat --seat treasury --offer deployer --from treasury");
      await node.json("seat --seat treasury --accept --from deployer");
      const document = await run(`${HANDOVER} --from carol`);
      expect(document.said).to.contain("holds the treasury's seat");
      expect(document.remains).to.deep.equal([
        `The deployer ${DEPLOYER} holds the treasury's seat: hand it over with \`fomo seat\`.`,
      ]);
    });
  });

  describe("refuses, without sending anything,", () => {
    before(start);
    const refusals: [what: string, line: string, sentence: RegExp][] = [
      ["to guess", "", /^Say who is to hold the roles: either --parameters with a file, or some of --admin/],
      ["two sources", `${NAMED} --parameters deploy/parameters/local.json5`, /^Say who is to hold the roles/],
      [
        "the file of another chain",
        "--parameters deploy/parameters/base.json5",
        /is not known|The parameter file is for/,
      ],
      ["the zero address", `--guardian ${ZeroAddress}`, /^`guardian` is the zero address, which can never act/],
      ["the deployer", "--governor deployer", /^`governor` is the deployer 0xf39F\w+, which is to have nothing left/],
      ["what is no address", "--platform 0x12", /^--platform is "0x12"/],
      ["a guardian that governs", "--guardian administrator", /^`guardian` and `governor` are both 0x7099/],
      [
        "a platform that governs",
        "--platform guardian",
        /^`platform` is 0x3C44\w+ \(guardian\), which is to govern, too/,
      ],
      [
        "who is no administrator",
        `${NAMED} --from bob`,
        /^0x976E\w+ \(bob\) does not hold the admin role: name its holder 0x7099/,
      ],
    ];
    for (const [what, line, sentence] of refusals) {
      it(what, async () => {
        expect(await node.refusalUnsent(`handover-roles ${line}`.trim())).to.match(sentence);
      });
    }

    it("a contract of the protocol", async () => {
      const sentence = await node.refusalUnsent(`handover-roles --administrator ${node.addresses.accessManager}`);
      expect(sentence).to.match(/^`administrator` is the protocol's own contract accessManager, which can never act/);
    });
  });
});
