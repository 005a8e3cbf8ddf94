import { expect } from "chai";

import { WAD } from "../../sdk/src/units/numbers.ts";
import { boundOf, nothingSpent, plus, spentOn, usdOfWei, weiOfUsd } from "../../scripts/lib/keeper/budget.ts";
import type { Entry, Limits } from "../../scripts/lib/keeper/budget.ts";
import { Random } from "../support/random.ts";

const most = { gas: 100n, wei: 1_000n };
const entry = (changes: Partial<Entry>): Entry => ({
  ...{ nonce: 0, day: 5n, upkeep: false, most, taken: undefined },
  ...changes,
});

describe("The keeper's budget", () => {
  describe("spentOn", () => {
    it("counts what is on its way with all that was set aside, and what was executed with what it took", () => {
      const taken = { gas: 60n, wei: 300n };
      const entries = [entry({ nonce: 1, taken }), entry({ nonce: 2 })];
      expect(spentOn(5n, nothingSpent(), entries).all).to.deep.equal({ gas: 160n, wei: 1_300n });
    });

    it("adds what was settled before, and leaves other days out", () => {
      const settled = plus(nothingSpent(), most, true);
      const entries = [entry({ day: 4n }), entry({ nonce: 1, day: 6n }), entry({ nonce: 2 })];
      const { all, upkeep } = spentOn(5n, settled, entries);
      expect(all).to.deep.equal({ gas: 200n, wei: 2_000n });
      expect(upkeep).to.deep.equal(most);
    });

    it("counts a nonce once: the transaction that was executed, or else the dearest", () => {
      const dear = entry({ most: { gas: 50n, wei: 9_000n } });
      expect(spentOn(5n, nothingSpent(), [entry({}), dear]).all.wei).to.equal(9_000n);
      expect(spentOn(5n, nothingSpent(), [dear, entry({})]).all.wei).to.equal(9_000n);
      const executed = entry({ taken: { gas: 1n, wei: 2n } });
      expect(spentOn(5n, nothingSpent(), [dear, executed]).all.wei).to.equal(2n);
      expect(spentOn(5n, nothingSpent(), [executed, dear]).all.wei).to.equal(2n);
      const again = entry({ taken: { gas: 3n, wei: 1n } });
      expect(spentOn(5n, nothingSpent(), [executed, again, dear]).all.wei).to.equal(1n);
    });
  });

  describe("boundOf", () => {
    const limits: Limits = { gas: 200n, wei: 2_000n };

    it("lets through what fits to the last gas and wei", () => {
      const spent = plus(nothingSpent(), most, false);
      expect(boundOf(limits, spent, most, false)).to.equal(undefined);
      expect(boundOf(limits, spent, { gas: 101n, wei: 1_000n }, false)).to.equal("gasPerDay");
      expect(boundOf(limits, spent, { gas: 100n, wei: 1_001n }, false)).to.equal("usdPerDay");
    });

    it("gives upkeep half of a limit", () => {
      expect(boundOf(limits, nothingSpent(), most, true)).to.equal(undefined);
      expect(boundOf(limits, nothingSpent(), { gas: 101n, wei: 1n }, true)).to.equal("upkeepPerDay");
      expect(boundOf(limits, nothingSpent(), { gas: 1n, wei: 1_001n }, true)).to.equal("upkeepPerDay");
      expect(boundOf(limits, plus(nothingSpent(), most, true), { gas: 1n, wei: 1n }, true)).to.equal("upkeepPerDay");
      expect(boundOf(limits, plus(nothingSpent(), most, false), most, true)).to.equal(undefined);
    });

    it("bounds nothing without limits", () => {
      const huge = { gas: 2n ** 200n, wei: 2n ** 200n };
      expect(boundOf({ gas: undefined, wei: undefined }, nothingSpent(), huge, true)).to.equal(undefined);
    });
  });

  it("never lets a day's USD buy more of the chain's currency than they are worth", () => {
    const random = new Random("keeper usd");
    for (let i = 0; i < 500; i++) {
      const usd = random.magnitude(1n, 10n ** 24n);
      const ethUsd = random.magnitude(10n ** 15n, 10n ** 23n);
      expect(usdOfWei(weiOfUsd(usd, ethUsd), ethUsd) <= usd).to.equal(true);
    }
    expect(weiOfUsd(3_000n * WAD, 1_500n * WAD)).to.equal(2n * WAD);
  });
});
