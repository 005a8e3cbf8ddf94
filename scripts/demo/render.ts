import { styleText } from "node:util";

import Table from "cli-table3";

import type { DocumentOf } from "../lib/documents/index.ts";
import { exitCodeOf, figuresOf } from "./chapter.ts";
import type { Block, Chapter } from "./chapter.ts";
import type { Figure } from "./figure.ts";

/** Columns of the page. */
const PAGE_WIDTH = 100;
/** So many digits after the point are printed in full; of longer ones so many are left. JSON has all of them. */
const FULL_DIGITS = 6;
const SHOWN_DIGITS = 4;
/** Widths of: what, source, paper, chain, ok. With the borders they fill the page. */
const COLUMN_WIDTHS = [37, 13, 15, 25, 4] as const;
/** Longest number of the paper that its column takes. */
const PAPER_WIDTH = COLUMN_WIDTHS[2] - 2;
/** Word columns of names and addresses take both. */
const WORD_WIDTH = COLUMN_WIDTHS[3] - 2;

/** What a reader has to know first. */
const INTRODUCTION =
  "FOMO on an embedded chain, with a real Uniswap v2. Every figure below was read back from the chain after real " +
  "transactions and stands beside the one it must be. Source: § is a section of FLock's whitepaper, a decision is " +
  "this implementation's own, where the paper is silent.";

/** The story as a person reads it. */
export function renderText(chapters: Chapter[]): string {
  const parts = chapters.flatMap((chapter, index) => [
    styleText("bold", `${index + 1}. ${chapter.title}`) + `  (${chapter.section})`,
    ...chapter.blocks.map(renderBlock),
  ]);
  return [wrap(INTRODUCTION, PAGE_WIDTH), ...parts, renderVerdict(chapters)].join("\n\n") + "\n";
}

/** The same figures for a machine: one JSON document. */
export function renderJson(chapters: Chapter[]): string {
  const all = figuresOf(chapters);
  const document: DocumentOf<"demo"> = {
    ok: exitCodeOf(chapters) === 0,
    figures: all.length,
    differing: all.filter(({ ok }) => !ok).length,
    chapters: chapters.map((chapter) => ({
      id: chapter.id,
      title: chapter.title,
      section: chapter.section,
      figures: figuresOf([chapter]),
    })),
  };
  return JSON.stringify(document, null, 2) + "\n";
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "text":
      return wrap(block.text, PAGE_WIDTH);
    case "picture":
      return block.lines.join("\n");
    case "figures":
      return renderFigures(block.figures);
  }
}

function renderFigures(rows: Figure[]): string {
  const table = new Table({
    head: ["", "source", "paper", "chain", "ok"],
    colWidths: [...COLUMN_WIDTHS],
    colAligns: ["left", "left", "right", "right", "center"],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
  });
  for (const row of rows) {
    table.push([
      row.what,
      row.section,
      shownPaper(row),
      shownChain(row),
      row.ok ? mark("green", "✓") : mark("red", "✗"),
    ]);
  }
  return table.toString();
}

function renderVerdict(chapters: Chapter[]): string {
  const all = figuresOf(chapters);
  const wrong = all.filter(({ ok }) => !ok);
  if (exitCodeOf(chapters) === 0) {
    return mark(
      "green",
      wrap(
        `All ${all.length} figures agree with the paper. They were compared to the last of their digits; the tables cut ` +
          "long ones off (…), --json shows them in full.",
        PAGE_WIDTH,
      ),
    );
  }
  const list = wrong.map(({ what, section, paper, chain }) => `  ${what} (${section}): ${paper}, but ${chain}`);
  return mark("red", [`${wrong.length} of ${all.length} figures differ from the paper:`, ...list].join("\n"));
}

function shownPaper(row: Figure): string {
  return row.unit === "" ? shorten(row.paper, PAPER_WIDTH) : group(row.paper);
}

function shownChain(row: Figure): string {
  return row.unit === "" ? shorten(row.chain, WORD_WIDTH) : `${group(row.chain)} ${row.unit}`;
}

/** Thousands apart, and not more digits than one can read. */
function group(amount: string): string {
  const [whole = "", digits = ""] = amount.split(".");
  const grouped = BigInt(whole).toLocaleString("en-US");
  if (digits === "") return grouped;
  return digits.length > FULL_DIGITS ? `${grouped}.${digits.slice(0, SHOWN_DIGITS)}…` : `${grouped}.${digits}`;
}

/** A name or an address that fits: its middle is left out. */
function shorten(name: string, width: number): string {
  if (name.length <= width) return name;
  const tail = Math.floor((width - 1) / 2);
  return `${name.slice(0, width - 1 - tail)}…${name.slice(-tail)}`;
}

/** Breaks a paragraph between words. */
function wrap(paragraph: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const piece of paragraph.split(" ")) {
    if (line !== "" && line.length + 1 + piece.length > width) {
      lines.push(line);
      line = piece;
    } else {
      line = line === "" ? piece : `${line} ${piece}`;
    }
  }
  return [...lines, line].join("\n");
}

/** Colour where the terminal shows it. */
function mark(colour: "green" | "red", content: string): string {
  return styleText(colour, content);
}
