import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import JSON5 from "json5";

import { DEPLOYED_CONTRACTS } from "../../deploy/config/deployed.ts";
import Fomo from "../../deploy/modules/Fomo.ts";
import type { DocumentOf } from "../../scripts/lib/documents/index.ts";
import { startChaosNode } from "../support/chaosNode.ts";
import type { CommandLine } from "../support/commandLine.ts";
import { startEmptyChain } from "../support/emptyChain.ts";
import type { EmptyChain } from "../support/emptyChain.ts";
import { ADDRESS, START_TIMEOUT } from "../support/node.ts";
import { collect, startHardhat, stop } from "../support/process.ts";
import { addressesIn, forgetChain, journalsOf, recordsOf } from "../support/records.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** What a dry run says in its document. */
type Rehearsal = NonNullable<DocumentOf<"deploy">["rehearsal"]>;

/** A local chain that nobody else uses. */
const CHAIN_ID = 31396;

describe("fomo deploy", function () {
  this.timeout(60_000);

  const folder = temporaryFolder();
  const parameters = join(folder, "parameters.json5");
  let chain: EmptyChain;
  let url: string;
  let cli: CommandLine;

  /** Writes the local parameters with changes. */
  const write = (changes: object) => {
    const local = JSON5.parse<object>(readFileSync("deploy/parameters/local.json5", "utf8"));
    writeFileSync(parameters, JSON5.stringify({ ...local, chainId: CHAIN_ID, ...changes }));
  };
  const deploy = ["deploy", "--network", "localhost", "--parameters", parameters] as const;
  /** What Ignition has written down until now, by its own names. */
  const journaled = () => JSON.parse(addressesIn(journalsOf(CHAIN_ID)[0])) as Record<string, string>;

  before(async () => {
    forgetChain(CHAIN_ID);
    chain = await startEmptyChain(CHAIN_ID);
    ({ url, cli } = chain);
  });
  after(async () => {
    await chain.stop();
    forgetChain(CHAIN_ID);
  });

  it("leaves a record in which every contract is found", () => {
    const ids = Object.entries(Fomo.results).map(([name, { id }]) => [name, id]);
    expect(DEPLOYED_CONTRACTS).to.deep.equal(Object.fromEntries(ids));
  });

  it("refuses parameters that cannot be used, in a line for each cause", async () => {
    write({ treasury: null, creatorFeeBps: 101, launchFeeFlock: "100001" });
    const refusal = await cli.refusal(...deploy);
    expect(refusal).to.match(/`treasury` is not known: put the address here before you deploy/);
    expect(refusal).to.match(/`creatorFeeBps` must be a whole number from 0 to 100/);
    expect(refusal).to.match(/`launchFeeFlock` must be from 0 to 100000/);
  });

  it("refuses an address without a contract", async () => {
    write({ flock: "0x5aB3D4c385B400F3aBB49e80DE2fAF6a88A7B691" });
    expect(await cli.refusal(...deploy)).to.match(/`flock` names 0x5aB3.* where this chain has no contract/);
  });

  it("refuses the parameters of another chain", async () => {
    write({ chainId: 1 });
    expect(await cli.refusal(...deploy)).to.match(/is for chain 1, but localhost is chain 31396/);
  });

  it("refuses to deploy nowhere", async () => {
    expect(await cli.refusal("deploy")).to.match(/^Say where to deploy with --network/);
  });

  it("is missed by commands that need a deployment", async () => {
    expect(await cli.refusal("status")).to.match(/^There is no deployment of the protocol on chain 31396/);
  });

  for (const network of ["base", "baseSepolia", "bsc", "bscTestnet"]) {
    it(`stops on ${network} while its parameters are unknown, without a key or a connection`, async () => {
      expect(await cli.refusal(`deploy --network ${network}`)).to.match(/`administrator` is not known/);
    });
  }

  it("takes another deployer than the network's only for a dry run", async () => {
    write({});
    expect(await cli.refusal(...deploy, "--deployer", ADDRESS.dave)).to.match(/^--deployer is for --dry-run/);
    expect(await cli.refusal(...deploy, "--dry-run", "--deployer", "dave")).to.match(/^--deployer is "dave": name an/);
    const poor = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";
    const sentence = await cli.refusal(...deploy, "--dry-run", "--deployer", poor);
    expect(sentence).to.match(/^The deployer 0x5aAe\w+ has 0 ETH, but the deployment may need [\d.]+ ETH: send it/);
  });

  it("tells all that does not fit the chain at once, each with its key", async () => {
    write({ flock: ADDRESS.dave, guardian: ADDRESS.treasury, route: [] });
    const sentences = (await cli.refusal(...deploy)).split("\n");
    expect(sentences.map((sentence) => /^`\w+`/.exec(sentence)?.[0])).to.deep.equal(["`guardian`", "`flock`"]);
  });

  it("shows in a dry run what it would send, with gas and cost, and sends nothing", async () => {
    write({});
    const document = await cli.json(...deploy, "--dry-run", "--deployer", ADDRESS.dave);
    expect(document).to.include({ dryRun: true, chainId: CHAIN_ID, deployer: ADDRESS.dave, addresses: null });
    const rehearsal = document.rehearsal as Rehearsal;
    const { transactions } = rehearsal;
    expect(transactions).to.have.lengthOf(58);
    expect(transactions[0]).to.include({ what: "LocalFlock" });
    const sum = (values: string[]) => values.reduce((all, value) => all + BigInt(value), 0n).toString();
    expect(rehearsal.gas.toString()).to.equal(sum(transactions.map(({ gas }) => gas.toString())));
    expect(rehearsal.costWei).to.equal(sum(transactions.map(({ costWei }) => costWei)));
    expect(rehearsal.addresses).to.have.all.keys(Object.keys(DEPLOYED_CONTRACTS));
    expect((document.preflight as { what: string }[]).map(({ what }) => what)).to.include(
      "The deployer has no role and no seat",
    );
    expect([...recordsOf(CHAIN_ID), ...journalsOf(CHAIN_ID)]).to.deep.equal([]);
    expect(await cli.refusal("status")).to.match(/^There is no deployment of the protocol on chain 31396/);
  });

  it("goes on where an interrupted deployment stopped", async function () {
    this.timeout(START_TIMEOUT);
    write({});
    // Killed in the middle: when the registry is there, and the offering is not. Nothing more arrives then.
    const isInTheMiddle = () => addressesIn(journalsOf(CHAIN_ID)[0]).includes("Access#AccessManager");
    const chaos = await startChaosNode(url);
    chaos.misbehave(() => (isInTheMiddle() ? "swallow" : undefined));
    const first = startHardhat(["fomo", ...deploy], { FOMO_LOCALHOST_URL: chaos.url });
    collect(first);
    while (!isInTheMiddle()) await new Promise((resolve) => setTimeout(resolve, 5));
    await stop(first, "SIGKILL");
    chaos.close();
    const before = journaled();
    expect(before).not.to.have.property("Offering#RealModelOffering");
    expect(recordsOf(CHAIN_ID)).to.deep.equal([]);
    expect(await cli.refusal("status")).to.match(/is not finished: run `fomo deploy` again/);

    const { addresses, record, check } = await cli.json(...deploy);
    const after = journaled();
    expect(after).to.include(before);
    expect(addresses).to.include({
      accessManager: after["Access#AccessManager"],
      offering: after["Offering#RealModelOffering"],
    });
    expect(recordsOf(CHAIN_ID)).to.deep.equal([record]);
    expect(check).to.deep.include({ agrees: true, differences: [] });
  });

  it("is found by every other command, and has nothing left to do", async () => {
    const status = await cli.json("status");
    expect(status).to.deep.include({ chainId: CHAIN_ID, models: [] });
    expect(status.pausedUntil).to.include({ launches: null, buys: null, deposits: null, buybacks: null });
    const again = await cli.json(...deploy);
    expect(again.addresses).to.deep.equal(status.addresses);
  });

  it("names the key of a parameter that has changed since", async () => {
    write({ creatorFeeBps: 31 });
    for (const dryRun of [[], ["--dry-run"]]) {
      const sentence = await cli.refusal(...deploy, ...dryRun);
      expect(sentence).to.match(/parameters\.json5 has changed since the deployment in .*chain-31396-\w+ began: /);
      expect(sentence).to.match(/began: `creatorFeeBps` was 30 and is 31\. Put back what was there/);
    }
  });
});
