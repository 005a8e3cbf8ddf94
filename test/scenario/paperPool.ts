import { expect } from "chai";

import { PaperPool } from "../../scripts/demo/paperPool.ts";

describe("PaperPool", () => {
  it("gives what Uniswap's library gives, for awkward numbers too", () => {
    const cases: [amountIn: bigint, reserveIn: bigint, reserveOut: bigint][] = [
      [3_000_000_000n, 2_000_000_000_000n, 2_000_000n * 10n ** 18n],
      [1n, 1_000n, 1_000n],
      [7n, 13n, 1_000_003n],
      [75n * 10n ** 18n + 1n, 50_000n * 10n ** 18n - 3n, 200_000n * 10n ** 18n + 7n],
    ];
    for (const [amountIn, reserveIn, reserveOut] of cases) {
      const expected = (amountIn * 997n * reserveOut) / (reserveIn * 1_000n + amountIn * 997n);
      const pool = new PaperPool(reserveIn, reserveOut);
      expect(pool.swap(amountIn)).to.equal(expected);
      expect(pool).to.include({ reserveIn: reserveIn + amountIn, reserveOut: reserveOut - expected });
    }
  });
});
