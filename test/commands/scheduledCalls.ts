import { expect } from "chai";
import { ZeroHash, hexlify, id, toUtf8Bytes } from "ethers";

import { GOVERNANCE_DELAY, RESTRICTED_FUNCTIONS, ROLES } from "../../deploy/config/roles.ts";
import { connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { seatOf } from "../../sdk/src/names/seats.ts";
import { ACCESS_CALLS } from "../../scripts/lib/governance/accessCalls.ts";
import { RESTRICTED_CONTRACTS } from "../../scripts/lib/governance/access.ts";
import { SETTING_CALLS } from "../../scripts/lib/governance/settingCalls.ts";
import { changing } from "../support/abi.ts";
import { MANAGER, administer, managerCall, scheduleAsAdministrator } from "../support/governance.ts";
import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { ADDRESS, START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";
import { tokens } from "../support/units.ts";

interface Decoded {
  target: string;
  data: string;
  changes: { title: string; values: { key: string; from: string | null; to: string }[] }[];
}

const HASH = id("guarantees");
const TERMS = {
  computeCost: 300_000n,
  minMinimumRaise: tokens(2_000),
  maxTarget: tokens(50_000),
  guaranteesHash: HASH,
  open: false,
};
const GUARDIAN = localParameters().guardian;
const { provider: PROVIDER } = localParameters().firstTier; // prettier-ignore

/** Every call that governance and the administrator can schedule, as `operations` shows it. */
describe("fomo operations: what a scheduled call would change", function () {
  this.timeout(60_000);

  let node: Node;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
    await graduateModel(node.provider, node.addresses);
    // So that somebody without any of the four roles may schedule all that governs.
    await administer(node, managerCall("setTargetFunctionRole", node.addresses.registry, [setApiId()], ROLES.governor));
  });

  const protocol = () => connectProtocol(node.addresses, node.provider);
  const setApiId = () => protocol().registry.interface.getFunction("setApiId").selector;
  /** What `operations` says of a call, once the administrator (who also governs here) has scheduled it. */
  const shown = async (target: string, data: string) => {
    await scheduleAsAdministrator(node, [data], target);
    const { waiting } = (await node.json("operations")) as { waiting: Decoded[] };
    const found = waiting.find((operation) => operation.target === target && operation.data === data)!;
    // The delays of the AccessManager begin to hold 5 days after the deployment.
    const now = (from: string | null) => from?.replace(/, from 20.* UTC/, ", then") ?? null;
    return found.changes.map(({ title, values }) => [
      title,
      ...values.map(({ key, from, to }) => [key, now(from), to]),
    ]);
  };

  type Expected = (string | (string | null)[])[];
  const settings: Record<string, [values: () => unknown[], title: string, ...values: (string | null)[][]]> = {
    "offering.setOfferingSettings": [
      () => [{ launchFee: tokens(2_000), creatorFeeBps: 30, protocolFeeBps: 90, antiSnipeStartBps: 9_900, antiSnipeWindow: 60, bundleCapBps: 0 }],
      "Settings of launches",
      ["launchFeeFlock", "1000", "2000"],
      ["creatorFeeBps", "30", "30"],
      ["protocolFeeBps", "95", "90"],
      ["antiSnipeStartBps", "9900", "9900"],
      ["antiSnipeWindowSeconds", "5880", "60"],
      ["bundleCapBps", "2500", "0"],
    ],
    "staking.setDiscountSettings": [
      () => [{ capBps: 2_000, multiplier: 3 }],
      "Settings of the discount",
      ["discountCapBps", "3000", "2000"],
      ["discountMultiplier", "2", "3"],
    ],
    "buyback.setBuybackSettings": [
      () => [{ bucketBps: 10, bandBps: 9_800, modelMinReserve: tokens("1.5"), routeRefillDuration: 300, modelRefillDuration: 7_200 }],
      "Settings of buybacks",
      ["bucketBps", "15", "10"],
      ["bandBps", "9800", "9800"],
      ["modelMinReserveFlock", "250", "1.5"],
      ["routeRefillSeconds", "300", "300"],
      ["modelRefillSeconds", "18000", "7200"],
    ],
    "emissions.setEmissionSettings": [
      () => [tokens(30_000), tokens("0.5"), 2_500],
      "Rate and caps of emissions",
      ["dailyEmissionFlock", "20000", "30000"],
      ["maxFlockPerUsdc", "200", "0.5"],
      ["maxRewardBps", "0", "2500"],
    ],
    "emissions.setMinimumStake": [() => [tokens(2)], "Minimum stake for rewards", ["minimumStakeMt", "1", "2"]],
    "registry.addTier": [
      () => [TERMS, ADDRESS.dave, "ipfs://guarantees"],
      "New hosting tier",
      ["computeCostUsdcPerMillionUnits", null, "0.3"],
      ["minMinimumRaiseFlock", null, "2000"],
      ["maxTargetFlock", null, "50000"],
      ["guaranteesUri", null, "ipfs://guarantees"],
      ["guaranteesSha256", null, HASH],
      ["open", null, "false"],
      ["provider", null, ADDRESS.dave],
    ],
    "registry.changeTier": [
      () => [1, TERMS, "ipfs://guarantees"],
      "Terms of hosting tier 1",
      ["computeCostUsdcPerMillionUnits", "0.2", "0.3"],
      ["minMinimumRaiseFlock", "1000", "2000"],
      ["maxTargetFlock", "10000000", "50000"],
      ["guaranteesUri", null, "ipfs://guarantees"],
      ["guaranteesSha256", localParameters().firstTier.guaranteesSha256, HASH],
      ["open", "true", "false"],
    ],
    "registry.nameProvider": [() => [1, ADDRESS.dave], "Compute provider of hosting tier 1", ["provider", PROVIDER, ADDRESS.dave]],
    "registry.setApiId": [() => [1, "flock/qwen"], "API id of model 1", ["apiId", null, "flock/qwen"]],
  }; // prettier-ignore

  describe("of governance, in the units of a parameter file, now and proposed:", () => {
    for (const [name, [values, title, ...expected]] of Object.entries(settings)) {
      it(name, async () => {
        const [contract, fn] = name.split(".") as ["offering", "setOfferingSettings"];
        const data = protocol()[contract].interface.encodeFunctionData(fn, values() as never);
        expect(await shown(node.addresses[contract], data)).to.deep.equal([[title, ...expected]] satisfies Expected[]);
      });
    }

    it("buyback.setRoute", async () => {
      const { buyback } = protocol();
      const [{ pair, minReserve }] = (await buyback.routePairs()) as unknown as [{ pair: string; minReserve: bigint }];
      const data = buyback.interface.encodeFunctionData("setRoute", [[{ pair, minReserve: 7n }]]);
      const written = (least: bigint) => JSON.stringify([{ pair, minReserveWei: least.toString() }]);
      expect(await shown(node.addresses.buyback, data)).to.deep.equal([
        ["Route from USDC to FLOCK", ["route", written(minReserve), written(7n)]],
      ]);
    });

    it("registry.nameBuybackHolder", async () => {
      const seat = seatOf("buyback-flock", 0n);
      const data = protocol().registry.interface.encodeFunctionData("nameBuybackHolder", [seat, ADDRESS.dave]);
      expect(await shown(node.addresses.registry, data)).to.deep.equal([
        ["Holder of the FLOCK buyback's seat", ["holder", node.addresses.buyback, ADDRESS.dave]],
      ]);
      const { stdout } = await node.fomo("operations");
      expect(stdout).to.contain(`${node.addresses.buyback} (buyback)`); // people see its name
    });

    it("every function that the role table gives to the governor, so that none is left out", () => {
      const governed = Object.entries(RESTRICTED_FUNCTIONS).flatMap(([contract, byRole]) =>
        ("governor" in byRole ? byRole.governor : []).map(
          (fn) => `${RESTRICTED_CONTRACTS[contract as keyof typeof RESTRICTED_CONTRACTS]}.${fn}`,
        ),
      );
      expect(Object.keys(SETTING_CALLS)).to.have.members([...governed, "registry.setApiId"]);
    });
  });

  describe("of the administrator, in words:", () => {
    const registry = () => node.addresses.registry;
    const cases: [call: () => string, title: RegExp, ...values: (string | null)[][]][] = [
      [() => managerCall("grantRole", ROLES.guardian, GUARDIAN, 60n), /^Grant of the guardian role to 0x3C44/, ["guardian role", "held, with no delay", "held, with a delay of 1 minute"]],
      [() => managerCall("grantRole", ROLES.admin, ADDRESS.bob, GOVERNANCE_DELAY), /^Grant of the admin role to 0x976E/, ["admin role", "not held", "held, with a delay of 2 days"]],
      [() => managerCall("grantRole", 2n ** 64n - 1n, ADDRESS.bob, 0n), /^Grant of the public role/, ["public role", "held by everybody", "held, with no delay"]],
      [() => managerCall("revokeRole", ROLES.guardian, GUARDIAN), /^End of the guardian role of 0x3C44/, ["guardian role", "held, with no delay", "not held"]],
      [() => managerCall("setRoleAdmin", ROLES.governor, 7n), /^Who grants and revokes the governor role$/, ["administrator", "the admin role", "the number 7 role"]],
      [() => managerCall("setRoleGuardian", ROLES.governor, ROLES.platform), /^Who can cancel what the governor role schedules$/, ["guardian", "the guardian role", "the platform role"]],
      [() => managerCall("setGrantDelay", ROLES.platform, 3_600n), /^Delay of grants of the platform role$/, ["delay of grants", "no delay, then 2 days", "1 hour"]],
      [() => managerCall("setTargetAdminDelay", registry(), 0n), /^Delay of changes of who may call 0x/, ["delay of changes", "no delay, then 2 days", "no delay"]],
      [() => managerCall("setTargetClosed", registry(), true), /^Whether roles can call 0x\w+ at all$/, ["who can call it", "its roles", "no role"]],
      [() => managerCall("setTargetFunctionRole", registry(), [setApiId(), "0x12345678"], ROLES.guardian), /^Who may call functions of 0x/, ["registry.setApiId", "the governor role", "the guardian role"], ["registry.0x12345678", "the admin role", "the guardian role"]],
      [() => managerCall("labelRole", 7n, "seven"), /^Label of the number 7 role$/, ["label", null, "seven"]],
    ]; // prettier-ignore
    for (const [call, title, ...values] of cases) {
      it(title.source, async () => {
        const [[found, ...changed]] = (await shown(node.addresses.accessManager, call())) as [Expected];
        expect(found).to.match(title);
        expect(changed).to.deep.equal(values);
      });
    }

    it("another authority, from the one that holds", async () => {
      const data = managerCall("updateAuthority", registry(), ADDRESS.bob);
      const [[title, change]] = (await shown(node.addresses.accessManager, data)) as [Expected];
      expect(title).to.match(/^Authority over 0x/);
      expect(change).to.deep.equal(["authority", node.addresses.accessManager, ADDRESS.bob]);
    });

    it("several calls in one, each of them", async () => {
      const inside = [managerCall("setGrantDelay", ROLES.guardian, 0n), "0x12345678"];
      const [first, second] = await shown(node.addresses.accessManager, managerCall("multicall", inside));
      expect(first![0]).to.equal("Delay of grants of the guardian role");
      expect(second![0]).to.match(/^A call of 0x\w+ that this version does not know$/);
    });

    it("every function that is the administrator's, so that none is left out", () => {
      const open = ["cancel", "consumeScheduledOp", "execute", "schedule", "renounceRole", "multicall"];
      const all = changing(MANAGER).map(({ name }) => name);
      expect(Object.keys(ACCESS_CALLS)).to.have.members(all.filter((name) => !open.includes(name)));
    });
  });

  describe("shows what it does not know harmlessly:", () => {
    it("another contract, by selector and data", async () => {
      const data = hexlify(toUtf8Bytes("\u001b[2J and more"));
      const unknown = `A call of ${ADDRESS.bob} that this version does not know`;
      expect(await shown(ADDRESS.bob, data)).to.deep.equal([
        [unknown, ["selector", null, data.slice(0, 10)], ["data", null, data]],
      ]);
    });

    it("values that are cut off", async () => {
      const data = managerCall("grantRole", ROLES.guardian, ADDRESS.bob, 0n).slice(0, -2);
      const [[title]] = (await shown(node.addresses.accessManager, data)) as [Expected];
      expect(title).to.match(/^A call of 0x/);
    });

    it("a tier that does not exist, and a seat of nobody, by their values", async () => {
      const { interface: abi } = protocol().registry;
      const provider = abi.encodeFunctionData("nameProvider", [99, ADDRESS.bob]);
      expect(await shown(node.addresses.registry, provider)).to.deep.equal([
        ["registry.nameProvider", ["tierId", null, "99"], ["provider", null, ADDRESS.bob]],
      ]);
      const [[title]] = (await shown(
        node.addresses.registry,
        abi.encodeFunctionData("nameBuybackHolder", [ZeroHash, ADDRESS.bob]),
      )) as [Expected];
      expect(title).to.match(/^Holder of the seat 0x0{64}$|^registry\.nameBuybackHolder$/);
    });

    it("an authority over what is no contract of the protocol", async () => {
      const data = managerCall("updateAuthority", ADDRESS.bob, ADDRESS.carol);
      const [[, change]] = (await shown(node.addresses.accessManager, data)) as [Expected];
      expect(change).to.deep.equal(["authority", "none", ADDRESS.carol]);
    });

    it("text of a terminal's commands, escaped", async () => {
      await shown(node.addresses.accessManager, managerCall("labelRole", 8n, "\u001b[2Jred"));
      const { stdout } = await node.fomo("operations");
      expect(stdout).to.contain("\\u{1b}[2Jred").and.not.to.contain("\u001b");
    });
  });
});
