import { expect } from "chai";
import { toBeHex } from "ethers";
import type { JsonFragment } from "ethers";

import * as abis from "../../sdk/src/abi/index.ts";
import { decodeLog, decodeLogs } from "../../sdk/src/events/decode.ts";
import { describeEvent } from "../../sdk/src/events/describe.ts";
import type { ProtocolEvent } from "../../sdk/src/events/event.ts";
import { Random } from "../support/random.ts";
import {
  CASES,
  all,
  contracts,
  deployment,
  drawAddress,
  drawLog,
  eventsOfAbi,
  models,
} from "../support/randomEvents.ts";

describe("events of the contracts", () => {
  const random = new Random("sdk/events that are spoilt");

  it("are those of every ABI that has any", () => {
    const emitting = Object.entries(abis).filter(
      ([name, abi]) => name !== "errorsAbi" && (abi as readonly JsonFragment[]).some(({ type }) => type === "event"),
    );
    expect(contracts.map((name) => `${name}Abi`)).to.have.members(emitting.map(([name]) => name));
    expect(all.length).to.be.greaterThan(100);
  });

  it("are searched for by whole values only: of a text the chain would keep a hash", () => {
    const indexed = all.flatMap(({ fragment }) => fragment.inputs.filter((input) => input.indexed));
    expect(
      indexed.map(({ type }) => type).filter((type) => !/^(address|bool|uint\d+|bytes\d+)$/.test(type)),
    ).to.deep.equal([]);
  });

  for (const contract of contracts) {
    it(`are decoded to the values that were emitted: ${contract}`, () => {
      for (const fragment of eventsOfAbi(contract)) {
        for (let i = 0; i < CASES; i++) {
          const { log, args } = drawLog(contract, fragment);
          expect(decodeLog(deployment, log, models), fragment.name).to.deep.equal({
            ...{ contract, name: fragment.name, args, address: log.address, removed: false },
          });
        }
      }
    });
  }

  describe("that are no events of ours", () => {
    const { fragment } = all.find((one) => one.fragment.name === "ModelLaunched")!;
    const { log } = drawLog("offering", fragment);

    it("are left out: those of other contracts, of unnamed models, and those that no contract has", () => {
      expect(decodeLog(deployment, { ...log, address: drawAddress() })).to.equal(undefined);
      expect(decodeLog(deployment, { ...log, address: deployment.addresses.meter })).to.equal(undefined);
      const [transfer] = eventsOfAbi("modelToken").filter(({ name }) => name === "Transfer");
      const ofModel = drawLog("modelToken", transfer!).log;
      expect(decodeLogs(deployment, [ofModel, log, ofModel]).map(({ name }) => name)).to.deep.equal(["ModelLaunched"]);
      expect(decodeLogs(deployment, [ofModel, log], models).map(({ name }) => name)).to.deep.equal([
        "Transfer",
        "ModelLaunched",
      ]);
    });

    it("are no exception, wherever they are cut off or spoilt", () => {
      for (const { contract, fragment } of all) {
        const { log } = drawLog(contract, fragment);
        const spoilt = [
          ...log.topics.map((_, count) => ({ ...log, topics: log.topics.slice(0, count) })),
          { ...log, topics: [...log.topics, ...log.topics] },
          { ...log, topics: [log.topics[0]!, ...log.topics.slice(1).map(() => "0x")] },
          { ...log, topics: ["no topic"] },
          { ...log, data: "no data" },
          { ...log, data: `${log.data}0` },
          { ...log, data: log.data.slice(0, -64) },
          { ...log, data: log.data.replaceAll("0", "f").replace(/^f/, "0") },
        ];
        for (const one of spoilt) {
          const decoded = decodeLog(deployment, one, models);
          if (decoded !== undefined) expect(describeEvent(decoded)).to.be.a("string");
        }
        if (log.data !== "0x") expect(decodeLog(deployment, spoilt.at(-2)!, models), fragment.name).to.equal(undefined);
      }
    });

    it("are no exception either where the data names places outside of it", () => {
      for (let i = 0; i < 200; i++) {
        const words = log.data.slice(2).match(/.{64}/g)!;
        words[Number(random.uniform(0n, BigInt(words.length - 1)))] = toBeHex(
          random.magnitude(1n, 2n ** 256n - 1n),
          32,
        ).slice(2);
        const decoded = decodeLog(deployment, { ...log, data: `0x${words.join("")}` });
        if (decoded !== undefined) expect(describeEvent(decoded)).to.be.a("string");
      }
    });
  });

  it("are found by an address in any letters, and answer with its checksum", () => {
    const { log } = drawLog("offering", all.find(({ fragment }) => fragment.name === "Bought")!.fragment);
    for (const address of [log.address.toLowerCase(), log.address.toUpperCase().replace("0X", "0x")]) {
      expect(decodeLog(deployment, { ...log, address })?.address).to.equal(deployment.addresses.offering);
    }
    const lower = { addresses: { offering: deployment.addresses.offering.toLowerCase() } };
    expect(decodeLog(lower, log)?.address).to.equal(deployment.addresses.offering);
  });

  it("tell where they stand, whichever library or node gave them", () => {
    const { log } = drawLog("offering", all.find(({ fragment }) => fragment.name === "Bought")!.fragment);
    const transactionHash = `0x${"ab".repeat(32)}`;
    const placeOf = (place: object) => {
      const { blockNumber, transactionHash, logIndex, removed } = decodeLog(deployment, { ...log, ...place })!;
      return { blockNumber, transactionHash, logIndex, removed };
    };
    const place = { blockNumber: 17, transactionHash, logIndex: 2, removed: false };
    expect(placeOf({ blockNumber: "0x11", transactionHash, logIndex: "0x2" }), "a node").to.deep.equal(place);
    expect(placeOf({ blockNumber: 17, transactionHash, index: 2, removed: false }), "ethers").to.deep.equal(place);
    expect(placeOf({ blockNumber: 17n, transactionHash, logIndex: 2 }), "viem").to.deep.equal(place);
    expect(placeOf({ blockNumber: 17n, transactionHash, logIndex: 2, removed: true }).removed).to.equal(true);
    const pending = decodeLog(deployment, { ...log, blockNumber: null, transactionHash: null, logIndex: null })!;
    expect(pending).to.not.have.any.keys("blockNumber", "transactionHash", "logIndex");
  });

  it("are told apart by contract and name, with the types of their values", () => {
    const names = (event: ProtocolEvent): bigint | string => {
      if (event.contract === "offering" && event.name === "Bought") return event.args.mtOut;
      if (event.contract === "registry" && event.name === "ModelRegistered") return event.args.identity.name;
      // @ts-expect-error -- the registry has no purchases
      return event.contract === "registry" && event.name === "Bought" ? "" : event.address;
    };
    for (const name of ["Bought", "Claimed"]) {
      const { log, args } = drawLog("offering", all.find(({ fragment }) => fragment.name === name)!.fragment);
      expect(names(decodeLog(deployment, log)!)).to.equal(name === "Bought" ? args.mtOut : log.address);
    }
  });
});
