import { expect } from "chai";
import { AbiCoder, Interface } from "ethers";
import type { ContractTransactionReceipt, ContractTransactionResponse } from "ethers";

import { errorsAbi } from "../../sdk/src/abi/errors.ts";
import { offeringAbi } from "../../sdk/src/abi/offering.ts";
import { addressOf } from "../../sdk/src/codec/address.ts";
import { explainRevert } from "../../sdk/src/errors/explain.ts";
import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import { decodeLog, decodeLogs, eventOf, eventsIn, eventsOf } from "../../sdk/src/events/decode.ts";
import type { Log } from "../../sdk/src/events/decode.ts";
import { describeEvent } from "../../sdk/src/events/describe.ts";
import { eventFilter, eventFilterAt, protocolFilter } from "../../sdk/src/events/filter.ts";
import { isPlain } from "../../sdk/src/text/plainText.ts";
import { settle, usedFixture } from "../support/earning.ts";
import {
  ethers,
  graduatedFixture,
  launchPayment,
  networkHelpers,
  openOfferingFixture,
  protocolFixture,
  workedExample,
} from "../support/fixtures.ts";
import { structOf } from "../support/scenes.ts";
import { NO_DEADLINE } from "../support/time.ts";
import { tokens, usdc } from "../support/units.ts";

const receiptOf = async (sent: Promise<ContractTransactionResponse>): Promise<ContractTransactionReceipt> =>
  (await (await sent).wait())!;

/** The sentence of a refusal. */
function refusalOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof FomoError) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("events of real transactions", () => {
  it("are those of a launch, all of them, however the receipt was read", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    const receipt = await receiptOf(
      f.offering.connect(f.alice).launch(workedExample(), launchPayment({ bundleFlock: tokens(1_000) })),
    );
    const events = eventsIn(f, receipt);
    expect(events.map(({ contract, name }) => `${contract}.${name}`)).to.include.members([
      "registry.SeatFilled",
      "registry.ModelRegistered",
      "offering.ModelLaunched",
      "offering.BundleBought",
      "flock.Transfer",
    ]);
    expect(events).to.have.length(receipt.logs.length);
    const { transactionHash, blockNumber, logIndex } = events[0]!;
    expect({ transactionHash, blockNumber, logIndex }).to.deep.equal({
      ...{ transactionHash: receipt.hash, blockNumber: receipt.blockNumber, logIndex: receipt.logs[0]!.index },
    });
    const raw = (await ethers.provider.send("eth_getTransactionReceipt", [receipt.hash])) as { logs: Log[] };
    expect(eventsIn(f, raw)).to.deep.equal(events);

    const { args } = eventOf(f, receipt, "offering", "ModelLaunched");
    expect(args).to.include({ modelId: 1n, issuer: f.alice.address, token: await f.offering.tokenOf(1n) });
    expect(args.terms.identity).to.deep.equal(structOf(await f.registry.identityOf(1n)));
    const [bundle] = eventsOf(f, receipt, "offering", "BundleBought");
    expect(bundle!.args.flockIn).to.equal(tokens(1_000));
    expect(describeEvent(bundle!)).to.match(
      /^0x\w{40} bought [\d,.]+ MT of model 1 in the launch, for 1,000 FLOCK with fees\.$/,
    );
  });

  it("are those of a purchase, in words with their units", async () => {
    const f = await networkHelpers.loadFixture(openOfferingFixture);
    const receipt = await receiptOf(f.offering.connect(f.bob).buyExactIn(1n, tokens(100), 0n, f.carol, NO_DEADLINE));
    const bought = eventOf(f, receipt, "offering", "Bought");
    const position = await f.offering.positionOf(1n, f.carol);
    expect(bought.args.mtOut).to.equal(position.mt);
    expect(describeEvent(bought)).to.match(
      new RegExp(
        `^${f.bob.address} bought [\\d,.]+ MT of model 1 for ${f.carol.address}, for 100 FLOCK with fees; the raise has 98\\.75 FLOCK\\.$`,
      ),
    );
    expect(refusalOf(() => eventOf(f, receipt, "offering", "Claimed"))).to.match(
      /^The receipt has no event offering\.Claimed: take that of/,
    );
  });

  it("are those of a graduation, with its token and its pair if they are named", async () => {
    const f = await networkHelpers.loadFixture(graduatedFixture);
    const pair = await f.dexFactory.getPair(f.addresses.flock, f.token);
    const [event] = await f.graduation.queryFilter(f.graduation.filters.Graduated(1n));
    const receipt = await event!.getTransactionReceipt();
    const models = { modelTokens: [f.token], pairs: [pair] };
    expect(eventsOf(f, receipt, "pair", "Mint")).to.deep.equal([]);
    expect(eventsOf(f, receipt, "pair", "Mint", models)).to.have.length(1);
    expect(eventsIn(f, receipt, models)).to.have.length(receipt.logs.length);
    expect(eventOf(f, receipt, "graduation", "Graduated").args.mt.pool).to.equal(event!.args.mt.pool);
    expect(eventOf(f, receipt, "dexFactory", "PairCreated").args).to.include({ pair, arg3: 2n });
  });

  it("are those of a settlement", async () => {
    const f = await networkHelpers.loadFixture(usedFixture);
    const before = await ethers.provider.getBlockNumber();
    const net = await settle(f, f.modelId, [{ user: f.bob, list: usdc(1_000), units: 5_000n }]);
    const logs = await ethers.provider.getLogs({ ...protocolFilter(f), fromBlock: before + 1 });
    const events = decodeLogs(f, logs);
    expect(events).to.have.length(logs.length);
    const settled = events.find((one) => one.contract === "meter" && one.name === "UsageSettled");
    expect(settled?.args).to.deep.equal({
      ...{ modelId: f.modelId, byCard: false, units: 5_000n, list: usdc(1_000), paid: usdc(1_000), net },
    });
    expect(events.map(({ contract, name }) => `${contract}.${name}`)).to.include.members([
      "meter.VoucherCollected",
      "waterfall.RevenueSplit",
      "emissions.UsageRecorded",
    ]);
  });
});

describe("filters of events", () => {
  it("find what ethers finds, by one value, by several and by none", async () => {
    const f = await networkHelpers.loadFixture(graduatedFixture);
    const found = async (filter: ReturnType<typeof eventFilter>) => {
      const asEthers = await ethers.provider.getLogs({ ...filter, fromBlock: 0 });
      const asNode = (await ethers.provider.send("eth_getLogs", [{ ...filter, fromBlock: "0x0" }])) as Log[];
      expect(decodeLogs(f, asNode)).to.deep.equal(decodeLogs(f, asEthers));
      return decodeLogs(f, asNode).map(({ name, args }) => ({ name, ...args }));
    };
    const recipients = (events: object[]) => events.map((event) => (event as { recipient: string }).recipient);
    expect(recipients(await found(eventFilter(f, "offering", "Bought")))).to.deep.equal([
      f.bob.address,
      f.carol.address,
    ]);
    const ofBob = eventFilter(f, "offering", "Bought", { recipient: f.bob.address.toLowerCase() });
    expect(recipients(await found(ofBob))).to.deep.equal([f.bob.address]);
    const ofBoth = eventFilter(f, "offering", "Bought", {
      modelId: 1n,
      recipient: [f.carol.address, f.bob.address],
    });
    expect(recipients(await found(ofBoth))).to.deep.equal([f.bob.address, f.carol.address]);
    expect(await found(eventFilter(f, "offering", "Bought", { modelId: [2n, 3n] }))).to.deep.equal([]);
    expect(ofBob.topics).to.deep.equal(await f.offering.filters.Bought(undefined, undefined, f.bob).getTopicFilter());
    expect(eventFilter(f, "offering", "Bought", { modelId: 7n }).topics).to.deep.equal(
      await f.offering.filters.Bought(7n).getTopicFilter(),
    );
    expect(eventFilter(f, "offering", "BuysUnpaused").topics).to.have.length(1);
  });

  it("find the events of a token and a pair of a model", async () => {
    const f = await networkHelpers.loadFixture(graduatedFixture);
    const filter = eventFilterAt(f.token.toLowerCase(), "modelToken", "Transfer", { to: f.addresses.vault });
    expect(filter.address).to.equal(f.token);
    const logs = await ethers.provider.getLogs({ ...filter, fromBlock: 0 });
    expect(decodeLogs(f, logs, { modelTokens: [f.token] }).map(({ name }) => name)).to.deep.equal(["Transfer"]);
    expect(refusalOf(() => eventFilterAt("0x12", "pair", "Sync"))).to.match(/^The pair is no address/);
  });

  it("follow the protocol's own contracts and what is named, and not everybody's transfers", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    const { flock, usdc, dexFactory, ...own } = f.addresses;
    expect(protocolFilter(f).address).to.have.members(Object.values(own));
    expect(protocolFilter(f, { modelTokens: [flock], pairs: [usdc] }).address).to.have.members([
      ...[...Object.values(own), flock, usdc],
    ]);
    expect(protocolFilter(f).address).to.not.include(dexFactory);
    expect(refusalOf(() => protocolFilter(f, { modelTokens: ["\u001b"] }))).to.match(
      /^The token is no address with a valid checksum: "\\u\{1b\}"\.$/,
    );
  });

  it("refuse what no node can search for", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    const refused = (values: object) => refusalOf(() => eventFilter(f, "offering", "Bought", values));
    expect(refused({ mtOut: 1n })).to.equal(
      "Bought cannot be searched for by mtOut: search by modelId, payer, recipient, and look at the rest of what is found.",
    );
    expect(refused({ payer: "0x\u001b" })).to.equal('Bought has no payer "0x\\u{1b}": search for another.');
    expect(refused({ modelId: [1n, -1n] })).to.equal('Bought has no modelId "-1": search for another.');
    expect(refused({ modelId: [] })).to.match(/^Bought is searched for by no modelId at all/);
  });
});

describe("texts that somebody put on a chain", () => {
  /** Broken UTF-8, an escape of a terminal, a mark of direction and a line's end. */
  const BYTES = "0x41ff1b5b324ae280ae420a43";
  const READ = "A\ufffd\u001b[2J\u202eB\nC";
  const SHOWN = "A\ufffd\\u{1b}[2J\\u{202e}B C";

  /** A launch whose name is such a text, as a log: the registry would refuse it. */
  async function hostileLaunch() {
    const f = await networkHelpers.loadFixture(openOfferingFixture);
    const [event] = await f.offering.queryFilter(f.offering.filters.ModelLaunched(1n));
    const { inputs } = new Interface(offeringAbi).getEvent("ModelLaunched")!;
    const types = inputs.filter(({ indexed }) => !indexed).map((type) => type.format("full"));
    const asBytes = types.map((type) => type.replaceAll("string", "bytes"));
    const [terms, ...others] = AbiCoder.defaultAbiCoder().decode(asBytes, event!.data).toArray(true) as [unknown[]];
    terms[0] = [BYTES, BYTES, (terms[0] as unknown[])[2]];
    const { address, topics } = event!;
    return { f, log: { address, topics, data: AbiCoder.defaultAbiCoder().encode(asBytes, [terms, ...others]) } };
  }

  it("are exact in the values of an event, and harmless in its sentence", async () => {
    const { f, log } = await hostileLaunch();
    const event = decodeLog(f, log);
    if (event?.contract !== "offering" || event.name !== "ModelLaunched") throw new Error("it was not decoded");
    expect(event.args.terms.identity).to.include({ name: READ, symbol: READ });
    const sentence = describeEvent(event);
    expect(sentence).to.contain(`launched model 1, "${SHOWN}" ("${SHOWN}"): it needs`);
    expect(isPlain(sentence)).to.equal(true);
  });

  it("are harmless in refusals, of the chain and of the SDK", () => {
    const reason = AbiCoder.defaultAbiCoder().encode(["bytes"], [BYTES]).slice(2);
    expect(explainRevert(`0x08c379a0${reason}`)!.sentence).to.equal(`The chain refuses this: ${SHOWN}.`);
    expect(new FomoError("badValue", `No model is called \u001b${READ}`).message).to.match(
      /^No model is called \\u\{1b\}A/,
    );
    expect(refusalOf(() => addressOf(READ))).to.equal(
      `The text is no address with a valid checksum: "${SHOWN.replace(" ", "\\u{a}")}".`,
    );
  });

  it("do not keep a refusal from being told when an enum has a value that nobody knows", () => {
    const errors = new Interface(errorsAbi);
    const data = errors.encodeErrorResult("Offering_NotGraduated", [7n, 200]);
    expect(explainRevert(data)!.sentence).to.equal(
      "Offering_NotGraduated: model 7 has not graduated: its outcome is 200.",
    );
  });
});
