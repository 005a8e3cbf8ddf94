import { expect } from "chai";
import hre from "hardhat";
import type { EthereumProvider } from "hardhat/types/providers";

import { ROLES } from "../../deploy/config/roles.ts";
import { connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import type { Session } from "../../scripts/lib/chain/session.ts";
import { placeOf } from "../../scripts/lib/deployment/place.ts";
import { readRecord } from "../../scripts/lib/deployment/record.ts";
import { readAccess, soleHolderOf } from "../../scripts/lib/governance/access.ts";
import { finalHolders, holderWarnings } from "../../scripts/lib/governance/finalHolders.ts";
import type { HolderArguments } from "../../scripts/lib/governance/finalHolders.ts";
import { administer, managerCall } from "../support/governance.ts";
import { ADDRESS, START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";

/** The first block of the deployment on a node, from its record. */
async function firstBlockOf({ provider }: Node): Promise<number> {
  const chain = { networkName: "localhost", chainId: (await provider.getNetwork()).chainId };
  const asked = { request: ({ method }: { method: string }) => provider.send(method, []) };
  return readRecord(await placeOf(hre.config.paths.ignition, chain, asked as unknown as EthereumProvider)).firstBlock;
}

/** A chain that is none of ours, so that its history is read in parts, from the deployment on. */
const PUBLIC_CHAIN = 8453n;

describe("Roles on a public chain", function () {
  this.timeout(START_TIMEOUT);

  let node: Node;
  let session: Session;
  before(async () => {
    node = await freshNode();
    session = {
      protocol: connectProtocol(node.addresses, node.provider),
      connection: { ethers: { provider: node.provider } },
      chainId: PUBLIC_CHAIN,
      networkName: "base",
      firstBlock: await firstBlockOf(node),
      now: { blockTag: "latest" },
    } as unknown as Session;
  });

  const nobodyNamed: HolderArguments = {
    parameters: undefined,
    administrator: undefined,
    governor: undefined,
    guardian: undefined,
    platform: undefined,
  };

  it("are read in parts, from the first block of the deployment on, which its record names", async () => {
    const { administrator, guardian } = localParameters();
    const code = async (block: number) => await node.provider.getCode(node.addresses.accessManager, block);
    expect(await code(session.firstBlock - 1)).to.equal("0x");
    const access = await readAccess(session);
    expect(access.deployer).to.equal("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    expect(access.roles.map(({ members }) => members.length)).to.deep.equal([1, 1, 1, 1]);
    expect(await soleHolderOf(session, ROLES.guardian)).to.equal(guardian);
    expect(await soleHolderOf(session, ROLES.admin)).to.equal(administrator);
  });

  it("are not told from a part of the past, which a node that forgets would give", async () => {
    const grants = managerCall("grantRole", ROLES.guardian, ADDRESS.bob, 0n);
    await administer(node, grants, managerCall("revokeRole", ROLES.guardian, ADDRESS.bob));
    const later = await node.provider.getBlockNumber();
    for (const firstBlock of [session.firstBlock + 200, later - 1, later]) {
      let refusal = "";
      await readAccess({ ...session, firstBlock }).catch((error: unknown) => (refusal = (error as Error).message));
      expect(refusal).to.match(/^The node of base does not have the events of the AccessManager from block \d+ on/);
    }
  });

  it("get a warning if one key is to administer them, and none if a contract is", async () => {
    const access = await readAccess(session);
    const finals = await finalHolders(session, { kind: "named", named: nobodyNamed }, access);
    expect(await holderWarnings(session, finals)).to.have.length(1);
    expect((await holderWarnings(session, finals))[0]).to.match(/^The administrator 0x7099\w+ is no contract/);
    expect(await holderWarnings(session, { ...finals, admin: node.addresses.flock })).to.deep.equal([]);
    expect(await holderWarnings({ ...session, chainId: 31_337n }, finals)).to.deep.equal([]);
  });

  it("are not handed over while another role could take them back", async () => {
    await administer(node, managerCall("setRoleAdmin", ROLES.platform, 7n));
    const sentence = await node.refusalUnsent(`handover-roles --guardian ${ADDRESS.bob} --from administrator`);
    expect(sentence).to.match(/^The platform role is granted and revoked by the number 7 role: let the administrator/);
  });
});
