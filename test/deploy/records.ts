import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { Interface, keccak256 } from "ethers";
import hre from "hardhat";
import type { JsonRpcServer } from "hardhat/types/network";

import { CommandError } from "../../scripts/lib/command/commandError.ts";
import { identityOf, localIdentity } from "../../scripts/lib/chain/identity.ts";
import { deployProtocol } from "../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { recordedParameters } from "../../scripts/lib/deployment/check/check.ts";
import { forgetDeployment, forgetGoneNodes, noteUrl, requireReal } from "../../scripts/lib/deployment/localRecords.ts";
import { constructorArguments, newRecord } from "../../scripts/lib/deployment/newRecord.ts";
import { localPlace, placeOf } from "../../scripts/lib/deployment/place.ts";
import type { Place } from "../../scripts/lib/deployment/place.ts";
import { deploymentOfRecord } from "../../sdk/src/deployments/deployment.ts";
import { readRecord, requireNoOther, writeRecord } from "../../scripts/lib/deployment/record.ts";
import { PROTOCOL_CONTRACTS } from "../../scripts/lib/deployment/recordFormat.ts";
import type { DeploymentRecord } from "../../scripts/lib/deployment/recordFormat.ts";
import { patientConnection } from "../support/patientConnection.ts";
import { freePort } from "../support/process.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const DAMAGED: [what: string, change: (record: DeploymentRecord) => unknown, sentence: RegExp][] = [
  ["is no object", () => [], /needs a change: .*expected object/],
  ["has another format", (record) => ({ ...record, format: 2 }), /`format` must be 1: another version/],
  ["has no parameters", (record) => ({ ...record, parameters: undefined }), /`parameters`/],
  [
    "misses a contract",
    (record) => ({ ...record, contracts: { ...record.contracts, lens: undefined } }),
    /`contracts\.lens`/,
  ],
  [
    "has what is no address",
    (record) => ({ ...record, chainContracts: { ...record.chainContracts, usdc: "\u001b" } }),
    /`chainContracts\.usdc` must be an address/,
  ],
  ["has a block before the first", (record) => ({ ...record, firstBlock: -1 }), /`firstBlock` must be the number/],
  ["is another chain's", (record) => ({ ...record, chainId: 1 }), /is for chain 1, but base is chain 8453/],
];

describe("Deployment: its record", function () {
  this.timeout(120_000);

  const folder = temporaryFolder();
  const public_ = { networkName: "base", chainId: 8453n };
  let server: JsonRpcServer;
  let record: DeploymentRecord;
  let place: Place;
  let url: string;

  before(async () => {
    server = await hre.network.createServer("default", "127.0.0.1");
    const { address, port } = await server.listen();
    url = `http://${address}:${port}`;
    const connection = await patientConnection(hre, url);
    const chain = { networkName: "localhost", chainId: 31_337n };
    const { artifacts, config } = hre;
    const journals = await placeOf(config.paths.ignition, chain, connection.provider);
    const parameters = localParameters();
    const journal = { folder: journals.journals[0], artifacts };
    const addresses = await deployProtocol(connection, parameters, undefined, journal);
    record = await newRecord({ connection, artifacts, place: journals, addresses, parameters });
    forgetDeployment(journals);
    place = await placeOf(folder, public_, connection.provider);
  });
  after(() => server.close());

  const write = (content: unknown) => {
    mkdirSync(join(place.record, ".."), { recursive: true });
    writeFileSync(place.record, typeof content === "string" ? content : JSON.stringify(content));
  };

  it("is found again as it was written, and nothing else is left", () => {
    const written = { ...record, network: "base", chainId: 8453 };
    writeRecord(place, written);
    expect(readRecord(place)).to.deep.equal(written);
    expect(deploymentOfRecord(readRecord(place)).addresses).to.include({
      lens: record.contracts.lens.address,
      ...record.chainContracts,
    });
    expect(readdirSync(join(folder, "records"))).to.deep.equal(["base.json"]);
  });

  it("says of every contract where and by which transaction it was created", async () => {
    const { ethers } = await patientConnection(hre, url);
    const [deployer] = await ethers.getSigners();
    expect(record.deployer).to.equal(deployer!.address);
    for (const contract of PROTOCOL_CONTRACTS) {
      const { transactionHash, blockNumber, address, codeHash } = record.contracts[contract];
      const receipt = (await ethers.provider.getTransactionReceipt(transactionHash))!;
      expect([address, blockNumber]).to.deep.equal([receipt.contractAddress, receipt.blockNumber]);
      expect(codeHash).to.equal(keccak256(await ethers.provider.getCode(address)));
      expect(blockNumber).to.be.at.least(record.firstBlock);
    }
    const hashes = PROTOCOL_CONTRACTS.map((contract) => record.contracts[contract].transactionHash);
    expect(new Set(hashes).size).to.equal(PROTOCOL_CONTRACTS.length);
  });

  it("has the parameters with addresses instead of what the file calls local", () => {
    const parameters = recordedParameters(record);
    expect(parameters).to.include(record.chainContracts);
    expect(parameters.route).to.have.length(1);
    expect({ ...parameters, ...pick(localParameters()) }).to.deep.equal(localParameters());
    expect(() => recordedParameters({ ...record, parameters: { ...record.parameters, extra: 1 } })).to.throw(
      CommandError,
      /are those of another version .*check out the version that was deployed/,
    );
    function pick({ flock, usdc, dexFactory, route }: typeof parameters) {
      return { flock, usdc, dexFactory, route };
    }
  });

  it("has what each constructor was given, structs with their names", () => {
    const { contracts } = record;
    expect(contracts.vault.constructorArguments).to.deep.equal([
      record.chainContracts.flock,
      contracts.registry.address,
    ]);
    expect(contracts.staking.constructorArguments[3]).to.deep.equal({ capBps: "3000", multiplier: "2" });
    const abi = ["constructor((uint8 a, bool[] b) c, bytes d)"];
    const data = Interface.from(abi).encodeDeploy([[7, [true, false]], "0x12"]);
    expect(constructorArguments("X", abi, "0xabcd", `0xabcd${data.slice(2)}`)).to.deep.equal([
      { a: "7", b: [true, false] },
      "0x12",
    ]);
    expect(() => constructorArguments("X", abi, "0xabce", `0xabcd${data.slice(2)}`)).to.throw(
      CommandError,
      /^X was not deployed from the sources that are here/,
    );
  });

  for (const [what, change, sentence] of DAMAGED) {
    it(`is refused in one sentence if it ${what}`, () => {
      write(change({ ...record, chainId: 8453 }));
      expect(() => readRecord(place)).to.throw(CommandError, sentence);
      expect(() => readRecord(place)).to.throw(CommandError, /^The deployment's record [^\n\p{Cc}]*\.$/u);
    });
  }

  it("is refused if it is no JSON, whatever stands in it", () => {
    for (const text of ["", "\u001b", '{ "format": 1, ']) {
      write(text);
      expect(() => readRecord(place)).to.throw(CommandError, /^The deployment's record .* is not valid JSON5/);
    }
  });

  it("is missed until the deployment is whole", () => {
    const other = localPlace(folder, public_, "8453-ab");
    expect(() => readRecord(other)).to.throw(CommandError, /^There is no deployment of the protocol on chain 8453/);
    mkdirSync(other.journals[1], { recursive: true });
    expect(() => readRecord(other)).to.throw(CommandError, /is not finished: run `fomo deploy` again/);
  });

  it("of a public chain keeps others from deploying a second time, but not who has the journal", () => {
    writeRecord(place, record);
    expect(() => {
      requireNoOther(place);
    }).to.throw(CommandError, /^The protocol is deployed on base already/);
    mkdirSync(place.journals[0], { recursive: true });
    requireNoOther(place);
  });

  it("of a public network is not made of a chain that plays it", async () => {
    const { provider } = await patientConnection(hre, url);
    const refusal = await requireReal(place, provider).catch((error: unknown) => error);
    expect(refusal).to.be.instanceOf(CommandError);
    expect((refusal as Error).message).to.match(/^The node behind base only plays that network/);
    await requireReal({ ...place, isLocal: true }, provider);
  });

  it("of a local chain goes when nobody listens at its URL, or another chain does, and stays otherwise", async () => {
    const { provider } = await patientConnection(hre, url);
    const local = { networkName: "localhost", chainId: 31_337n };
    const alive = localPlace(folder, local, await identityOf(31_337n, provider));
    const replaced = localPlace(folder, local, localIdentity(31_337n, `0x${"12".repeat(32)}`));
    const gone = localPlace(folder, local, localIdentity(31_337n, `0x${"34".repeat(32)}`));
    const unnoted = localPlace(folder, local, localIdentity(31_337n, `0x${"56".repeat(32)}`));
    for (const one of [alive, replaced, gone, unnoted]) writeRecord(one, record);
    noteUrl(alive, url);
    noteUrl(replaced, url);
    noteUrl(gone, `http://127.0.0.1:${await freePort()}`);
    mkdirSync(gone.journals[0], { recursive: true });

    await forgetGoneNodes(folder);
    expect([alive, replaced, gone, unnoted].map((one) => existsSync(one.record))).to.deep.equal([
      true,
      false,
      false,
      true,
    ]);
    expect([gone.url, gone.journals[0], replaced.url].some((path) => existsSync(path))).to.equal(false);
    expect(readFileSync(alive.url, "utf8")).to.equal(url);
  });
});
