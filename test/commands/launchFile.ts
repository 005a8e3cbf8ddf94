import { readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";

import { expect } from "chai";
import { parseEther } from "ethers";
import JSON5 from "json5";

import { CommandError } from "../../scripts/lib/command/commandError.ts";
import { planOf, readLaunchFile } from "../../scripts/lib/offering/launchFile.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const EXAMPLE = "deploy/launches/qwen-alice.json5";
const METADATA = "deploy/launches/qwen-alice.metadata.json";
const HASH = `0x${createHash("sha256").update(readFileSync(METADATA)).digest("hex")}`;

describe("launch files", () => {
  const folder = temporaryFolder();

  /** Reads the example with changes; its metadata is named by hash unless the changes say otherwise. */
  const read = (changes: object, usdcDecimals = 6) => {
    const terms = JSON5.parse<object>(readFileSync(EXAMPLE, "utf8"));
    const metadata = { uri: "https://example.org/m.json", sha256: HASH };
    const file = join(folder, "launch.json5");
    writeFileSync(file, JSON5.stringify({ ...terms, metadata, ...changes }));
    return planOf(readLaunchFile(file), usdcDecimals);
  };

  it("become wei, USDC units and seconds, and the metadata's hash is computed", () => {
    const plan = planOf(readLaunchFile(EXAMPLE), 6);
    expect(plan).to.include({
      target: parseEther("100000"),
      minimumRaise: parseEther("50000"),
      startPriceWad: parseEther("0.2"),
      minimumPrice: 1_000_000n,
      saleDuration: 604_800n,
      openingMode: "averagePrice",
      launchFeeMax: parseEther("1000"),
      metadataHash: HASH,
    });
    expect(planOf(readLaunchFile(EXAMPLE), 18).minimumPrice).to.equal(parseEther("1"));
  });

  it("have defaults for what most launches leave alone", () => {
    const file = { saleDurationDays: undefined, bundleFlock: undefined };
    expect(read(file)).to.include({ saleDuration: 604_800n, bundleFlock: 0n });
  });

  const refusals: [string, object, RegExp][] = [
    ["a long name", { name: "x".repeat(32) }, /`name` must have 1 to 31 bytes/],
    ["a name of few letters but many bytes", { name: "模型".repeat(6) }, /`name` must have 1 to 31 bytes/],
    ["an empty symbol", { symbol: "" }, /`symbol` must have 1 to 31 bytes/],
    ["a name that a terminal obeys", { name: "Qwen\u001b[2J" }, /`name` contains a character that cannot be seen/],
    ["a symbol that turns around", { symbol: "\u202eQALICE" }, /`symbol` contains a character that cannot be seen/],
    ["a place with a character without width", { metadata: { uri: "https://example.org/\u200b", sha256: HASH } }, /`metadata.uri` contains a character that cannot be seen/],
    ["an amount without quotes", { targetFlock: 100000 }, /`targetFlock` must be a decimal number in quotes/],
    ["a negative amount", { bundleFlock: "-1" }, /`bundleFlock` must be a decimal number/],
    ["too many decimals", { targetFlock: `1.${"1".repeat(19)}` }, /`targetFlock` must be a decimal number with at most 18/],
    ["an unknown mode", { openingMode: "high" }, /`openingMode` must be "averagePrice", .* or "curvePrice"/],
    ["no mode: none is taken in silence", { openingMode: undefined }, /`openingMode` must be "averagePrice", with which whoever buys late pays more than the pool opens at, or "curvePrice"/],
    ["a long sale", { saleDurationDays: 31 }, /`saleDurationDays` must be at most 30 days/],
    ["half a day", { saleDurationDays: 1.5 }, /`saleDurationDays` must be a whole number of days/],
    ["no hash", { metadata: { uri: "https://example.org" } }, /`metadata` must name the local document/],
    ["no place", { metadata: { sha256: HASH } }, /`metadata.uri` must say where the document can be read/],
    ["a wrong hash", { metadata: { uri: "u", file: join(process.cwd(), METADATA), sha256: `0x${"0".repeat(64)}` } }, /has the hash 0x[0-9a-f]{64}, not the one in the launch file/],
    ["a missing document", { metadata: { uri: "u", file: "nowhere.json" } }, /nowhere.json cannot be read/],
    ["a misspelt key", { targtFlock: "1" }, /targtFlock/],
  ]; // prettier-ignore
  for (const [what, changes, sentence] of refusals) {
    it(`are refused with ${what}`, () => {
      expect(() => read(changes)).to.throw(CommandError, sentence);
    });
  }

  it("are refused if they are no UTF-8, which would launch under another name", () => {
    const file = join(folder, "latin.json5");
    writeFileSync(file, Buffer.from(readFileSync(EXAMPLE, "utf8").replace("QwenALICE", "Ökonom"), "latin1"));
    expect(() => readLaunchFile(file)).to.throw(CommandError, /is not UTF-8: save it as such\.$/);
    expect(read({ name: "Ökonom" }).name).to.equal("Ökonom");
  });

  it("are refused with more decimals than the network's USDC has", () => {
    expect(() => read({ minimumPriceUsdcPerMillionUnits: "0.1234567" })).to.throw(CommandError, /at most 6 decimals/);
    expect(read({ minimumPriceUsdcPerMillionUnits: "0.1234567" }, 18).minimumPrice).to.equal(parseEther("0.1234567"));
  });

  it("are refused if the metadata document is incomplete", () => {
    const file = join(folder, "metadata.json");
    writeFileSync(file, JSON.stringify({ name: "x", architecture: {} }));
    expect(() => read({ metadata: { uri: "u", file } })).to.throw(
      CommandError,
      /`inference` is missing; `origin` is missing/,
    );
  });
});
