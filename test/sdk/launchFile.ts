import { readFileSync } from "node:fs";

import { expect } from "chai";
import JSON5 from "json5";

import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import { checkLaunch } from "../../sdk/src/raise/launch.ts";
import { launchPlanOf } from "../../sdk/src/raise/launchFile.ts";
import type { LaunchFileTerms } from "../../sdk/src/raise/launchFile.ts";
import { DAY } from "../support/time.ts";
import { tokens, usdc } from "../support/units.ts";

const HASH = `0x${"a1".repeat(32)}`;
const example = JSON5.parse<LaunchFileTerms>(readFileSync("deploy/launches/qwen-alice.json5", "utf8"));

describe("SDK: launch files", () => {
  const refuses = (changes: object, sentence: RegExp, hash = HASH) => {
    const launch = () => launchPlanOf({ ...example, ...changes }, hash, 6);
    expect(launch).to.throw(FomoError, sentence).with.property("code", "badValue");
  };

  for (const [what, changes, sentence] of [
    ["an amount that is a number", { targetFlock: 100_000 }, /^`targetFlock` must be a decimal number in quotes/],
    ["a negative amount", { bundleFlock: "-1" }, /^`bundleFlock` must be a decimal number in quotes/],
    ["an amount that is missing", { minimumRaiseFlock: undefined }, /^`minimumRaiseFlock` must be a decimal number/],
    ["too many decimals", { startPriceFlockPerMt: `0.${"1".repeat(19)}` }, /^`startPriceFlockPerMt` must have at most 18 decimals/],
    ["more decimals than USDC has", { minimumPriceUsdcPerMillionUnits: "0.1234567" }, /^`minimumPriceUsdcPerMillionUnits` must have at most 6/],
    ["more than a contract holds", { maximumLaunchFeeFlock: "1".repeat(60) }, /^`maximumLaunchFeeFlock` must be at most 79228162514\.26/],
    ["an unknown mode", { openingMode: "high" }, /^`openingMode` must be "averagePrice" or "curvePrice"\.$/],
    ["half a day", { saleDurationDays: 1.5 }, /^`saleDurationDays` must be a whole number of days/],
    ["no tier", { tierId: 0 }, /^`tierId` must be a whole number from 1 on/],
  ] as [string, object, RegExp][]) {
    it(`are refused with ${what}`, () => {
      refuses(changes, sentence);
    });
  } // prettier-ignore

  it("are refused without the hash of a document", () => {
    refuses({}, /^The hash of the metadata document must be 0x and 64 hexadecimal digits\.$/, "0x12");
  });

  it("become wei, units of USDC and seconds, with defaults for what most leave alone", () => {
    const { saleDurationDays, bundleFlock, bundleMinimumMt, ...rest } = example;
    expect(launchPlanOf(example, HASH, 6)).to.deep.include({
      ...{ target: tokens(100_000), startPriceWad: tokens("0.2"), minimumPrice: usdc(1), saleDuration: 7n * DAY },
      ...{ openingMode: "averagePrice", metadataHash: HASH, metadataUri: example.metadata.uri, tierId: 1n },
    });
    expect([saleDurationDays, bundleFlock, bundleMinimumMt].length).to.equal(3);
    expect(launchPlanOf(rest, HASH, 6)).to.deep.include({ saleDuration: 7n * DAY, bundleFlock: 0n, bundleMtMin: 0n });
  });

  it("are refused by the bounds with the sentence that the contract's error has", () => {
    const check = (changes: object) => () => checkLaunch(launchPlanOf({ ...example, ...changes }, HASH, 6));
    expect(check({})()).to.deep.equal({ virtualFlock: tokens(400_000), saleDuration: 7n * DAY });
    expect(check({ saleDurationDays: 31 })).to.throw(
      FomoError,
      /^Bounds_OutOfRange: the sale would last 31 days; choose/,
    );
    expect(check({ metadata: { uri: "" } })).to.throw(FomoError, /^Offering_MetadataMissing: a launch must name/);
    expect(check({ startPriceFlockPerMt: "0.25" })).to.throw(
      FomoError,
      /^BondingCurve_Infeasible: a target of 100,000/,
    );
    const zeroHash = launchPlanOf(example, `0x${"0".repeat(64)}`, 6);
    expect(() => checkLaunch(zeroHash)).to.throw(FomoError, /^Offering_MetadataMissing/);
  });
});
