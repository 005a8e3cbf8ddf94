import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import JSON5 from "json5";
import { z } from "zod";

import { Json5Error, parseJson5 } from "../../deploy/config/json5.ts";
import { ParameterError, readParameters } from "../../deploy/config/parameters.ts";
import { CommandError } from "../../scripts/lib/command/commandError.ts";
import { readJson5 } from "../../scripts/lib/command/textFile.ts";
import { Random } from "../support/random.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const parse = (text: string) => parseJson5(Buffer.from(text));

describe("JSON5 files", () => {
  const folder = temporaryFolder();

  const duplicates: [what: string, text: string, sentence: string][] = [
    ["side by side", "{ a: 1, a: 1 }", "names `a` twice, on line 1"],
    ["on lines of its own", "{\n  a: 1,\n  // a: 2,\n  b: 3,\n  a: 4,\n}", "names `a` twice, on lines 2 and 5"],
    ["once in quotes", "{ a: 1, 'a': 2 }", "names `a` twice"],
    ["in both quotes", `{ "a b": 1, 'a b': 2 }`, "names `a b` twice"],
    ["once by its number", `{ "a": 1, "\\u0061": 2 }`, "names `a` twice"],
    ["once by its short number", `{ "a": 1, '\\x61': 2 }`, "names `a` twice"],
    ["by a number without quotes", "{ abc: 1, \\u0061bc: 2 }", "names `abc` twice"],
    ["cut by a line that goes on", "{ ab: 1, 'a\\\nb': 2 }", "names `ab` twice, on lines 1 and 2"],
    ["inside another", "{ x: { a: 1, b: [], a: 2 } }", "names `x.a` twice"],
    ["in a list", "[{ a: 1 }, [], { b: [0, { a: 1, a: 2 }] }]", "names `2.b.1.a` twice"],
    ["after a value that has it", "{ a: { a: 1 }, a: 2 }", "names `a` twice"],
    ["which every object has", "{ __proto__: 1, __proto__: 2 }", "names `__proto__` twice"],
    ["that a terminal obeys", `{ "\\u001b": 1, "\\u001b": 2 }`, "names `\\u{1b}` twice"],
    ["beside comments", "{ a /* : { */ : 1, /* 'a' */ a // }\n : 2 }", "names `a` twice, on lines 1 and 2"],
  ];
  for (const [what, text, sentence] of duplicates) {
    it(`are refused with a key that stands twice: ${what}`, () => {
      expect(() => parse(text)).to.throw(Json5Error, sentence);
    });
  }

  it("may have a key in several objects, in values and in comments", () => {
    for (const text of [
      "[{ a: 1 }, { a: 2 }]",
      "{ a: { a: { a: 1 } }, b: { a: 2 } }",
      `{ a: "a: 1, a: 2", b: '{ a: 1, a: 2 }', c: "\\"a\\": 1, \\"a\\"", d: 'it\\'s, a: 1' }`,
      "{ a: 1, /* a: 2, */ // a: 3\n b: 4 }",
      "{ a: 'x // y', b: 'x /* y', c: '*/ a: 1' }",
      "{ toString: 1, constructor: 2, hasOwnProperty: 3 }",
      "{ a: [+Infinity, -.5, 0x1F, 1e-3, null, true,], A: NaN, }",
      "\ufeff{\u00a0a:\u20281,\u3000b:2}",
    ]) {
      expect(parse(text), text).to.deep.equal(JSON5.parse(text));
    }
  });

  it("with random names, values and spelling are refused exactly if an object names one twice", () => {
    const random = new Random("json5");
    const pick = <T>(...all: T[]): T => random.pick(all);
    const write = (depth: number): { text: string; twice: boolean } => {
      const kind = depth === 0 ? 0 : Number(random.uniform(0n, 2n));
      if (kind === 0) {
        const text = pick("1", "'a: 1, b'", '"{ a: 1, a: 2 }"', "/* a: */ null", "true // b:\n", "'\\''");
        return { text, twice: false };
      }
      const inner = Array.from({ length: Number(random.uniform(0n, 3n)) }, () => write(depth - 1));
      const isTwice = inner.some(({ twice }) => twice);
      if (kind === 1) return { text: `[${inner.map(({ text }) => text).join(",")}]`, twice: isTwice };
      const names = inner.map(() => pick("a", "b", "c", "d", "e"));
      const spell = (name: string) => {
        const code = name.charCodeAt(0).toString(16);
        return pick(name, `'${name}'`, `"${name}"`, `"\\u00${code}"`, `'\\x${code}'`, `\\u00${code}`);
      };
      const members = inner.map(({ text }, at) => `${spell(names[at]!)}${pick("", " ", "/*:*/")}: ${text}`);
      return { text: `{${members.join(", ")}}`, twice: isTwice || new Set(names).size !== names.length };
    };
    const seen = { refused: 0, read: 0 };
    for (let i = 0; i < 1_000; ++i) {
      const { text, twice } = write(4);
      if (twice) expect(() => parse(text), text).to.throw(Json5Error, /names `.*` twice/);
      else expect(parse(text), text).to.deep.equal(JSON5.parse(text));
      ++seen[twice ? "refused" : "read"];
    }
    expect(seen.refused).to.be.greaterThan(100);
    expect(seen.read).to.be.greaterThan(100);
  });

  it("are read by every command through the one reader, which names the file", () => {
    const file = join(folder, "file.json5");
    writeFileSync(file, "{ a: 1,\n a: 2 }");
    const sentence = /file\.json5 names `a` twice, on lines 1 and 2: keep one of them\.$/;
    expect(() => readJson5("launch file", file, z.unknown())).to.throw(CommandError, sentence);
    expect(() => readParameters(file)).to.throw(ParameterError, sentence);
    writeFileSync(file, Buffer.from([0x7b, 0xff, 0x7d]));
    expect(() => readJson5("tier file", file, z.unknown())).to.throw(CommandError, /is not UTF-8: save it as such\.$/);
    expect(() => readParameters(file)).to.throw(ParameterError, /is not UTF-8: save it as such\.$/);
  });

  it("of many rows are read in little time", function () {
    this.timeout(10_000);
    const rows = Array.from({ length: 20_000 }, (_, index) => `{ user: "u", units: "${index.toString()}", paid: 'x' }`);
    expect(parse(`[${rows.join(",\n")}]`)).to.have.length(20_000);
  });
});
