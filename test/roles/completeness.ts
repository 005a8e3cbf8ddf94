import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { Interface } from "ethers";

import { GOVERNANCE_DELAY, RESTRICTED_FUNCTIONS, ROLES } from "../../deploy/config/roles.ts";
import type { RestrictedContract } from "../../deploy/config/roles.ts";
import { changing, functionsOf } from "../support/abi.ts";
import { EVERYBODY, actorsFixture } from "../support/actors.ts";
import type { ActorsScene } from "../support/actors.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { DAY, HOUR } from "../support/time.ts";

const SOURCES = join(import.meta.dirname, "..", "..", "contracts");

/** Names of the functions that carry the modifier in the sources, whatever file they are in. */
function restrictedInSources(): string[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".sol"));
  return files.flatMap((file) => {
    const code = readFileSync(join(SOURCES, file), "utf8").replaceAll(/\/\/.*$|\/\*[\s\S]*?\*\//gm, "");
    const headers = code.matchAll(/\bfunction\s+(\w+)\s*\([^{;]*/g);
    return [...headers].filter(([header]) => /\brestricted\b/.test(header)).map(([, name]) => name!);
  });
}

/** Names of the functions in the role table. */
function restrictedInTable(): string[] {
  return Object.values(RESTRICTED_FUNCTIONS).flatMap((byRole) => Object.values(byRole).flat() as string[]);
}

describe("Roles: the table is complete", () => {
  let f: ActorsScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(actorsFixture);
  });

  const rooms = () => ({
    ModelRegistry: f.registry,
    RealModelOffering: f.offering,
    Graduation: f.graduation,
    VestingVault: f.vault,
    LiquidityLocker: f.locker,
    ModelTokenFactory: f.tokenFactory,
    ModelStaking: f.staking,
    InferenceMeter: f.meter,
    EmissionDistributor: f.emissions,
    RevenueWaterfall: f.waterfall,
    Buyback: f.buyback,
  });

  const managed = () => [f.registry, f.offering, f.staking, f.meter, f.emissions, f.buyback];

  it("names exactly the functions that are restricted in the sources", () => {
    expect(restrictedInSources().sort()).to.deep.equal(restrictedInTable().sort());
    expect(restrictedInSources()).to.not.be.empty;
  });

  it("names only functions that the contracts have", () => {
    for (const [contract, byRole] of Object.entries(RESTRICTED_FUNCTIONS)) {
      const abi: Interface = rooms()[contract as RestrictedContract].interface;
      for (const name of Object.values(byRole).flat() as string[]) expect(abi.getFunction(name)?.name).to.equal(name);
    }
  });

  it("stands on the chain exactly, for every state-changing function of every room", async () => {
    for (const [contract, room] of Object.entries(rooms())) {
      const table = (RESTRICTED_FUNCTIONS as Record<string, Record<string, readonly string[]>>)[contract] ?? {};
      for (const fragment of changing(room.interface)) {
        const role = Object.entries(table).find(([, names]) => names.includes(fragment.name))?.[0] ?? "admin";
        const stored = await f.accessManager.getTargetFunctionRole(room, fragment.selector);
        expect(stored, `${contract}.${fragment.name}`).to.equal(ROLES[role as keyof typeof ROLES]);
      }
    }
  });

  it("covers every room that asks the AccessManager at all, and no other", () => {
    const asking = Object.entries(rooms()).filter(([, room]) =>
      functionsOf(room.interface).some(({ name }) => name === "setAuthority"),
    );
    expect(asking.map(([contract]) => contract)).to.have.members(Object.keys(RESTRICTED_FUNCTIONS));
  });

  describe("members and delays", () => {
    const HOLDERS = {
      admin: "administrator",
      governor: "governor",
      guardian: "guardian",
      platform: "platform",
    } as const;
    const DELAYS = { admin: 48n * HOUR, governor: 172_800n, guardian: 0n, platform: 0n };

    it("gives each role to one actor, with its delay, and to nobody else", async () => {
      expect(GOVERNANCE_DELAY).to.equal(48n * HOUR);
      for (const [role, holder] of Object.entries(HOLDERS) as ["admin", "administrator"][]) {
        for (const actor of EVERYBODY) {
          const [isMember, delay] = await f.accessManager.hasRole(ROLES[role], f.actors[actor]);
          expect(isMember, `${actor} as ${role}`).to.equal(actor === holder);
          expect(delay).to.equal(actor === holder ? DELAYS[role] : 0n);
        }
      }
    });

    it("leaves the deployer no role, not even a pending one", async () => {
      for (const role of Object.values(ROLES)) {
        expect(await f.accessManager.getAccess(role, f.deployer)).to.deep.equal([0n, 0n, 0n, 0n]);
      }
    });

    it("has granted and revoked nothing else, by the events of the AccessManager", async () => {
      const granted = await f.accessManager.queryFilter(f.accessManager.filters.RoleGranted());
      expect(granted.map(({ args }) => [args.roleId, args.account])).to.have.deep.members([
        [ROLES.admin, f.deployer.address],
        [ROLES.governor, f.governor.address],
        [ROLES.guardian, f.guardian.address],
        [ROLES.platform, f.platform.address],
        [ROLES.admin, f.administrator.address],
      ]);
      const revoked = await f.accessManager.queryFilter(f.accessManager.filters.RoleRevoked());
      expect(revoked.map(({ args }) => [args.roleId, args.account])).to.deep.equal([[ROLES.admin, f.deployer.address]]);
    });

    it("lets the guardian cancel what the governor schedules", async () => {
      expect(await f.accessManager.getRoleGuardian(ROLES.governor)).to.equal(ROLES.guardian);
    });

    it("puts grants and changes of the rooms under the delay once OpenZeppelin's five-day setback is over", async () => {
      await networkHelpers.time.increase(5n * DAY);
      for (const role of [ROLES.governor, ROLES.guardian, ROLES.platform]) {
        expect(await f.accessManager.getRoleGrantDelay(role)).to.equal(GOVERNANCE_DELAY);
      }
      for (const room of managed()) {
        expect(await f.accessManager.getTargetAdminDelay(room)).to.equal(GOVERNANCE_DELAY);
      }
    });
  });

  describe("the administrator", () => {
    it("cannot change the authority of a room, grant a role or close a room without the delay", async () => {
      const manager = f.accessManager.connect(f.administrator);
      const abi = f.accessManager.interface;
      const attempts: [string, () => Promise<unknown>][] = [
        [
          abi.encodeFunctionData("updateAuthority", [f.addresses.offering, f.addresses.flock]),
          () => manager.updateAuthority(f.offering, f.flock),
        ],
        [
          abi.encodeFunctionData("grantRole", [ROLES.governor, f.stranger.address, 0]),
          () => manager.grantRole(ROLES.governor, f.stranger, 0),
        ],
        [
          abi.encodeFunctionData("setTargetClosed", [f.addresses.offering, true]),
          () => manager.setTargetClosed(f.offering, true),
        ],
      ];
      for (const [data, attempt] of attempts) {
        const id = await manager.hashOperation(f.administrator, f.accessManager, data);
        await expect(attempt())
          .to.be.revertedWithCustomError(f.accessManager, "AccessManagerNotScheduled")
          .withArgs(id);
      }
    });

    it("administers roles and plays none: it can neither govern nor guard", async () => {
      await expect(f.offering.connect(f.administrator).pauseBuys())
        .to.be.revertedWithCustomError(f.offering, "AccessManagedUnauthorized")
        .withArgs(f.administrator);
    });
  });

  it("setAuthority of a room is the AccessManager's alone", async () => {
    for (const room of managed()) {
      for (const actor of Object.values(f.actors)) {
        await expect(room.connect(actor).setAuthority(f.accessManager))
          .to.be.revertedWithCustomError(room, "AccessManagedUnauthorized")
          .withArgs(actor);
      }
    }
    expect(await ethers.provider.getCode(f.addresses.accessManager)).to.not.equal("0x");
  });
});
