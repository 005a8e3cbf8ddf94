import { expect } from "chai";
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
];

describe("the story of the main command", () => {
  let stage: Stage;
  const told: Chapter[] = [];
  const progress: string[] = [];

  before(async () => {
    stage = await openStage(await network.create(), (what) => progress.push(what));
  });

  for (const play of STORY) {
    it(`${play.name}: every figure agrees with the paper`, async () => {
      const chapter = await play(stage);
      told.push(chapter);
      const rows = figuresOf([chapter]);
      expect(rows).to.not.be.empty;
      expect(rows.filter(({ ok }) => !ok)).to.deep.equal([]);
    });
  }

  it("contains every figure that the paper prints about a raise", () => {
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
    const now = await stage.connection.networkHelpers.time.latest();
    expect(BigInt(now) - startAt < 30n * 86_400n).to.equal(true);
  });

  it("says what is going on", () => {
    expect(progress.length).to.be.greaterThan(told.length);
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
