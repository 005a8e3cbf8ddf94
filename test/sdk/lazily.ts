import { expect } from "chai";

import { lazily } from "../../sdk/src/ethers/lazily.ts";

describe("values that are made when they are asked for", () => {
  it("are made once each, and no other with them", () => {
    const made: string[] = [];
    const make = (name: string) => () => {
      made.push(name);
      return { name };
    };
    const values = lazily({ one: make("one"), other: make("other") });
    expect(made).to.deep.equal([]);
    expect(values.one).to.equal(values.one);
    expect(made).to.deep.equal(["one"]);
    expect({ ...values }).to.deep.equal({ one: { name: "one" }, other: { name: "other" } });
    expect(made).to.deep.equal(["one", "other"]);
  });
});
