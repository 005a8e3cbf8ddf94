import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import JSON5 from "json5";

import {
  PARAMETERS_DIR,
  ParameterError,
  readParameters,
  toIgnitionParameters,
} from "../../deploy/config/parameters.ts";
import { tokens } from "../support/units.ts";

/** The local file as it stands, before any check. */
const GOOD = readParameters(join(PARAMETERS_DIR, "local.json5"));

const without = (key: keyof typeof GOOD) => Object.fromEntries(Object.entries(GOOD).filter(([name]) => name !== key));
const tier = (overrides: object) => ({ ...GOOD, firstTier: { ...GOOD.firstTier, ...overrides } });

/** Bad files: what is wrong, the content, and what the one sentence must say. */
const BAD: [string, unknown, RegExp][] = [
  ["misses an address", without("guardian"), /`guardian` is not known: put the address here before you deploy\.$/],
  ["leaves the address of a contract of the chain open", { ...GOOD, flock: null }, /`flock` is not known on this network/],
  ["has an address with a wrong checksum", { ...GOOD, treasury: GOOD.treasury.slice(0, -1) + "a" }, /`treasury` must be an address with a valid checksum\.$/],
  ["has an address that is too short", { ...GOOD, governor: "0x1234" }, /`governor` must be an address/],
  ["has a key that does not exist", { ...GOOD, launchFee: "5" }, /Unrecognized key: "launchFee"/],
  ["has a key of the tier that does not exist", tier({ price: "5" }), /`firstTier` Unrecognized key: "price"/],
  ["misses the tier", without("firstTier"), /`firstTier`/],
  ["misses an amount", without("launchFeeFlock"), /`launchFeeFlock`/],
  ["has an amount without quotes", { ...GOOD, launchFeeFlock: 1000 }, /`launchFeeFlock`/],
  ["has a negative amount", { ...GOOD, launchFeeFlock: "-1" }, /`launchFeeFlock` must be a decimal number in quotes/],
  ["has an amount in scientific notation", tier({ minMinimumRaiseFlock: "1e3" }), /`firstTier.minMinimumRaiseFlock` must be a decimal number/],
  ["has a fee above its bound", { ...GOOD, creatorFeeBps: 101 }, /`creatorFeeBps` .*100/],
  ["has a protocol fee above its bound", { ...GOOD, protocolFeeBps: 201 }, /`protocolFeeBps` .*200/],
  ["has an anti-sniping start above its bound", { ...GOOD, antiSnipeStartBps: 9_901 }, /`antiSnipeStartBps` .*9900/],
  ["has an anti-sniping window above its bound", { ...GOOD, antiSnipeWindowSeconds: 21_601 }, /`antiSnipeWindowSeconds` .*21600/],
  ["has a negative window", { ...GOOD, antiSnipeWindowSeconds: -1 }, /`antiSnipeWindowSeconds`/],
  ["has a fraction of a basis point", { ...GOOD, creatorFeeBps: 1.5 }, /`creatorFeeBps`/],
  ["has a bundle cap above its bound", { ...GOOD, bundleCapBps: 2_501 }, /`bundleCapBps` .*2500/],
  ["has an amount with more than 18 decimals", { ...GOOD, launchFeeFlock: "0.0000000000000000001" }, /`launchFeeFlock` must be a decimal number/],
  ["has a launch fee above its bound", { ...GOOD, launchFeeFlock: "100000.1" }, /`launchFeeFlock` must be from 0 to 100000\.$/],
  ["has a compute cost below its bound", tier({ computeCostUsdcPerMillionUnits: "0.0009" }), /`firstTier.computeCostUsdcPerMillionUnits` must be from 0.001 to 1000\.$/],
  ["has an anti-sniping start below the base fee", { ...GOOD, antiSnipeStartBps: 124 }, /`antiSnipeStartBps` must not be below/],
  ["has the zero address", { ...GOOD, guardian: `0x${"00".repeat(20)}` }, /`guardian` must not be the zero address\.$/],
  ["has a number in quotes", { ...GOOD, bundleCapBps: "5" }, /`bundleCapBps`/],
  ["has no address of the guarantees", tier({ guaranteesUri: "" }), /`firstTier.guaranteesUri`/],
  ["has a short hash", tier({ guaranteesSha256: "0x12" }), /`firstTier.guaranteesSha256` must be 0x and 64 hexadecimal digits\.$/],
  ["has a least minimum raise below its bound", { ...tier({ minMinimumRaiseFlock: "0.5" }), modelMinReserveFlock: "0" }, /`firstTier.minMinimumRaiseFlock` must be from 1 to 500000000\.$/],
  ["has a largest target above its bound", tier({ maxTargetFlock: "500000001" }), /`firstTier.maxTargetFlock` must be from 1 to 500000000\.$/],
  ["has a least minimum raise above the largest target", tier({ maxTargetFlock: "999" }), /`firstTier.minMinimumRaiseFlock` must not be above maxTargetFlock\.$/],
  ["has a least reserve of which pools may open below", { ...GOOD, modelMinReserveFlock: "500.1" }, /`modelMinReserveFlock` must be at most half of firstTier.minMinimumRaiseFlock/],
  ["has a discount above its bound", { ...GOOD, discountCapBps: 3_001 }, /`discountCapBps` .*3000\.$/],
  ["has a multiplier of zero", { ...GOOD, discountMultiplier: 0 }, /`discountMultiplier` .*from 1 to 10\.$/],
  ["has an emission above its bound", { ...GOOD, dailyEmissionFlock: "1000001" }, /`dailyEmissionFlock` must be from 0 to 1000000\.$/],
  ["leaves the cap of emissions open", { ...GOOD, maxFlockPerUsdc: null }, /`maxFlockPerUsdc` must be a decimal number in quotes/],
  ["has a cap of emissions above its bound", { ...GOOD, maxFlockPerUsdc: "1000.5" }, /`maxFlockPerUsdc` must be from 0 to 1000\.$/],
  ["lets rewards be worth more than was paid", { ...GOOD, maxRewardBps: 10_001 }, /`maxRewardBps` .*from 0 to 10000\.$/],
  ["has a minimum stake above its bound", { ...GOOD, minimumStakeMt: "1000.5" }, /`minimumStakeMt` must be from 0 to 1000\.$/],
  ["leaves the route open", { ...GOOD, route: null }, /`route` is not known on this network: list up to three pairs/],
  ["has a route of four pairs", { ...GOOD, route: Array(4).fill({ pair: GOOD.treasury, minReserveWei: "1" }) }, /`route`/],
  ["has a reserve of the route in decimals", { ...GOOD, route: [{ pair: GOOD.treasury, minReserveWei: "1.5" }] }, /`route` has a mistake: `0.minReserveWei` must be a whole number of wei in quotes\.$/],
  ["has a reserve of the route that no contract holds", { ...GOOD, route: [{ pair: GOOD.treasury, minReserveWei: "9".repeat(27) }] }, /`route.0.minReserveWei` must be at most 309485009821345068724781055\.$/],
  ["has a route through no address", { ...GOOD, route: [{ pair: "0x1", minReserveWei: "1" }] }, /0\.pair` must be an address/],
  ["does not say whether FLOCK burns", without("flockBurns"), /`flockBurns` is not known: say whether/],
  ["has a pair fee above its bound", { ...GOOD, pairFeeBps: 31 }, /`pairFeeBps` .*30\.$/],
  ["has a bucket above its bound", { ...GOOD, bucketBps: 26 }, /`bucketBps` .*25\.$/],
  ["has a band below its bound", { ...GOOD, bandBps: 9_499 }, /`bandBps` .*from 9500 to 9940\.$/],
  ["has a band above its bound", { ...GOOD, bandBps: 9_941 }, /`bandBps` .*from 9500 to 9940\.$/],
  ["has a route that refills too fast", { ...GOOD, routeRefillSeconds: 59 }, /`routeRefillSeconds` .*from 60 to 3600\.$/],
  ["has a route that refills too slowly", { ...GOOD, routeRefillSeconds: 3_601 }, /`routeRefillSeconds` .*from 60 to 3600\.$/],
  ["has models' pools that refill too fast", { ...GOOD, modelRefillSeconds: 3_599 }, /`modelRefillSeconds` .*from 3600 to 86400\.$/],
  ["has models' pools that refill too slowly", { ...GOOD, modelRefillSeconds: 86_401 }, /`modelRefillSeconds` .*from 3600 to 86400\.$/],
  ["is a list", [], /expected object/],
]; // prettier-ignore

describe("Deployment parameters", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "fomo-parameters-"));
  });
  afterEach(() => {
    rmSync(dir, { recursive: true });
  });

  const messageOf = (text: string): string => {
    const file = join(dir, "net.json5");
    writeFileSync(file, text);
    try {
      readParameters(file);
    } catch (error) {
      expect(error).to.be.instanceOf(ParameterError);
      return (error as ParameterError).message;
    }
    return "accepted";
  };

  describe("readParameters", () => {
    it("accepts the file of the local chain", () => {
      expect(GOOD.chainId).to.equal(31_337);
      expect(GOOD.flock).to.equal("local");
    });

    for (const [what, content, sentence] of BAD) {
      it(`reverts to one sentence when the file ${what}`, () => {
        const message = messageOf(JSON.stringify(content));
        expect(message).to.match(sentence);
        expect(message.split("\n")).to.have.lengthOf(1);
        expect(message).to.match(/net\.json5: /);
      });
    }

    it("gives one line for each cause", () => {
      const message = messageOf(JSON.stringify({ ...GOOD, creatorFeeBps: 101, launchFeeFlock: "x" }));
      expect(message.split("\n")).to.have.lengthOf(2);
    });

    it("says where JSON5 breaks", () => {
      expect(messageOf("{ chainId: ")).to.match(/net\.json5 is not valid JSON5: .*1:12/);
    });

    it("names a file that is not there", () => {
      expect(() => readParameters(join(dir, "none.json5"))).to.throw(ParameterError, /none\.json5 cannot be read/);
    });

    it("refuses what is not UTF-8, which would be read as something else", () => {
      const file = join(dir, "broken.json5");
      writeFileSync(file, Buffer.concat([Buffer.from("// "), Buffer.from([0xc3, 0x28])]));
      expect(() => readParameters(file)).to.throw(ParameterError, /broken\.json5 is not UTF-8: save it as such/);
    });

    it("reads comments and trailing commas, as JSON5 has them", () => {
      expect(messageOf(`// of a network\n${JSON5.stringify(GOOD, null, 2)}`)).to.equal("accepted");
    });
  });

  describe("toIgnitionParameters", () => {
    const chain = { flock: "0x1", usdc: "0x2", dexFactory: "0x3", usdcFlockPair: "0x4" };

    it("turns whole FLOCK into wei, in bigint", () => {
      const { $global } = toIgnitionParameters(GOOD, { ...chain, usdcDecimals: 6 });
      expect($global.launchFee).to.equal(tokens(1_000));
      expect($global.tierMinMinimumRaise).to.equal(tokens(1_000));
      expect($global.tierMaxTarget).to.equal(tokens(10_000_000));
      expect($global.antiSnipeWindow).to.equal(5_880n);
    });

    it("states compute costs in the units of the network's USDC: 6 decimals on Base, 18 on BSC", () => {
      const costAt = (usdcDecimals: number) =>
        toIgnitionParameters(GOOD, { ...chain, usdcDecimals }).$global.tierComputeCost;
      expect(costAt(6)).to.equal(200_000n);
      expect(costAt(18)).to.equal(2n * 10n ** 17n);
    });

    it("turns what governs usage, buybacks and emissions into what the contracts take", () => {
      const { $global } = toIgnitionParameters(GOOD, { ...chain, usdcDecimals: 18 });
      expect($global).to.deep.include({
        usdcUnit: 10n ** 18n,
        discountCapBps: 3_000n,
        discountMultiplier: 2n,
        dailyEmission: tokens(20_000),
        maxFlockPerUsdc: tokens(200),
        maxRewardBps: 0n,
        minimumStake: tokens(1),
        route: [{ pair: "0x4", minReserve: tokens(1_000) }],
        flockBurns: true,
        pairFeeBps: 30n,
        bucketBps: 15n,
        bandBps: 9_800n,
        modelMinReserve: tokens(250),
        routeRefillDuration: 300n,
        modelRefillDuration: 18_000n,
      });
      const named = { ...GOOD, route: [{ pair: GOOD.treasury, minReserveWei: "12" }] };
      const { route } = toIgnitionParameters(named, { ...chain, usdcDecimals: 6 }).$global;
      expect(route).to.deep.equal([{ pair: GOOD.treasury, minReserve: 12n }]);
    });

    it("refuses a local route on a chain without a USDC/FLOCK pair", () => {
      const bare = { ...chain, usdcFlockPair: `0x${"00".repeat(20)}`, usdcDecimals: 6 };
      expect(() => toIgnitionParameters(GOOD, bare)).to.throw(
        ParameterError,
        /`route` is "local", but this chain has no/,
      );
    });

    it("refuses a compute cost with more decimals than USDC has", () => {
      const fine = tier({ computeCostUsdcPerMillionUnits: "0.2000001" });
      expect(() => toIgnitionParameters(fine, { ...chain, usdcDecimals: 6 })).to.throw(
        ParameterError,
        /`computeCostUsdcPerMillionUnits` is 0\.2000001, but USDC has 6 decimals here: shorten it/,
      );
    });

    it("takes the addresses of the chain where the file says local", () => {
      const { $global } = toIgnitionParameters(GOOD, { ...chain, usdcDecimals: 6 });
      expect([$global.flock, $global.usdc, $global.dexFactory]).to.deep.equal(["0x1", "0x2", "0x3"]);
    });
  });
});
