import { expect } from "chai";
import { toBeHex } from "ethers";
import { network } from "hardhat";

import { exitCodeOf, figuresOf } from "../../scripts/demo/chapter.ts";
import type { Chapter } from "../../scripts/demo/chapter.ts";
import { renderJson, renderText } from "../../scripts/demo/render.ts";
import { openStage } from "../../scripts/demo/stage.ts";
import type { Stage } from "../../scripts/demo/stage.ts";
import { STORY } from "../../scripts/demo/story.ts";

/** Figures that the paper prints, so that none of them can be dropped from the story unnoticed. */
const PRINTED_IN_THE_PAPER: [section: string, paper: string, unit: string][] = [
  ["§3.3.4", "400000", "MT"],
  ["§3.3.4", "50000", "FLOCK"],
  ["§3.3.4", "0.1", "FLOCK/MT"],
  ["§3.3.4", "200000", "FLOCK"],
  ["§3.3.4", "2000000", "MT"],
  ["§3.3.4", "999.5", "MT"],
  ["§3.3.4", "0.10005", "FLOCK/MT"],
  ["§3.3.1", "0.15625", "FLOCK/MT"],
  ["§3.3.5", "25000", "FLOCK"],
  ["§3.3.5", "200000", "MT"],
  ["§3.3.5", "0.125", "FLOCK/MT"],
  ["§3.2", "1000000", "MT"],
  ["§3.2", "1.25", "%"],
  ["§4.1", "100000", "FLOCK"],
  ["§4.1", "400000", "MT"],
  ["§4.2", "25000", "FLOCK"],
  ["§4.2", "50000", "FLOCK"],
  ["§4.7", "600000", "MT"],
  ["§4.7", "50000", "MT"],
  ["§4.7", "12.5", "%"],
  ["§4.7", "8.33", "%"],
  ["§4.3", "10000", "USDC"],
  ["§4.3", "3000", "USDC"],
  ["§4.3", "1000", "USDC"],
  ["§4.4", "0.8333", ""],
  ["§4.7", "16.67", "%"],
  ["§3.6", "16.61", "%"],
  ["§4.7", "50000", "USDC"],
  ["§4.7", "2500", "USDC"],
  ["§4.7", "5", "%"],
  ["§4.7", "20000", "FLOCK"],
  ["§4.7", "18000", "FLOCK"],
  ["§4.7", "900", "FLOCK"],
  ["§4.5", "2000", "FLOCK"],
  ["§3.7", "0.2", ""],
];

/** Seats of the buyback, which the registry has no view for. */
const BUYBACK_FLOCK_SEAT = toBeHex(4n << 248n, 32);
const buybackSeatOf = (modelId: bigint) => toBeHex((5n << 248n) | modelId, 32);

describe("the story of the main command", () => {
  let stage: Stage;
  const told: Chapter[] = [];
  /** When each chapter ended [s]. */
  const endedAt = new Map<string, bigint>();
  const progress: string[] = [];

  before(async () => {
    stage = await openStage(await network.create(), (what) => progress.push(what));
  });

  for (const play of STORY) {
    it(`${play.name}: every figure agrees with the paper`, async () => {
      const chapter = await play(stage);
      told.push(chapter);
      endedAt.set(chapter.id, BigInt(await stage.connection.networkHelpers.time.latest()));
      const rows = figuresOf([chapter]);
      expect(rows).to.not.be.empty;
      expect(rows.filter(({ ok }) => !ok)).to.deep.equal([]);
    });
  }

  it("contains every figure that the paper prints about its examples", () => {
    const rows = figuresOf(told);
    for (const [section, paper, unit] of PRINTED_IN_THE_PAPER) {
      const found = rows.some((row) => row.section === section && row.paper === paper && row.unit === unit);
      expect(found, `${section}: ${paper} ${unit}`).to.equal(true);
    }
  });

  it("has a supporter who overshoots the target by far and pays only what was missing", () => {
    const paid = figuresOf(told).find(({ what }) => what.startsWith("Erin offers"));
    expect(BigInt(paid!.chain.split(".")[0]!) < 60_000n).to.equal(true);
  });

  it("leaves the chain at the present after a look ahead", async () => {
    const { startAt } = await stage.protocol.vault.recordOf(stage.models.qwenAlice!);
    const hour = 3_600n;
    expect(endedAt.get("qwenalice-vesting")! - startAt < hour).to.equal(true);
    expect(endedAt.get("qwenalice-live")! - startAt < 25n * hour).to.equal(true);
  });

  it("accounts for every USDC that users paid in", async () => {
    const { usdc, meter, waterfall, registry, addresses } = stage.protocol;
    const { bob, carol, dave, erin, frank } = stage.people;
    let prepaid = 0n;
    for (const user of [bob, carol, dave, erin, frank]) {
      const { deposited, credit } = await meter.accountOf(user);
      prepaid += deposited + credit;
    }
    expect(await usdc.balanceOf(addresses.meter)).to.equal(prepaid);

    const seats = [await registry.treasurySeat(), await registry.providerSeatOf(1n), BUYBACK_FLOCK_SEAT];
    for (const modelId of [stage.models.qwenAlice!, stage.models.workedExample!]) {
      seats.push(await registry.issuerSeatOf(modelId), buybackSeatOf(modelId));
    }
    const credits = await Promise.all(seats.map(async (seat) => await waterfall.creditOf(seat)));
    const credited = credits.reduce((sum, credit) => sum + credit, 0n);
    expect(await usdc.balanceOf(addresses.waterfall)).to.equal(credited);
  });

  it("burns QwenALICE in many small lots, and raises its price by that", () => {
    const rows = figuresOf(told);
    const lots = rows.find(({ what }) => /^spent in \d+ lots$/.test(what));
    expect(Number(/\d+/.exec(lots!.what)![0])).to.be.greaterThan(30);
    const before = rows.find(({ what }) => what === "the pool's price before");
    const after = rows.find(({ what }) => what === "and after");
    expect(Number(after!.chain)).to.be.greaterThan(Number(before!.chain));
  });

  it("says what is going on", () => {
    expect(progress.length).to.be.greaterThan(told.length);
  });

  it("is printed with the curve and the verdict", () => {
    expect(renderText(told))
      .to.contain("QwenALICE raises $100,000")
      .and.to.contain("FLOCK per MT")
      .and.to.match(/All \d+ figures/);
    expect(renderText(told)).to.not.contain("✗");
  });

  it("fits on a page of 100 columns", () => {
    const tooWide = renderText(told)
      .split("\n")
      .filter((line) => line.length > 100);
    expect(tooWide).to.deep.equal([]);
  });

  it("gives a person and a machine the same figures", () => {
    const document = JSON.parse(renderJson(told)) as { figures: number; differing: number; ok: boolean };
    expect(document).to.include({ figures: figuresOf(told).length, differing: 0, ok: true });
    expect(exitCodeOf(told)).to.equal(0);
    for (const { title } of told) expect(renderText(told)).to.contain(title);
  });
});
