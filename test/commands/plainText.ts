import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { AbiCoder, Interface, concat, encodeBytes32String } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { z } from "zod";

import type { Session } from "../../scripts/lib/chain/session.ts";
import { showTime } from "../../sdk/src/units/show.ts";
import { CommandError } from "../../scripts/lib/command/commandError.ts";
import { Output } from "../../scripts/lib/command/output.ts";
import { harmless, harmlessJson, plain, quoted } from "../../sdk/src/text/plainText.ts";
import { pairsOf, tableOf } from "../../scripts/lib/command/table.ts";
import { readJson5 } from "../../scripts/lib/command/textFile.ts";
import { LenientInterface, textOfBytes32 } from "../../sdk/src/codec/lenient.ts";
import { errorsAbi } from "../../sdk/src/abi/index.ts";
import { explainRevert } from "../../sdk/src/errors/explain.ts";
import { describeCall } from "../../scripts/lib/governance/operations.ts";
import { runCommand } from "../../scripts/tasks/runCommand.ts";
import { isInvisible } from "../support/model/plainText.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const coder = AbiCoder.defaultAbiCoder();
const NEWLINE = 10;
/** A text that is not well-formed: a letter and a byte that begins nothing. */
const BROKEN = "0x41ff";
const READ = "A\ufffd";

/** What is written to a stream meanwhile. */
async function writtenDuring(stream: NodeJS.WriteStream, work: () => void | Promise<void>): Promise<string> {
  const write = stream.write.bind(stream);
  let said = "";
  stream.write = (text: string | Uint8Array) => {
    said += text.toString();
    return true;
  };
  try {
    await work();
  } finally {
    stream.write = write;
  }
  return said;
}

/** All errors that the SDK knows. */
const errors = new Interface(errorsAbi);

describe("foreign text", () => {
  describe("that is printed", () => {
    it("shows by its number exactly what the registry refuses, and halves of pairs", () => {
      const blocks = [...Array(0x3000).keys(), 0xfe00, 0xfe0f, 0xfeff, 0xfff9, 0x1d173, 0xe0041, 0x1f600];
      for (const codePoint of blocks) {
        const character = String.fromCodePoint(codePoint);
        const expected = isInvisible(codePoint) ? `\\u{${codePoint.toString(16)}}` : character;
        expect(plain(character), codePoint.toString(16)).to.equal(expected);
      }
      expect(plain("\ud800x\udfff")).to.equal("\\u{d800}x\\u{dfff}");
    });

    it("keeps its lines only where lines are printed", () => {
      expect(harmless("one\ntwo\r\u001b[2J")).to.equal("one\ntwo\\u{d}\\u{1b}[2J");
      expect(plain("one\ntwo")).to.equal("one\\u{a}two");
    });

    it("is quoted in one line of bearable length", () => {
      expect(quoted(" <html>\n  <b>\u0007</b>\n")).to.equal("<html> <b>\\u{7}</b>");
      expect(quoted("x".repeat(1_000))).to.equal("x".repeat(1_000));
      expect(quoted("x".repeat(1_001))).to.equal(`${"x".repeat(1_000)}…`);
    });

    it("is one line in a table and in pairs", () => {
      expect(tableOf(["name"], [["a\nb\u001b"]])).to.contain("a\\u{a}b\\u{1b}");
      expect(pairsOf({ "k\n": "a\nb" })).to.equal("  k\\u{a}  a\\u{a}b");
    });
  });

  describe("in a JSON document", () => {
    it("is the same text for whoever parses it, and nothing that a terminal obeys", () => {
      const value = { text: "\u001b\u007f\u009b\u202e\u2028\ufeff\u{e0041}\n é 小爱 🤖", "k\u200b": ["\u061c"] };
      const json = harmlessJson(JSON.stringify(value, null, 2));
      expect(JSON.parse(json)).to.deep.equal(value);
      expect(
        Array.from(json, (character) => character.codePointAt(0)!).filter((one) => one !== NEWLINE && isInvisible(one)),
      ).to.deep.equal([]);
      expect(json).to.contain("é 小爱 🤖").and.to.contain("\\udb40\\udc41");
    });
  });

  describe("that a command prints", () => {
    it("passes no control to the terminal, whichever way it takes", async () => {
      const out = new Output(false);
      const json = new Output(true);
      const ways: [stream: NodeJS.WriteStream, print: () => void, written: string][] = [
        [process.stdout, () => { out.say("a\u001bb\nc"); }, "a\\u{1b}b\nc\n"],
        [process.stderr, () => { json.say("a\u009bb"); }, "a\\u{9b}b\n"],
        [process.stderr, () => { out.complain("a\u202eb"); }, "a\\u{202e}b\n"],
        [process.stdout, () => { json.document({ a: "\u202e" }); }, '{\n  "a": "\\u202e"\n}\n'],
      ]; // prettier-ignore
      for (const [stream, print, written] of ways) expect(await writtenDuring(stream, print)).to.equal(written);
    });
  });

  describe("that is not well-formed", () => {
    const contract = new LenientInterface([
      "function nameOf() view returns (string)",
      "function mixed() view returns (uint256 id, tuple(string name, address holder, string[] parts) model, string[2] pair)",
      "event Named(uint256 indexed id, string name)",
      "function rename(string name)",
    ]);

    it("is decoded in results, alone and deep inside", () => {
      expect(contract.decodeFunctionResult("nameOf", coder.encode(["bytes"], [BROKEN])).toArray()).to.deep.equal([
        READ,
      ]);
      const holder = `0x${"11".repeat(20)}`;
      const types = ["uint256", "tuple(bytes, address, bytes[])", "bytes[2]"];
      const data = coder.encode(types, [7n, [BROKEN, holder, ["0x42", BROKEN]], [BROKEN, "0x"]]);
      const result = contract.decodeFunctionResult("mixed", data);
      expect(result.toArray(true)).to.deep.equal([7n, [READ, holder, ["B", READ]], [READ, ""]]);
      const { model } = result as unknown as { model: { name: string; holder: string } };
      expect([model.name, model.holder]).to.deep.equal([READ, holder]);
    });

    it("is decoded in events and calls", () => {
      const { topicHash } = contract.getEvent("Named")!;
      const log = { topics: [topicHash, coder.encode(["uint256"], [1n])], data: coder.encode(["bytes"], [BROKEN]) };
      expect(contract.parseLog(log)!.args.toArray()).to.deep.equal([1n, READ]);
      const data = concat([contract.getFunction("rename")!.selector, coder.encode(["bytes"], [BROKEN])]);
      expect(contract.parseTransaction({ data })!.args.toArray()).to.deep.equal([READ]);
    });

    it("is decoded and quoted as the reason of a revert", () => {
      const error = concat(["0x08c379a0", coder.encode(["bytes"], ["0xff1b5b324a"])]);
      const revert = explainRevert(error)!;
      expect(revert.sentence).to.equal("The chain refuses this: \ufffd\\u{1b}[2J.");
      expect(revert.values.reason).to.equal("\ufffd\u001b[2J");
    });

    it("does not matter where a revert's or a scheduled call's values are cut off", () => {
      const error = errors.encodeErrorResult("Offering_NoFees", [1n]);
      expect(explainRevert(error.slice(0, -2))).to.equal(undefined);
      expect(explainRevert("0x08c379a0")).to.equal(undefined);
      const registry = `0x${"22".repeat(20)}`;
      const session = {
        protocol: { addresses: { registry }, registry: { interface: contract } },
      } as unknown as Session;
      const call = concat([contract.getFunction("rename")!.selector, coder.encode(["bytes"], ["0xff0a41"])]);
      expect(describeCall(session, registry, call)).to.equal("registry.rename(name = \ufffd\\u{a}A)");
      const cut = call.slice(0, 20);
      expect(describeCall(session, registry, cut)).to.equal(`${registry} with ${cut}`);
    });

    it("does not keep the name of a value out of bounds from being shown", () => {
      const name = `0xff1b41${"00".repeat(29)}`;
      const bounds = errors.encodeErrorResult("Bounds_OutOfRange", [name, 1n, 2n, 3n]);
      expect(explainRevert(bounds)!.sentence).to.equal("Bounds_OutOfRange: \ufffd\\u{1b}A is 1; choose from 2 to 3.");
    });

    it("is read from all 32 bytes", () => {
      expect(textOfBytes32(encodeBytes32String("symbol"))).to.equal("symbol");
      expect(textOfBytes32(`0x${"41".repeat(32)}`)).to.equal("A".repeat(32));
    });

    it("would throw in the usual interface", () => {
      const usual = new Interface(["function nameOf() view returns (string)"]);
      expect(() => usual.decodeFunctionResult("nameOf", coder.encode(["bytes"], [BROKEN]))[0] as string).to.throw();
    });
  });

  describe("in the words of somebody else", () => {
    const folder = temporaryFolder();

    /** What a command says, and what it throws, when its first step fails with this. */
    async function failing(error: Error) {
      const hre = { globalOptions: {}, network: {} } as unknown as HardhatRuntimeEnvironment;
      let thrown: unknown;
      const action = runCommand("fail", () => Promise.reject(error));
      const said = await writtenDuring(process.stderr, async () => {
        await action({ json: false }, hre).catch((other: unknown) => (thrown = other));
      });
      return { said, thrown };
    }

    it("is quoted when a node refuses", async () => {
      const page = Object.assign(new Error(`<html>\n\u001b[2J${"x".repeat(5_000)}`), { code: -32_000 });
      const { said, thrown } = await failing(page);
      expect(thrown).to.equal(undefined);
      expect(said).to.match(/^The node refuses this: <html> \\u\{1b\}\[2Jx{980,}….\n$/);
    });

    it("is harmless in the stack of a defect", async () => {
      const { said, thrown } = await failing(new TypeError("name\u001b]0;title\u0007"));
      expect(said).to.equal("");
      expect(thrown).to.be.instanceOf(TypeError);
      const { message, stack } = thrown as Error;
      expect(message).to.equal("name\\u{1b}]0;title\\u{7}");
      expect(stack).to.contain(message).and.to.not.contain("\u001b");
    });

    it("is quoted when a file is not JSON5, or has keys that nobody expects", () => {
      const file = join(folder, "file.json5");
      const read = (text: string | Buffer) => {
        writeFileSync(file, text);
        return () => readJson5("file", file, z.strictObject({}));
      };
      for (const text of ["\u202e{", "{ a: \u009b }", "\u0007"]) {
        expect(read(text)).to.throw(CommandError, /is not valid JSON5: (?:(?!\n)\P{C})*\.$/u);
      }
      expect(read("{ 'a\\u001b\\n\\u202e': 1 }")).to.throw(
        CommandError,
        /needs a change: .*a\\u\{1b\}\\u\{a\}\\u\{202e\}/,
      );
    });
  });

  it("is not needed to show a moment beyond all dates", () => {
    const last = 8_640_000_000_000n;
    expect(showTime(last)).to.equal("+275760-09-13 00:00 UTC");
    expect(showTime(last + 1n)).to.equal("8640000000001 seconds after 1970");
  });
});
