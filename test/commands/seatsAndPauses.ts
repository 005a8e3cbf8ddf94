import { expect } from "chai";

import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { ADDRESS, START_TIMEOUT, freshNode, valuesOf } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";

const DAY = 86_400;
const TIER = "deploy/tiers/large.json5";

/** Tiers and seats, which governance fills, the guardian's pauses, and what anybody may sweep. */
describe("fomo commands: tiers, seats, pauses and sweeps", function () {
  this.timeout(60_000);

  let node: Node;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
    await graduateModel(node.provider, node.addresses);
  });

  const propose = async (line: string) => valuesOf((await node.json(`propose --from governor ${line}`)).proposed);

  describe("tiers and seats", () => {
    it("are proposed: a tier, a provider, a holder of a buyback's seat", async () => {
      const large = await propose(`--tier-file ${TIER} --provider dave`);
      expect(large).to.deep.include({ key: "minMinimumRaiseFlock", from: null, to: "10000" });
      expect(await propose("--tier 1 --provider carol")).to.have.length(1);
      const [held] = await propose("--seat buyback-flock --holder carol");
      expect(held).to.include({ key: "holder", from: node.addresses.buyback });
    });

    it("are what was proposed after their time", async () => {
      await node.warp(2 * DAY);
      expect((await node.json("operations --execute --from governor")).executed).to.have.length(3);
      const { tiers } = (await node.json("status")) as { tiers: Document[] };
      expect(tiers[1]).to.include({
        tierId: 2,
        computeCostUsdcPerMillionUnits: "0.8",
        maxTargetFlock: "50000000",
        open: true,
      });
      expect(await node.json("seat --seat provider --tier 1")).to.include({ holder: ADDRESS.carol });
      expect(await node.json("seat --seat buyback-flock")).to.include({ holder: ADDRESS.carol });
    });

    it("have terms that can be changed", async () => {
      const values = await propose(`--tier-file ${TIER} --tier 1 --dry-run`);
      expect(values).to.deep.include({ key: "computeCostUsdcPerMillionUnits", from: "0.2", to: "0.8" });
    });

    const refusals: [what: string, options: string, sentence: RegExp][] = [
      [
        "nothing",
        "",
        /^Say one thing to change: --parameters, --tier-file, --tier with --provider, or --seat with --holder\.$/,
      ],
      ["a file that is not there", "--parameters none.json5", /^none\.json5 cannot be read/],
      ["a tier without a provider", `--tier-file ${TIER}`, /^A new tier needs its first compute provider/],
      [
        "terms and a provider at once",
        `--tier-file ${TIER} --tier 1 --provider bob`,
        /^Name another provider in a proposal of its own/,
      ],
      ["a provider of no tier", "--provider bob", /^Say for which tier with --tier/],
      ["a provider of an unknown tier", "--tier 9 --provider bob", /^Registry_UnknownTier: there is no hosting tier 9/],
      [
        "a holder of the issuer's seat",
        "--seat issuer --model 1 --holder bob",
        /^Governance names no holder for the issuer's seat of model 1/,
      ],
      [
        "a holder of an unknown model's seat",
        "--seat buyback-model --model 9 --holder bob",
        /^Registry_UnknownModel: there is no model 9/,
      ],
      [
        "the holder who holds it already",
        "--seat buyback-flock --holder carol",
        /^0x14dC\w+ \(carol\) holds the FLOCK buyback's seat already/,
      ],
    ];
    for (const [what, options, sentence] of refusals) {
      it(`are not proposed if that would change ${what}`, async () => {
        expect(await node.refusal(`propose --from governor ${options}`.trim())).to.match(sentence);
      });
    }
  });

  describe("pauses", () => {
    const pause = async (line: string) => (await node.json(`pause ${line}`)).pausedUntil as Document;

    it("refuse everybody but the guardian", async () => {
      expect(await node.refusal("pause --what deposits --from bob")).to.match(/^AccessManagedUnauthorized: 0x976E/);
    });

    it("begin at the guardian's word", async () => {
      const pausedUntil = await pause("--what deposits --from guardian");
      expect(pausedUntil).to.include({ launches: null, buys: null, buybacks: null });
      expect(pausedUntil.deposits).to.match(/^20\d\d-/);
    });

    it("stop what comes in", async () => {
      expect(await node.refusal("deposit --usdc 1 --from bob")).to.match(/^Meter_DepositsPaused/);
    });

    it("end at the guardian's word", async () => {
      expect(await pause("--what deposits --lift --from guardian")).to.include({ deposits: null });
    });

    it("do not begin again at once", async () => {
      const sentence = await node.refusal("pause --what deposits --from guardian");
      expect(sentence).to.match(/^Pause_TooSoon: a pause cannot begin before/);
    });

    for (const what of ["launches", "buys", "buybacks"]) {
      it(`have a switch for ${what}`, async () => {
        expect((await pause(`--what ${what} --from guardian`))[what]).to.match(/^20\d\d-/);
      });
    }

    it("are shown without sending anything", async () => {
      const { stdout } = await node.fomo("pause");
      expect(stdout).to.match(
        /launches +paused until .*\n +buys +paused until .*\n +deposits +open\n +buybacks +paused/,
      );
    });

    it("have no switch for exits", async () => {
      expect(await node.refusal("pause --what exits")).to.match(/^--what is "exits": name launches, buys/);
    });

    it("are lifted by name", async () => {
      expect(await node.refusal("pause --lift")).to.match(/^Say which pause to lift/);
    });
  });

  describe("reserves that nobody earned", () => {
    it("cannot be swept before their time", async () => {
      const sentence = await node.refusal("sweep --model 1");
      expect(sentence).to.match(/^Emission_NotSweepable: .* can be swept from/);
    });

    it("are swept after their time", async () => {
      await node.warp(540 * DAY);
      const swept = await node.json("sweep --model 1 --from keeper");
      expect(swept).to.include({ burnedFlock: "12500", burnedMt: "200000", returnedFlock: "0" });
    });

    it("cannot be swept twice", async () => {
      expect(await node.refusal("sweep --model 1")).to.match(/^Emission_NotSweepable/);
    });
  });
});
