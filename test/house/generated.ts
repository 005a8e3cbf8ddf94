import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { GENERATED_FOLDERS, ROOT, generatedFiles } from "../../scripts/build/docs/generated.ts";
import { everyExport } from "../../scripts/build/docs/reference.ts";
import type { Listed } from "../../scripts/build/docs/reference.ts";

/** How long the compiler may take to declare the whole SDK, on a machine that does other things as well [ms]. */
const PATIENCE = 240_000;

/** How a function throws the mistake of who calls it. */
const MISTAKE = /\bthrow (?:new FomoError|mistakeOf)\(/;

/** Words in the index for language models that are no exports. */
const WORDS = [
  "bigint",
  "Bps",
  "code",
  "flockIn",
  "flockNet",
  "mtOut",
  "token",
  "readContract",
  "eth_call",
  "eth_getLogs",
];

describe("what `npm run docs` writes", () => {
  let all: Listed[];
  let files: Map<string, string>;

  before(async function () {
    this.timeout(PATIENCE);
    all = everyExport(ROOT);
    files = await generatedFiles(all);
  });

  it("is what is committed", () => {
    expect(files.size).to.be.greaterThan(50);
    for (const [path, text] of files) expect(readFileSync(join(ROOT, path), "utf8"), path).to.equal(text);
  });

  it("is all that stands in its folders", () => {
    for (const folder of GENERATED_FOLDERS) {
      const found = globSync(`${folder}/**/*.*`, { cwd: ROOT }).map((file) => file.replaceAll("\\", "/"));
      expect(found).to.have.members([...files.keys()].filter((path) => path.startsWith(`${folder}/`)));
    }
  });

  describe("as the reference of the SDK", () => {
    it("has every export", () => {
      expect(all.length).to.be.greaterThan(350);
    });

    it("says of every export what it is", () => {
      const silent = all.filter(({ text, subpath }) => subpath !== "./abi" && !/^[^]{8,}[.:]$/.test(text));
      expect(silent.map(({ name }) => name)).to.deep.equal([]);
    });

    it("says of every function that throws a mistake itself when it does", () => {
      const throwing = all.filter(({ source }) => MISTAKE.test(source));
      expect(throwing.length).to.be.greaterThan(10);
      const silent = throwing.filter(({ throws = "", returns = "" }) => !`${throws}${returns}`.includes("FomoError "));
      expect(silent.map(({ name }) => name)).to.deep.equal([]);
    });

    it("describes no parameter that a function does not have", () => {
      for (const { name, declaration, parameters } of all) {
        for (const parameter of parameters) {
          const last = parameter.name.split(".").at(-1)!;
          expect(new RegExp(`\\b${last}\\b`).test(declaration), `${name}: ${parameter.name}`).to.equal(true);
        }
      }
    });

    it("has no other names in the index for language models", () => {
      const names = [...all.map(({ name }) => name), ...WORDS];
      const [head] = readFileSync(join(ROOT, "sdk", "llms.txt"), "utf8").split("\n## ");
      const inHead = [...head!.matchAll(/`(\w+)(?:\(\w+\))?`/g)].map(([, name]) => name!);
      expect(inHead.length).to.be.greaterThan(25);
      expect(inHead.filter((name) => !names.includes(name))).to.deep.equal([]);
      expect(readFileSync(join(ROOT, "sdk", "llms.txt"), "utf8").split("\n").length).to.be.lessThan(151);
    });
  });
});
