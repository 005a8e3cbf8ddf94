import type { Figure } from "./figure.ts";
import type { Stage } from "./stage.ts";

/** What a chapter shows, in the order in which it is read. */
export type Block =
  { kind: "text"; text: string } | { kind: "figures"; figures: Figure[] } | { kind: "picture"; lines: string[] };

/** What a chapter did and found. */
export interface Chapter {
  /** Stable name for machines. */
  id: string;
  title: string;
  /** The sections of the whitepaper that it follows. */
  section: string;
  blocks: Block[];
}

/** Plays one part of the story on the stage that the chapters before it have left. */
export type ChapterFunction = (stage: Stage) => Promise<Chapter>;

/** A paragraph. Line breaks of the source do not count. */
export function text(paragraph: string): Block {
  return { kind: "text", text: paragraph.replace(/\s+/g, " ").trim() };
}

/** A table of figures. */
export function figures(...rows: Figure[]): Block {
  return { kind: "figures", figures: rows };
}

/** Lines that are printed as they are. */
export function picture(...lines: string[]): Block {
  return { kind: "picture", lines };
}

/** All figures of some chapters. */
export function figuresOf(chapters: Chapter[]): Figure[] {
  return chapters.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "figures" ? block.figures : [])));
}

/** The exit code of a run: 0 only if there are figures and every one of them agrees with the paper. */
export function exitCodeOf(chapters: Chapter[]): 0 | 1 {
  const all = figuresOf(chapters);
  return all.length > 0 && all.every(({ ok }) => ok) ? 0 : 1;
}
