import { expect } from "chai";
import { Fraction } from "fraction.js";

import { exitCodeOf, figures, text } from "../../scripts/demo/chapter.ts";
import type { Chapter } from "../../scripts/demo/chapter.ts";
import { derived, exact, refused, word } from "../../scripts/demo/figure.ts";
import type { Figure } from "../../scripts/demo/figure.ts";
import { renderJson, renderText } from "../../scripts/demo/render.ts";
import { WAD } from "../support/units.ts";

function chapterOf(...rows: Figure[]): Chapter {
  return { id: "test", title: "Test", section: "§0", blocks: [text("Some prose."), figures(...rows)] };
}

describe("the verdict of the main command", () => {
  const right = exact("right", "§1", "2", 2n * WAD, "FLOCK");
  const wrong = exact("wrong", "§2", "2", 2n * WAD + 1n, "FLOCK");

  describe("exitCodeOf", () => {
    it("is 0 if every figure agrees", () => {
      expect(exitCodeOf([chapterOf(right), chapterOf(right)])).to.equal(0);
    });

    it("is 1 if one figure of one chapter differs", () => {
      expect(exitCodeOf([chapterOf(right), chapterOf(right, wrong)])).to.equal(1);
    });

    it("is 1 if there are no figures at all", () => {
      expect(exitCodeOf([{ ...chapterOf(), blocks: [text("Only prose.")] }])).to.equal(1);
      expect(exitCodeOf([])).to.equal(1);
    });
  });

  describe("figures", () => {
    it("exact: one wei is a difference", () => {
      expect(right.ok).to.equal(true);
      expect(wrong).to.include({ ok: false, chain: "2.000000000000000001" });
    });

    it("derived: rounds to wei as it is told, and one wei is a difference", () => {
      const third = new Fraction(1, 3);
      expect(derived("down", "§1", third, WAD / 3n, "MT").ok).to.equal(true);
      expect(derived("down", "§1", third, WAD / 3n + 1n, "MT").ok).to.equal(false);
      expect(derived("up", "§1", third, WAD / 3n + 1n, "MT", { roundUp: true }).ok).to.equal(true);
      expect(derived("up", "§1", third, WAD / 3n, "MT", { roundUp: true }).ok).to.equal(false);
    });

    it("derived: must also agree with what the paper prints", () => {
      const third = new Fraction(1, 3);
      expect(derived("third", "§1", third, WAD / 3n, "MT", { printed: "0.33" }).ok).to.equal(true);
      expect(derived("third", "§1", third, WAD / 3n, "MT", { printed: "0.34" }).ok).to.equal(false);
    });

    it("word and refused: another word is a difference", () => {
      expect(word("outcome", "§1", "failed", "failed").ok).to.equal(true);
      expect(word("outcome", "§1", "failed", "open").ok).to.equal(false);
      expect(refused("call", "§1", "A_Error", "A_Error").ok).to.equal(true);
      expect(refused("call", "§1", "A_Error", "B_Error").ok).to.equal(false);
    });
  });

  it("names every figure that differs", () => {
    const chapters = [chapterOf(right, wrong)];
    expect(renderText(chapters)).to.contain("1 of 2 figures differ").and.to.contain("wrong (§2): 2, but 2.0000");
    expect(JSON.parse(renderJson(chapters))).to.include({ ok: false, figures: 2, differing: 1 });
  });
});
