import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { expect } from "chai";

const ROOT = join(import.meta.dirname, "..", "..");

/** Packages that a command may load when it starts; whatever else one needs, it imports when it needs it. */
const PACKAGES = [
  "@nomicfoundation/hardhat-errors",
  "asciichart", // for the picture of a launch
  "cli-table3",
  "ethers",
  "hardhat", // which runs already
  "json5",
  "zod",
];

/** What single commands need whenever they run; for its help Hardhat loads none of a command. */
const ALWAYS_NEEDED: Partial<Record<string, string[]>> = {
  "scripts/tasks/chain/deploy.ts": ["@nomicfoundation/ignition-core"],
};

/** Files of our own that take long to load and that no command needs to start. */
const HEAVY = [
  /^typechain-types\//, // types alone
  /^sdk\/src\/(ethers\/)?index\.ts$/, // every part of the SDK: a command imports those that it uses
  /^deploy\/modules\//, // with them Ignition
  /^scripts\/lib\/documents\//, // commands import their types alone
  /^scripts\/(build|demo|bench)\//,
  /^test\//,
];

/** Commands that play or measure everything on a chain inside them. */
const EMBEDDED = /\/(demo|bench|definitions)\.ts$/;

/** What a file imports when it is loaded: neither types nor what it imports later. */
const importsOf = (file: string): string[] =>
  [
    ...readFileSync(join(ROOT, file), "utf8").matchAll(/^(?:import|export) (?!type )(?:[^;"]*? from )?"([^"]+)";?$/gm),
  ].map(([, from]) => from!);

/** A package's name in what is imported of it. */
const packageOf = (from: string) => /^(@[^/]+\/)?[^/]+/.exec(from)![0];

/** The files and packages that are loaded with a file, and through which file. */
function loadedWith(file: string, loaded = new Map<string, string>([[file, ""]])): Map<string, string> {
  for (const from of importsOf(file)) {
    if (from.startsWith("node:")) continue;
    const name = from.startsWith(".") ? relative(ROOT, join(ROOT, dirname(file), from)) : packageOf(from);
    if (loaded.has(name)) continue;
    loaded.set(name, file);
    if (from.startsWith(".")) loadedWith(name, loaded);
  }
  return loaded;
}

describe("what a command loads when it starts", () => {
  const commands = globSync("scripts/tasks/*/*.ts", { cwd: ROOT })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => !EMBEDDED.test(file));

  it("is looked at for every command", () => {
    expect(commands.length).to.be.greaterThan(30);
    expect([...loadedWith("scripts/tasks/lens/status.ts").keys()]).to.include.members([
      "sdk/src/ethers/connect.ts",
      "scripts/lib/chain/session.ts",
      "ethers",
    ]);
  });

  it("is nothing at all as long as Hardhat only has to know what commands there are", () => {
    const loaded = [...loadedWith("scripts/tasks/index.ts").keys()];
    expect(loaded.filter((name) => !/^scripts\/tasks\/(\w+\/definitions|options|index)\.ts$/.test(name))).to.deep.equal(
      ["hardhat"],
    );
  });

  for (const command of commands) {
    it(`is nothing that it does not need: ${command}`, () => {
      for (const [name, through] of loadedWith(command)) {
        const isFile = name.endsWith(".ts");
        const allowed = isFile
          ? !HEAVY.some((heavy) => heavy.test(name))
          : [...PACKAGES, ...(ALWAYS_NEEDED[command] ?? [])].includes(name);
        expect(allowed, `${name}, imported by ${through}`).to.equal(true);
      }
    });
  }
});
