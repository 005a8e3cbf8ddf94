import { expect } from "chai";
import { networkHelpers, graduatedFixture } from "./support/fixtures.ts";
describe("smoke", () => {
  it("graduates", async () => {
    const f = await networkHelpers.loadFixture(graduatedFixture);
    expect((await f.offering.offeringOf(1n)).outcome).to.equal(2n);
  });
});
