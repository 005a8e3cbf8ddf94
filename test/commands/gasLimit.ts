import { expect } from "chai";

import { MAX_GAS, gasLimitOf, largestEstimate } from "../../scripts/lib/sending/gasLimit.ts";

/** O4: gas that is right now and wrong in the next epoch. */
describe("gas limits", () => {
  const NOON = 43_200n;
  const NIGHT = 86_400n - 60n;

  it("O4 are a tenth above the estimate, rounded up", () => {
    expect(gasLimitOf(100_001n, NOON)).to.equal(110_002n);
  });

  it("O4 have room for a new day shortly before it begins, and not long before", () => {
    expect(gasLimitOf(100_000n, NIGHT)).to.equal(600_000n);
    expect(gasLimitOf(100_000n, 86_400n - 1_801n)).to.equal(110_000n);
    expect(gasLimitOf(100_000n, 10n * 86_400n)).to.equal(110_000n);
  });

  it("O4 do not pass what one transaction may have for that room", () => {
    expect(gasLimitOf(5_000_000n, NIGHT)).to.equal(MAX_GAS);
    expect(MAX_GAS).to.equal(16_777_216n);
  });

  for (const time of [NOON, NIGHT]) {
    it(`O4 of a batch that is as large as it may be stay within the limit, at ${time.toString()}`, () => {
      for (const maxGas of [500_000n, 1_000_003n, MAX_GAS]) {
        const most = largestEstimate(maxGas, time);
        expect(gasLimitOf(most, time) <= maxGas).to.equal(true);
        expect(gasLimitOf(most + 12n, time) > maxGas || maxGas === MAX_GAS).to.equal(true);
      }
    });
  }
});
