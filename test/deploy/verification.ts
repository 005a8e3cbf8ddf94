import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { once } from "node:events";

import { expect } from "chai";
import hre from "hardhat";
import solc from "solc";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { JsonRpcServer, NetworkConnection } from "hardhat/types/network";

import { deployProtocol } from "../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { forgetDeployment } from "../../scripts/lib/deployment/localRecords.ts";
import { newRecord } from "../../scripts/lib/deployment/newRecord.ts";
import { placeOf } from "../../scripts/lib/deployment/place.ts";
import type { Place } from "../../scripts/lib/deployment/place.ts";
import { PROTOCOL_CONTRACTS } from "../../scripts/lib/deployment/recordFormat.ts";
import type { DeploymentRecord, ProtocolContract } from "../../scripts/lib/deployment/recordFormat.ts";
import { verifyDeployment } from "../../scripts/lib/deployment/verification.ts";
import type { Verification } from "../../scripts/lib/deployment/verification.ts";
import { patientConnection } from "../support/patientConnection.ts";

/** A chain that is none of the local ones: an explorer could know it. */
const CHAIN_ID = 31_500;

/** The compiler, whose types say nothing of this. */
const { compile } = solc as { compile: (input: string) => string };

/** What was handed in for a contract. */
interface Submission {
  address: string;
  contractName: string;
  constructorArguments: string;
  input: { settings: { viaIR?: boolean }; sources: Record<string, { content: string }> };
}

/** A small explorer: the part of Etherscan's interface that the plugin uses. */
class Explorer {
  readonly submissions: Submission[] = [];
  readonly verified = new Set<string>();
  /** What it answers about contracts that it does not accept, by their addresses. */
  readonly refused = new Map<string, string>();
  readonly #server: Server = createServer((request, response) => {
    void (async () => {
      const { searchParams } = new URL(request.url!, "http://explorer");
      let body = "";
      for await (const chunk of request) body += String(chunk);
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(this.#answer(searchParams, new URLSearchParams(body))));
    })();
  });

  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #answer(query: URLSearchParams, form: URLSearchParams): object {
    expect(query.get("apikey")).to.equal("a key");
    expect(query.get("chainid")).to.equal(CHAIN_ID.toString());
    if (query.get("action") === "getsourcecode") {
      const SourceCode = this.verified.has(query.get("address")!) ? "contract" : "";
      return { status: "1", message: "OK", result: [{ SourceCode }] };
    }
    if (query.get("action") === "verifysourcecode") {
      const address = form.get("contractaddress")!;
      this.submissions.push({
        address,
        contractName: form.get("contractname")!,
        constructorArguments: form.get("constructorArguments")!,
        input: JSON.parse(form.get("sourceCode")!) as Submission["input"],
      });
      return { status: "1", message: "OK", result: address }; // its receipt
    }
    const address = query.get("guid")!;
    const refusal = this.refused.get(address);
    if (refusal !== undefined) return { status: "0", message: "NOTOK", result: refusal };
    this.verified.add(address);
    return { status: "1", message: "OK", result: "Pass - Verified" };
  }
}

/** Its contracts are published on a stand-in of an explorer, as they would be on Etherscan. */
describe("Deployment: verification", function () {
  this.timeout(180_000);

  const explorer = new Explorer();
  let node: JsonRpcServer;
  let here: HardhatRuntimeEnvironment;
  let connection: NetworkConnection;
  let place: Place;
  let record: DeploymentRecord;

  before(async () => {
    node = await hre.network.createServer({ network: "node", override: { chainId: CHAIN_ID } }, "127.0.0.1");
    const { address, port } = await node.listen();
    const apiUrl = await explorer.listen();
    here = await createHardhatRuntimeEnvironment({
      ...hre.userConfig,
      chainDescriptors: {
        [CHAIN_ID]: { name: "Shown", blockExplorers: { etherscan: { url: "http://explorer.example", apiUrl } } },
      },
      verify: { etherscan: { apiKey: "a key" } },
    });
    connection = await patientConnection(here, `http://${address}:${port}`);
    const chain = { networkName: "localhost", chainId: BigInt(CHAIN_ID) };
    place = await placeOf(here.config.paths.ignition, chain, connection.provider);
    const parameters = { ...localParameters(), chainId: CHAIN_ID };
    const journal = { folder: place.journals[0], artifacts: here.artifacts };
    const addresses = await deployProtocol(connection, parameters, undefined, journal);
    record = await newRecord({ connection, artifacts: here.artifacts, place, addresses, parameters });
  });
  after(async () => {
    forgetDeployment(place);
    await Promise.all([node.close(), explorer.close()]);
  });

  const verify = async () => {
    const told: Verification[] = [];
    const all = await verifyDeployment(here, connection, record, (one) => told.push(one));
    expect(told).to.deep.equal(all);
    return all;
  };
  const outcomes = (all: Verification[]) => Object.fromEntries(all.map(({ contract, outcome }) => [contract, outcome]));
  const every = (outcome: string, exceptions: Partial<Record<ProtocolContract, string>> = {}) =>
    Object.fromEntries(PROTOCOL_CONTRACTS.map((contract) => [contract, exceptions[contract] ?? outcome]));

  it("goes on after a contract that the explorer refuses, and says why it did", async () => {
    explorer.verified.add(record.contracts.lens.address);
    const reason = "Fail - Unable to verify. Please check the correct constructor argument";
    explorer.refused.set(record.contracts.registry.address, reason);
    const all = await verify();
    expect(outcomes(all)).to.deep.equal(every("verified", { lens: "already verified", registry: "failed" }));
    expect(all.find(({ contract }) => contract === "registry")!.reason).to.contain(reason);
  });

  it("hands in the sources of every contract with what its constructor was given", async () => {
    const submitted = new Map(explorer.submissions.map((submission) => [submission.address, submission]));
    for (const contract of PROTOCOL_CONTRACTS.filter((one) => one !== "lens")) {
      const { name, address, transactionHash } = record.contracts[contract];
      const { contractName, constructorArguments, input } = submitted.get(address)!;
      expect(contractName, contract).to.match(new RegExp(`/${name}\\.sol:${name}$`));
      const source = input.sources[contractName.split(":")[0]!]!.content;
      expect(source).to.contain(`contract ${name}`);
      expect(input.settings.viaIR).to.equal(true);
      const { data } = (await connection.ethers.provider.getTransaction(transactionHash))!;
      expect(data.endsWith(constructorArguments), contract).to.equal(true);
      const { bytecode } = await here.artifacts.readArtifact(name);
      expect(data).to.have.length(bytecode.length + constructorArguments.length);
    }
  });

  it("hands in what compiles to the code that was deployed", async () => {
    const { name, address } = record.contracts.waterfall;
    const { input, contractName } = explorer.submissions.find((one) => one.address === address)!;
    const [source] = contractName.split(":") as [string];
    const settings = { ...input.settings, outputSelection: { [source]: { [name]: ["evm.bytecode.object"] } } };
    const output = JSON.parse(compile(JSON.stringify({ ...input, settings }))) as {
      contracts: Record<string, Record<string, { evm: { bytecode: { object: string } } }>>;
    };
    expect(`0x${output.contracts[source]![name]!.evm.bytecode.object}`).to.equal(
      (await here.artifacts.readArtifact(name)).bytecode,
    );
  });

  it("leaves alone what is verified when it is repeated", async () => {
    explorer.refused.clear();
    explorer.submissions.length = 0;
    expect(outcomes(await verify())).to.deep.equal(every("already verified", { registry: "verified" }));
    expect(explorer.submissions.map(({ address }) => address)).to.deep.equal([record.contracts.registry.address]);
    expect(outcomes(await verify())).to.deep.equal(every("already verified"));
  });

  it("takes a contract whose code is another for failed", async () => {
    explorer.verified.delete(record.contracts.staking.address);
    const code = await connection.ethers.provider.getCode(record.contracts.vault.address);
    await connection.provider.request({ method: "hardhat_setCode", params: [record.contracts.staking.address, code] });
    const all = await verify();
    expect(outcomes(all)).to.deep.equal(every("already verified", { staking: "failed" }));
    expect(all.find(({ contract }) => contract === "staking")!.reason).to.match(/bytecode/);
  });
});
