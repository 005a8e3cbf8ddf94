import Table from "cli-table3";

/** A compact table. Columns whose head begins with `>` are aligned to the right. */
export function tableOf(heads: string[], rows: (string | number)[][]): string {
  const table = new Table({
    head: heads.map((head) => head.replace(/^>/, "")),
    colAligns: heads.map((head) => (head.startsWith(">") ? "right" : "left")),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows);
  return table.toString();
}

/** Names and values, one pair a line. */
export function pairsOf(pairs: Record<string, string>): string {
  const width = Math.max(...Object.keys(pairs).map((name) => name.length));
  return Object.entries(pairs)
    .map(([name, value]) => `  ${name.padEnd(width)}  ${value}`)
    .join("\n");
}
