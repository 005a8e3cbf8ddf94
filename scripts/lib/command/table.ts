import Table from "cli-table3";

import { plain } from "../../../sdk/src/text/plainText.ts";

/** A compact table; a cell is one line, whatever stands in it. Columns whose head begins with `>` are aligned to the right. */
export function tableOf(heads: string[], rows: (string | number)[][]): string {
  const table = new Table({
    head: heads.map((head) => head.replace(/^>/, "")),
    colAligns: heads.map((head) => (head.startsWith(">") ? "right" : "left")),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows.map((row) => row.map((cell) => (typeof cell === "string" ? plain(cell) : cell))));
  return table.toString();
}

/** Names and values, one pair a line. */
export function pairsOf(pairs: Record<string, string>): string {
  const width = Math.max(...Object.keys(pairs).map((name) => plain(name).length));
  return Object.entries(pairs)
    .map(([name, value]) => `  ${plain(name).padEnd(width)}  ${plain(value)}`)
    .join("\n");
}
