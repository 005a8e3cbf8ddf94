import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { Wallet } from "ethers";
import hre, { artifacts, network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import Fomo from "../../deploy/modules/Fomo.ts";
import LocalChain from "../../deploy/modules/LocalChain.ts";
import { deployLocalChain, deployProtocol } from "../../scripts/lib/deployment/deployment.ts";
import { gasOf } from "../../scripts/lib/deployment/preflight/funds.ts";
import { journalFileOf } from "../../scripts/lib/deployment/journal/journal.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { openForkSource } from "../../scripts/lib/deployment/rehearsal/forkSource.ts";
import { rehearse } from "../../scripts/lib/deployment/rehearsal/rehearsal.ts";
import { nodeFailureOf } from "../../scripts/lib/rpc/failures.ts";
import { linkTo } from "../../scripts/lib/rpc/nodeLink.ts";
import { startChaosNode } from "../support/chaosNode.ts";
import { isDeep } from "../support/scale.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** What is offered for gas; only its tip counts for what it costs. */
const fees = { maxFeePerGas: 3_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n };

/** Where chains of the OP stack answer what they take for a transaction's data. */
const DATA_FEES = "0x420000000000000000000000000000000000000F";
/** Code that answers 1000 to whatever it is asked. */
const ANSWERS_1000 = "0x6103e860005260206000f3";

describe("Deployment: rehearsal", function () {
  this.timeout(300_000);

  const base = temporaryFolder();
  const closing: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  /** A node with a chain of an id, and a way to it. */
  const startChain = async (chainId: number, chainType: "l1" | "op" = "l1") => {
    const server = await network.createServer({ network: "default", chainType, override: { chainId } }, "127.0.0.1");
    const { address, port } = await server.listen();
    const chaos = await startChaosNode(`http://${address}:${port.toString()}`);
    const connection = await network.create({ network: "localhost", override: { url: chaos.url } });
    closing.push(
      () => connection.close(),
      () => {
        chaos.close();
      },
      () => server.close(),
    );
    return { connection, chaos };
  };
  const deployerOf = async ({ ethers }: NetworkConnection) => (await ethers.getSigners())[0]!.address;

  it("lists what the deployment then sends, with its gas and addresses, and sends nothing", async () => {
    const { connection } = await startChain(31_340);
    const { provider } = connection.ethers;
    const parameters = { ...localParameters(), chainId: 31_340 };
    const folder = join(base, "whole");
    const deployer = await deployerOf(connection);
    const rehearsal = await rehearse(hre, { connection, chainId: 31_340n, parameters, deployer, fees, folder });
    expect(await provider.getBlockNumber()).to.equal(0);
    expect(rehearsal.checks).to.deep.equal([{ what: "The pairs of the route take the fee of `pairFeeBps`" }]);

    const addresses = await deployProtocol(connection, parameters, undefined, { folder, artifacts });
    expect(addresses).to.deep.equal(rehearsal.addresses);
    const used: bigint[] = [];
    for (let number = 1; number <= (await provider.getBlockNumber()); number++) {
      const { transactions } = (await provider.getBlock(number))!;
      for (const hash of transactions) used.push((await provider.getTransactionReceipt(hash))!.gasUsed);
    }
    expect(rehearsal.transactions.map(({ gas }) => gas)).to.deep.equal(used);
    const whats = rehearsal.transactions.map(({ what }) => what);
    expect(whats).to.include.members(["LocalFlock", "UniswapV2Factory.createPair", "ModelRegistry.addTier"]);
    expect(whats.at(-1)).to.equal("AccessManager.renounceRole");
    for (const { gas, cost } of rehearsal.transactions) expect(cost).to.equal(gas * rehearsal.feePerGas);

    // What is checked before needs no fork, and is not less than what is used.
    const { all: estimate } = await gasOf([LocalChain, Fomo], new Set(), artifacts);
    const all = used.reduce((sum, gas) => sum + gas, 0n);
    expect(estimate >= all && estimate <= (all * 3n) / 2n, `${estimate.toString()} for ${all.toString()}`).to.equal(
      true,
    );
  });

  it("lists what is left of an interrupted deployment, and leaves its journal alone", async () => {
    const { connection, chaos } = await startChain(31_341);
    const parameters = { ...localParameters(), chainId: 31_341 };
    const folder = join(base, "half");
    let sends = 0;
    chaos.misbehave(({ method }) =>
      sends > 20 || (method === "eth_sendTransaction" && ++sends > 20) ? "cut before" : undefined,
    );
    let ended = false;
    try {
      await deployProtocol(connection, parameters, undefined, { folder, artifacts });
    } catch {
      ended = true;
    }
    expect(ended).to.equal(true);
    chaos.behave();
    const before = readFileSync(journalFileOf(folder), "utf8");
    const deployer = await deployerOf(connection);
    const sent = await connection.ethers.provider.getTransactionCount(deployer);
    const rehearsal = await rehearse(hre, { connection, chainId: 31_341n, parameters, deployer, fees, folder });
    expect(readFileSync(journalFileOf(folder), "utf8")).to.equal(before);
    expect(await connection.ethers.provider.getTransactionCount(deployer)).to.equal(sent);

    expect(await deployProtocol(connection, parameters, undefined, { folder, artifacts })).to.deep.equal(
      rehearsal.addresses,
    );
    const after = await connection.ethers.provider.getTransactionCount(deployer);
    expect(rehearsal.transactions).to.have.lengthOf(after - sent);
    const again = await rehearse(hre, { connection, chainId: 31_341n, parameters, deployer, fees, folder });
    expect(again.transactions).to.deep.equal([]);
  });

  it("trades with the pairs of the route, and refuses a fee that is less than what they take", async () => {
    const { connection } = await startChain(31_342);
    const deployer = await deployerOf(connection);
    const planned = { connection, chainId: 31_342n, deployer, fees, folder: join(base, "fees") };
    const parameters = { ...localParameters(), chainId: 31_342, pairFeeBps: 29 };
    const { checks } = await rehearse(hre, { ...planned, parameters });
    expect(checks.map(({ problem }) => problem)[0]).to.match(
      /^`pairFeeBps` is 29, but the pair 0x\w{40} takes more, so that FLOCK could never be bought: write the fee/,
    );
  });

  describe("on a chain whose node misbehaves", () => {
    const planOn = (connection: NetworkConnection, deployer: string) => {
      linkTo(connection.provider, { tell: () => undefined, name: "localhost", manyNodes: () => false });
      const parameters = { ...localParameters(), chainId: 31_343 };
      return { connection, chainId: 31_343n, parameters, deployer, fees, folder: join(base, "chaos") };
    };

    it("asks again what got lost", async () => {
      const { connection, chaos } = await startChain(31_343);
      const planned = planOn(connection, await deployerOf(connection));
      let asked = 0;
      chaos.misbehave(() => (++asked % 5 === 0 ? "cut before" : asked % 7 === 0 ? "cut after" : undefined));
      const { transactions } = await rehearse(hre, planned);
      expect(transactions.length).to.be.greaterThan(49);
    });

    it("says what the node did if it does not answer", async () => {
      const { connection, chaos } = await startChain(31_343);
      const planned = planOn(connection, await deployerOf(connection));
      chaos.misbehave(({ method }) => (method === "eth_getCode" ? "cut before" : undefined));
      let failure: unknown;
      await rehearse(hre, planned).catch((error: unknown) => (failure = error));
      expect(nodeFailureOf(failure)).to.deep.equal({ kind: "passing", words: "the connection was cut" });
    });
  });

  describe("the source of a fork", () => {
    it("passes on what a fork reads, and nothing that signs or sends", async () => {
      const { connection } = await startChain(31_344);
      const source = await openForkSource(connection.provider);
      closing.push(source.close);
      const ask = async (body: unknown) => {
        const answer = await fetch(source.url, { method: "POST", body: JSON.stringify(body) });
        return await answer.json();
      };
      const question = (id: number, method: string) => ({ jsonrpc: "2.0", id, method, params: [] });
      expect(await ask(question(1, "eth_chainId"))).to.deep.equal({ jsonrpc: "2.0", id: 1, result: "0x7a70" });
      expect(await ask([question(2, "eth_blockNumber"), question(3, "eth_chainId")])).to.deep.equal([
        { jsonrpc: "2.0", id: 2, result: "0x0" },
        { jsonrpc: "2.0", id: 3, result: "0x7a70" },
      ]);
      for (const method of ["eth_sendTransaction", "eth_sign", "eth_accounts", "eth_signTypedData_v4", "evm_mine"]) {
        const { error } = (await ask(question(4, method))) as { error: { message: string } };
        expect(error.message).to.equal(`${method} is nothing that a fork reads`);
      }
      // A fork belongs to one moment.
      await connection.provider.request({ method: "evm_mine" });
      expect(await ask(question(5, "eth_blockNumber"))).to.deep.equal({ jsonrpc: "2.0", id: 5, result: "0x0" });
    });
  });

  const mainNetworks = [
    ["Base", 8_453, true],
    ["BNB Smart Chain", 56, false],
  ] as const;
  const testNetworks = [
    ["Base Sepolia", 84_532, true],
    ["BNB Smart Chain's test network", 97, false],
  ] as const;
  for (const [name, chainId, isOp] of isDeep ? [...mainNetworks, ...testNetworks] : mainNetworks) {
    it(`needs neither key nor funds of the deployer on ${name}${isOp ? ", and counts what is taken for data" : ""}`, async () => {
      const { connection, chaos } = await startChain(chainId, isOp ? "op" : "l1");
      const folder = join(base, chainId.toString());
      const chain = await deployLocalChain(connection, { folder: `${folder}-before`, artifacts });
      const { flock, usdc, dexFactory } = chain;
      const parameters = { ...localParameters(), chainId, flock, usdc, dexFactory };
      const { provider } = connection.ethers;
      if (isOp) await provider.send("hardhat_setCode", [DATA_FEES, ANSWERS_1000]);
      const height = await provider.getBlockNumber();
      const deployer = Wallet.createRandom().address;
      const planned = { connection, chainId: BigInt(chainId), parameters, deployer, fees, folder };
      chaos.behave();
      const { transactions, feePerGas } = await rehearse(hre, planned);
      // A fork asks thousands of times, for each transaction anew; a public node would soon answer no more.
      expect(chaos.asked.length).to.be.lessThan(350);
      expect(transactions).to.have.lengthOf(49);
      for (const { gas, cost } of transactions) expect(cost).to.equal(gas * feePerGas + (isOp ? 1_000n : 0n));
      expect(await provider.getBlockNumber()).to.equal(height);
    });
  }
});
