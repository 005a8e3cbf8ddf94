import { globSync, readFileSync } from "node:fs";

import { expect } from "chai";
import { Interface, ErrorFragment, encodeBytes32String, parseEther } from "ethers";

import { asRevert } from "../../scripts/lib/command/revert.ts";
import { errorsAbi } from "../../sdk/src/abi/index.ts";
import { explainRevert, revertDataOf } from "../../sdk/src/errors/explain.ts";
import { BOUND_SENTENCES, REVERT_SENTENCES } from "../../sdk/src/errors/sentences.ts";
import { UNITS } from "../../sdk/src/text/template.ts";

/** The errors of the project's own contracts; others are shown with their values. */
const OWN =
  /^(Offering|BondingCurve|Registry|Seat|Graduation|Locker|Vault|Pause|Permit|Wiring|Staking|Meter|Waterfall|Buyback|Emission|Transfer|Bounds|PlainText)_/;

/** All errors that the SDK knows. */
const errors = new Interface(errorsAbi);

describe("refusals of the contracts", () => {
  const fragments = errors.fragments.filter((fragment) => ErrorFragment.isFragment(fragment));

  it("have a sentence each, and no sentence is left over", () => {
    const names = fragments.map(({ name }) => name);
    expect(names.filter((name) => OWN.test(name))).to.have.length.greaterThan(80);
    expect(names.filter((name) => OWN.test(name) && REVERT_SENTENCES[name] === undefined)).to.deep.equal([]);
    expect(Object.keys(REVERT_SENTENCES).filter((name) => !names.includes(name))).to.deep.equal([]);
  });

  it("name only values and units that exist", () => {
    for (const { name, inputs } of fragments) {
      for (const [, value, unit] of (REVERT_SENTENCES[name] ?? "").matchAll(/\{(\w+)(?::(\w+))?\}/g)) {
        expect(
          inputs.map((input) => input.name),
          name,
        ).to.include(value);
        if (unit !== undefined && unit !== "name") expect(UNITS, name).to.have.property(unit);
      }
    }
  });

  it("have a sentence for every value with bounds, with values and units that exist, and none is left over", () => {
    const contracts = globSync("contracts/**/*.sol").map((file) => readFileSync(file, "utf8"));
    const checked = contracts
      .flatMap((text) => [...text.matchAll(/Bounds\.check\(\s*"(\w+)"/g)])
      .map(([, name]) => name);
    expect(Object.keys(BOUND_SENTENCES)).to.have.members(checked);
    for (const [name, sentence] of Object.entries(BOUND_SENTENCES)) {
      for (const [, value, unit] of sentence.matchAll(/\{(\w+)(?::(\w+))?\}/g)) {
        expect(["value", "min", "max"], name).to.include(value);
        if (unit !== undefined) expect(UNITS, name).to.have.property(unit);
      }
    }
  });

  it("show what is out of bounds in its unit", () => {
    const name = encodeBytes32String("minimumRaise");
    const data = errors.encodeErrorResult("Bounds_OutOfRange", [name, 1n, parseEther("25"), parseEther("100")]);
    expect(explainRevert(data)?.sentence).to.equal(
      "Bounds_OutOfRange: the minimum raise is 0.000000000000000001 FLOCK; choose from 25 FLOCK to 100 FLOCK.",
    );
  });

  it("show amounts in their units", () => {
    const data = errors.encodeErrorResult("Offering_OutputBelowMin", [parseEther("999.5"), parseEther("1000")]);
    expect(explainRevert(data)).to.deep.equal({
      name: "Offering_OutputBelowMin",
      values: { mtOut: "999500000000000000000", mtOutMin: "1000000000000000000000" },
      sentence:
        "Offering_OutputBelowMin: the purchase would yield 999.5 MT, less than the 1,000 MT that you accept; accept less or pay more.",
    });
  });

  it("show USDC with the network's decimals", () => {
    const data = errors.encodeErrorResult("Registry_PriceBelowFloor", [300_000n, 314_286n]);
    expect(explainRevert(data, { usdcDecimals: 6 })?.sentence)
      .to.contain("0.3 USDC")
      .and.to.contain("0.314286 USDC");
    const bsc = errors.encodeErrorResult("Registry_PriceBelowFloor", [parseEther("0.3"), parseEther("0.4")]);
    expect(explainRevert(bsc, { usdcDecimals: 18 })?.sentence)
      .to.contain("0.3 USDC")
      .and.to.contain("0.4 USDC");
  });

  it("show raw units of USDC where the network's decimals are not known", () => {
    const data = errors.encodeErrorResult("Registry_PriceBelowFloor", [300_000n, 314_286n]);
    expect(explainRevert(data)?.sentence).to.contain("300,000 units of USDC");
  });

  it("show an error without a sentence with its values", () => {
    const data = errors.encodeErrorResult("ERC2612ExpiredSignature", [7n]);
    expect(explainRevert(data)?.sentence).to.equal("ERC2612ExpiredSignature: (deadline = 7).");
  });

  it("show a text and a panic of other contracts", () => {
    const plain = new Interface(["error Error(string)", "error Panic(uint256)"]);
    expect(
      explainRevert(plain.encodeErrorResult("Error", ["Blacklistable: account is blacklisted"]))?.sentence,
    ).to.equal("The chain refuses this: Blacklistable: account is blacklisted.");
    expect(explainRevert(plain.encodeErrorResult("Panic", [17n]))?.sentence).to.contain("panic 17");
  });

  it("are found however a node wraps them", () => {
    const data = errors.encodeErrorResult("Offering_NoFees", [1n]);
    expect(revertDataOf({ data })).to.equal(data);
    expect(revertDataOf({ data: { data, message: "reverted" } })).to.equal(data);
    expect(revertDataOf({ info: { error: { code: 3, data } } })).to.equal(data);
    expect(revertDataOf(new Error("outer", { cause: { data } }))).to.equal(data);
    expect(revertDataOf(new Error("no data"))).to.equal(undefined);
    expect(asRevert(new Error("no data"), undefined)).to.equal(undefined);
  });
});
