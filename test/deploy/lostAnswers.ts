import { readFileSync, writeFileSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";
import { artifacts, network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { deployLocalChain } from "../../scripts/lib/deployment/deployment.ts";
import { journalFileOf, stepsIn } from "../../scripts/lib/deployment/journal/journal.ts";
import { startChaosNode } from "../support/chaosNode.ts";
import type { ChaosNode } from "../support/chaosNode.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Transactions of the stand-ins of the local chain, on which these faults are played. */
const WHOLE = 9;

const SENDING = "eth_sendTransaction";

/** What becomes of a request: it never arrives at the node, or its answer is lost. */
const FATES = { lost: "cut before", unanswered: "cut after" } as const;
type Fate = keyof typeof FATES;

describe("Deployment: lost answers and damaged journals", function () {
  this.timeout(60_000);

  const base = temporaryFolder();
  let server: Awaited<ReturnType<typeof network.createServer>>;
  let chaos: ChaosNode;
  /** Sees the chain as it is. */
  let chain: NetworkConnection;
  /** Sees it through a proxy that misbehaves. */
  let connection: NetworkConnection;
  let folder: string;
  let deployments = 0;

  beforeEach(async () => {
    server = await network.createServer("default", "127.0.0.1");
    const { address, port } = await server.listen();
    const url = `http://${address}:${port.toString()}`;
    chaos = await startChaosNode(url);
    chain = await network.create({ network: "localhost", override: { url } });
    connection = await network.create({ network: "localhost", override: { url: chaos.url } });
    folder = join(base, (++deployments).toString());
  });
  afterEach(async () => {
    await Promise.all([connection.close(), chain.close()]);
    chaos.close();
    await server.close();
  });

  const deploy = () => deployLocalChain(connection, { folder, artifacts });
  /** Why a run ends that cannot reach its goal. */
  const refusal = async () => {
    try {
      await deploy();
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error("The deployment has reached its end.");
  };
  const sent = async () => {
    const [deployer] = await chain.ethers.getSigners();
    return chain.ethers.provider.getTransactionCount(deployer!);
  };
  const expectWhole = async (addresses: Record<string, string>) => {
    for (const [name, address] of Object.entries(addresses)) {
      expect(await chain.ethers.provider.getCode(address), name).to.not.equal("0x");
    }
    const recorded = JSON.parse(readFileSync(join(folder, "deployed_addresses.json"), "utf8")) as Record<
      string,
      string
    >;
    expect(Object.values(recorded)).to.include.members(Object.values(addresses));
    expect(Object.keys(recorded)).to.have.lengthOf(6);
  };
  /** Lets every `n`th transaction meet a fate. */
  const everySend = (n: number, fate: Fate) => {
    let count = 0;
    chaos.misbehave(({ method }) => (method === SENDING && ++count % n === 0 ? FATES[fate] : undefined));
  };
  /** Ends a deployment at the `n`th transaction, which meets a fate, as a kill would. */
  const endAt = async (n: number, fate: Fate) => {
    let count = 0;
    let ended = false;
    chaos.misbehave(({ method }) => {
      if (ended) return "cut before";
      if (method !== SENDING || ++count < n) return undefined;
      ended = true;
      return FATES[fate];
    });
    await refusal();
    chaos.behave();
  };

  /** Adds a line about the step with a nonce to the journal. */
  const leave = async (nonce: number, lineOf: (step: string) => object) => {
    const steps = stepsIn(folder);
    const { id } = steps.find(({ interaction }) => interaction?.nonce === nonce)!;
    await appendFile(journalFileOf(folder), `\n${JSON.stringify(lineOf(id))}`);
  };

  for (const fate of ["lost", "unanswered"] as const) {
    it(`goes on by itself when every second transaction is ${fate}, and sends none twice`, async () => {
      everySend(2, fate);
      await expectWhole(await deploy());
      expect(await sent()).to.equal(WHOLE);
    });

    for (const n of [1, 5, WHOLE]) {
      it(`goes on in a second run after transaction ${n.toString()} was ${fate} and the connection broke`, async () => {
        await endAt(n, fate);
        expect(await sent()).to.equal(fate === "lost" ? n - 1 : n);
        await expectWhole(await deploy());
        expect(await sent()).to.equal(WHOLE);
      });
    }
  }

  it("waits for a transaction whose hash it does not know until it is mined", async () => {
    await chain.provider.request({ method: "evm_setAutomine", params: [false] });
    await endAt(1, "unanswered");
    expect(await sent()).to.equal(0);
    const announced: string[] = [];
    const going = deployLocalChain(connection, { folder, artifacts, announce: (what) => announced.push(what) });
    while (announced.length < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(announced[0]).to.match(/^Waiting for the transaction with nonce 0 of 0x\w{40} to be mined \(LocalFlock\)$/);
    await chain.provider.request({ method: "evm_setAutomine", params: [true] });
    await chain.provider.request({ method: "evm_mine" });
    await expectWhole(await going);
    expect(await sent()).to.equal(WHOLE);
  });

  it("takes another nonce when the key has signed something else under the one that was lost", async () => {
    await endAt(4, "lost");
    const [deployer] = await chain.ethers.getSigners();
    await (await deployer!.sendTransaction({ to: deployer!.address })).wait();
    await expectWhole(await deploy());
    expect(await sent()).to.equal(WHOLE + 1);
  });

  it("knows its own transaction again when a higher fee was sent under its nonce and the answer was lost", async () => {
    await chain.provider.request({ method: "evm_setAutomine", params: [false] });
    await endAt(1, "unanswered");
    // Ignition had written down an earlier hash of the same transaction, which the network has dropped.
    const transaction = { hash: `0x${"11".repeat(32)}`, fees: { gasPrice: { _kind: "bigint", value: "1" } } };
    const line = { type: "TRANSACTION_SEND", networkInteractionId: 1, nonce: 0, transaction };
    await leave(0, (futureId) => ({ ...line, futureId }));
    await chain.provider.request({ method: "evm_setAutomine", params: [true] });
    await chain.provider.request({ method: "evm_mine" });
    await expectWhole(await deploy());
    expect(await sent()).to.equal(WHOLE);
  });

  it("goes on wherever the last line of the journal was cut off", async () => {
    const addresses = await deploy();
    const whole = readFileSync(journalFileOf(folder), "utf8");
    const start = whole.lastIndexOf("\n");
    for (let end = start; end < whole.length; end += 7) {
      writeFileSync(journalFileOf(folder), whole.slice(0, end));
      expect(await deploy()).to.deep.equal(addresses);
      expect(readFileSync(journalFileOf(folder), "utf8")).to.equal(whole);
    }
    expect(await sent()).to.equal(WHOLE);
  });

  for (const [what, text] of [
    ["is missing an address", "{}"],
    ["was cut off", '{"LocalChain#LocalFl'],
    ["is empty", ""],
  ] as const) {
    it(`puts the list of addresses right that ${what}`, async () => {
      await endAt(7, "lost");
      writeFileSync(join(folder, "deployed_addresses.json"), text);
      await expectWhole(await deploy());
    });
  }

  it("waits again for what Ignition has given up waiting for", async () => {
    await endAt(6, "unanswered");
    await leave(5, (futureId) => ({ type: "ONCHAIN_INTERACTION_TIMEOUT", futureId, networkInteractionId: 1 }));
    await expectWhole(await deploy());
    expect(await sent()).to.equal(WHOLE);
  });

  it("tries again what has failed", async () => {
    await endAt(7, "lost");
    const result = { type: "REVERTED_TRANSACTION", txHash: `0x${"11".repeat(32)}` };
    await leave(6, (futureId) => ({ type: "CALL_EXECUTION_STATE_COMPLETE", futureId, result }));
    await expectWhole(await deploy());
    expect(await sent()).to.equal(WHOLE);
  });

  it("refuses a journal that is damaged in the middle, and names the line", async () => {
    await endAt(3, "lost");
    const lines = readFileSync(journalFileOf(folder), "utf8").split("\n");
    lines[3] = lines[3]!.slice(0, 20);
    writeFileSync(journalFileOf(folder), lines.join("\n"));
    expect(await refusal()).to.match(/journal\.jsonl is damaged in line 3: put back a copy of it from before\.$/);
  });
});
