import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { getAddress, toBeHex } from "ethers";
import JSON5 from "json5";

import { ROLES } from "../../deploy/config/roles.ts";
import { connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { seatOf } from "../../sdk/src/names/seats.ts";
import { actAs, administer, executeSafeFile, managerCall } from "../support/governance.ts";
import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const DAY = 86_400;
/** Multisigs: addresses without a key on this machine. */
const safe = (number: number) => getAddress(toBeHex(0x5afen * 2n ** 144n + BigInt(number), 20));
const [SAFE, OTHER_SAFE, PLATFORM_SAFE, NEXT_GUARDIAN] = [1, 2, 3, 4].map(safe) as [string, string, string, string];

/** What a multisig does by the file that a command writes, and what has then come of it. */
describe("fomo commands: steps of a multisig, with --safe-file", function () {
  this.timeout(60_000);

  const folder = temporaryFolder();
  let node: Node;
  let count = 0;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
    await graduateModel(node.provider, node.addresses);
    await node.json("endpoint --model 1 --api-id flock/qwen-alice --from platform");
    const cards = join(folder, "cards.json5");
    writeFileSync(cards, JSON5.stringify([{ id: "1", modelId: 1, units: "1000000", listUsdc: "10", paidUsdc: "10" }]));
    await node.json("settle --from platform --cards", cards);
    await administer(
      node,
      managerCall("grantRole", ROLES.governor, SAFE, 172_800n),
      managerCall("revokeRole", ROLES.governor, localParameters().governor),
      managerCall("grantRole", ROLES.guardian, OTHER_SAFE, 0n),
      managerCall("revokeRole", ROLES.guardian, localParameters().guardian),
      managerCall("grantRole", ROLES.platform, PLATFORM_SAFE, 0n),
      managerCall("revokeRole", ROLES.platform, localParameters().platform),
    );
  });

  /** Lets a command write a file, which must send nothing, and makes its calls as the Safe that it names. */
  const play = async (line: string, calls: number, ...args: string[]): Promise<Document> => {
    const file = join(folder, `${(count += 1).toString()}.json`);
    const before = await node.blocks();
    const document = await node.json(line, ...args, "--safe-file", file);
    expect(await node.blocks(), "blocks").to.equal(before);
    expect(document).to.deep.include({ safeFile: file, transactions: [] });
    expect(document.calls).to.have.length(calls);
    const batch = await executeSafeFile(node, file);
    expect(batch.chainId).to.equal((await node.provider.getNetwork()).chainId.toString());
    expect(batch.transactions).to.have.length(calls);
    expect(batch.meta.createdFromSafeAddress).to.equal(document.safe);
    return document;
  };
  const parameterFile = (changes: object) => {
    const file = join(folder, "parameters.json5");
    writeFileSync(file, JSON5.stringify({ ...localParameters(), ...changes }));
    return file;
  };
  const protocol = () => connectProtocol(node.addresses, node.provider);

  describe("governance", () => {
    const changes = { launchFeeFlock: "2000", bucketBps: 12 };

    it("schedules what a proposal comes to", async () => {
      const document = await play("propose --parameters", 2, parameterFile(changes));
      expect(document.safe).to.equal(SAFE);
      expect((await node.json("operations")).waiting).to.have.length(2);
    });

    it("has nothing to execute before its time, and then writes no file", async () => {
      const file = join(folder, "early.json");
      const document = await node.json("operations --execute --safe-file", file);
      expect(document).to.deep.include({ safeFile: null, calls: [] });
      expect(existsSync(file)).to.equal(false);
    });

    it("cancels an operation as the guardian", async () => {
      const { waiting } = (await node.json("operations")) as { waiting: { operation: string; call: string }[] };
      const { operation } = waiting.find(({ call }) => call.startsWith("offering."))!;
      expect((await play(`operations --cancel --operation ${operation}`, 1)).safe).to.equal(OTHER_SAFE);
      expect((await node.json("operations")).waiting).to.have.length(1);
    });

    it("executes what is due", async () => {
      await node.warp(2 * DAY);
      await play("operations --execute", 1);
      expect((await protocol().buyback.buybackSettings()).bucketBps).to.equal(12n);
      expect((await node.json("operations")).waiting).to.deep.equal([]);
    });

    it("moves roles as their administrator", async () => {
      const { administrator } = localParameters();
      expect((await play(`handover-roles --guardian ${NEXT_GUARDIAN}`, 2)).safe).to.equal(administrator);
      expect((await node.json("operations")).waiting).to.have.length(2);
    });
  });

  it("pauses and lifts a pause as the guardian", async () => {
    await play("pause --what deposits", 1);
    expect(((await node.json("pause")).pausedUntil as Document).deposits).to.match(/^20\d\d-/);
    await play("pause --what deposits --lift", 1);
    expect(((await node.json("pause")).pausedUntil as Document).deposits).to.equal(null);
  });

  it("records an API id as the platform", async () => {
    await play("endpoint --model 1 --api-id flock/other", 1);
    expect(await node.json("endpoint --model 1")).to.include({ apiId: "flock/other" });
  });

  describe("a seat's holder", () => {
    it("accepts it, claims its fees to itself, and offers it", async () => {
      await node.json(`seat --seat treasury --offer ${SAFE} --from treasury`);
      expect((await play("seat --seat treasury --accept", 1)).safe).to.equal(SAFE);
      await play("fees --claim launch", 1);
      expect(await protocol().flock.balanceOf(SAFE)).to.equal(10n ** 21n); // the launch fee
      await play(`seat --seat treasury --offer ${OTHER_SAFE}`, 1);
      expect(await node.json("seat --seat treasury")).to.include({ holder: SAFE, offeredTo: OTHER_SAFE });
    });

    it("claims the fees of a model, to whom it names", async () => {
      await play(`fees --claim protocol --model 1 --to ${OTHER_SAFE}`, 1);
      expect((await protocol().flock.balanceOf(OTHER_SAFE)) > 0n).to.equal(true);
      await play(`fees --claim creator --model 1 --from alice --to ${OTHER_SAFE}`, 1);
    });

    it("claims its credit", async () => {
      const { usdc, waterfall } = protocol();
      const credit = await waterfall.creditOf(seatOf("treasury", 0n));
      expect(credit > 0n).to.equal(true);
      await play("credits --seat treasury --claim", 1);
      expect(await usdc.balanceOf(SAFE)).to.equal(credit);
    });
  });

  it("takes prepaid USDC back, for a Safe that is named", async () => {
    const { usdc, meter } = protocol();
    const alice = await node.provider.getSigner(5);
    await (await usdc.connect(alice).transfer(OTHER_SAFE, 2_000_000n)).wait();
    await actAs(node, OTHER_SAFE, [
      {
        to: node.addresses.usdc,
        data: usdc.interface.encodeFunctionData("approve", [node.addresses.meter, 2_000_000n]),
      },
      { to: node.addresses.meter, data: meter.interface.encodeFunctionData("deposit", [2_000_000n]) },
    ]);
    await play(`withdraw --usdc 2 --from ${OTHER_SAFE}`, 1);
    await play(`withdraw --cancel --from ${OTHER_SAFE}`, 1);
    await play(`withdraw --usdc 1 --from ${OTHER_SAFE}`, 1);
    await node.warp(2 * DAY);
    await play(`withdraw --execute --from ${OTHER_SAFE}`, 1);
    expect(await usdc.balanceOf(OTHER_SAFE)).to.equal(1_000_000n);
  });

  describe("refuses in one sentence", () => {
    const refused = async (line: string, file: string) => await node.refusalUnsent(line, "--safe-file", file);

    it("to write over a file, which stays as it was", async () => {
      const file = join(folder, "taken.json");
      writeFileSync(file, "mine");
      expect(await refused("pause --what buys", file)).to.match(
        /^The Safe file .*taken\.json exists and is not overwritten/,
      );
      expect(readFileSync(file, "utf8")).to.equal("mine");
    });

    it("a folder that is not there, and leaves nothing behind anywhere", async () => {
      expect(await refused("pause --what buys", join(folder, "none", "a.json"))).to.match(
        /cannot be written: name a file/,
      );
      expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).to.deep.equal([]);
    });

    const cases: [what: string, line: string, sentence: RegExp][] = [
      ["a Safe that has not the role", `pause --what buys --from ${SAFE}`, /^AccessManagedUnauthorized: 0x5AFE/i],
      ["a Safe that nobody names", "withdraw --usdc 1", /^Say whose Safe makes the calls with --from/],
      ["what is no address", "pause --what buys --from nobody", /^--from is "nobody"/],
      ["a dry run besides", "pause --what buys --dry-run", /^Name either --safe-file or --dry-run, not both\.$/],
      [
        "operations that are neither executed nor cancelled",
        "operations",
        /^Say with --execute or --cancel which calls/,
      ],
    ];
    for (const [what, line, sentence] of cases) {
      it(what, async () => {
        const file = join(folder, "refused.json");
        expect(await refused(line, file)).to.match(sentence);
        expect(existsSync(file)).to.equal(false);
      });
    }
  });
});
