import { expect } from "chai";
import { hexlify, toUtf8Bytes, zeroPadBytes } from "ethers";
import type { ParamType } from "ethers";

import { decodeLog } from "../../sdk/src/events/decode.ts";
import { describeEvent } from "../../sdk/src/events/describe.ts";
import type { ProtocolEvent } from "../../sdk/src/events/event.ts";
import { EVENT_SENTENCES } from "../../sdk/src/events/sentences.ts";
import { isPlain } from "../../sdk/src/text/plainText.ts";
import { UNITS } from "../../sdk/src/text/template.ts";
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

describe("events in words", () => {
  /** What a sentence names: each value with its unit. */
  const named = (sentence: string) =>
    [...sentence.matchAll(/\{([\w.]+)(?::(\w+))?\}/g)].map(([, path, unit]) => ({ path: path!, unit }));

  /** The type of a value inside an event's values. */
  function typeAt(inputs: readonly ParamType[], path: string): string | undefined {
    const [first, ...rest] = path.split(".");
    const found = inputs.find(({ name }, index) => (name || `arg${index}`) === first);
    if (rest.length === 0 || found === undefined) return found?.type;
    if (found.isTuple()) return typeAt(found.components, rest.join("."));
    if (!found.isArray()) return undefined;
    return rest[0] === "length" || Number(rest[0]) < found.arrayLength ? "uint256" : undefined;
  }

  it("have a sentence each that names only values and units that exist", () => {
    for (const { contract, fragment } of all) {
      const sentence = (EVENT_SENTENCES[contract] as Record<string, string>)[fragment.name]!;
      for (const { path, unit } of named(sentence)) {
        const type = typeAt(fragment.inputs, path);
        expect(type, `${contract}.${fragment.name} has ${path}`).to.match(/^(address|bool|string|uint\d+|bytes\d+)$/);
        if (unit === undefined) continue;
        if (unit !== "name") expect(UNITS).to.have.property(unit);
        expect(type, `${fragment.name}.${path} as ${unit}`).to.match(
          /^(name|seat)$/.test(unit) ? /^bytes32$/ : /^uint/,
        );
      }
    }
  });

  it("have no sentence left over", () => {
    for (const contract of contracts) {
      expect(Object.keys(EVENT_SENTENCES[contract])).to.have.members(eventsOfAbi(contract).map(({ name }) => name));
    }
  });

  it("are one harmless line with whatever values", () => {
    for (const { contract, fragment } of all) {
      for (let i = 0; i < CASES; i++) {
        const said = describeEvent(decodeLog(deployment, drawLog(contract, fragment).log, models)!, deployment);
        expect(isPlain(said), said).to.equal(true);
        expect(said).to.match(/^\P{Ll}.*[^.]\.$/u);
        expect(said).to.not.match(/undefined|\[object/);
      }
    }
  });

  it("show amounts in their units, and raw units of USDC where its decimals are not known", () => {
    const [account, key] = [drawAddress(), drawAddress()];
    const collected = { units: 2_000_000n, list: 700_000n, paid: 630_000n };
    const rest = { paidSoFar: 630_000n, fromCredit: 0n, credit: 0n, deposited: 1n };
    const values = { modelId: 3n, user: account, key, collected, ...rest };
    const event = { contract: "meter", name: "VoucherCollected", args: values } as unknown as ProtocolEvent;
    const end = `for 2,000,000 units of model 3, signed by the key ${key}.`;
    expect(describeEvent(event, { usdcDecimals: 6 })).to.equal(`${account} paid 0.63 USDC ${end}`);
    expect(describeEvent(event)).to.equal(`${account} paid 630,000 units of USDC ${end}`);
  });

  it("show a name that the chain keeps in 32 bytes, and a seat, in words", () => {
    const target = drawAddress();
    const wired = { link: zeroPadBytes(hexlify(toUtf8Bytes("graduation")), 32), target };
    expect(describeEvent({ contract: "vault", name: "Wired", args: wired } as unknown as ProtocolEvent)).to.equal(
      `The link graduation of the contract names ${target} for good.`,
    );
    const seat = `0x02${"00".repeat(31)}`;
    const handed = { seat, previousHolder: target, holder: target };
    expect(
      describeEvent({ contract: "registry", name: "SeatHandedOver", args: handed } as unknown as ProtocolEvent),
    ).to.equal(`The treasury's seat went from ${target} to ${target}.`);
  });
});
