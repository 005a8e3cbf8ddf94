import { styleText } from "node:util";

import Table from "cli-table3";

import type { DocumentOf } from "../lib/documents/index.ts";
import { exitCodeOf } from "./measurement.ts";
import type { Measurement } from "./measurement.ts";

/** Widths of: what, measured, budget, ok. */
const COLUMN_WIDTHS = [53, 19, 17, 4];

/** The measurements as tables, one per group. */
export function renderText(measurements: Measurement[]): string {
  const groups = [...new Set(measurements.map(({ group }) => group))];
  const parts = groups.map((group) =>
    renderGroup(
      group,
      measurements.filter((row) => row.group === group),
    ),
  );
  return [INTRODUCTION, ...parts, renderVerdict(measurements)].join("\n\n") + "\n";
}

/** The same for a machine: one JSON document. */
export function renderJson(measurements: Measurement[]): string {
  const rows = measurements.map(({ value, budget, ...row }) => ({
    ...row,
    value: Number(value),
    budget: budget === null ? null : Number(budget),
  }));
  const document: DocumentOf<"bench"> = { ok: exitCodeOf(measurements) === 0, measurements: rows };
  return JSON.stringify(document, null, 2) + "\n";
}

const INTRODUCTION = [
  "Gas of real transactions on an embedded chain, from their receipts. FLOCK is a plain ERC-20, allowances",
  'are unlimited, and "first" means storage that this user has not touched before.',
  "Vouchers: the whole transaction through the number of its rows; all users stake, so all of them earn rewards.",
  "* less the call to the emission distributor, as the node's own trace of the same transaction has it.",
].join("\n");

function renderGroup(group: string, rows: Measurement[]): string {
  const table = new Table({
    head: [group, "measured", "budget", "ok"],
    colWidths: COLUMN_WIDTHS,
    colAligns: ["left", "right", "right", "center"],
    style: { head: [], border: [], compact: true },
  });
  for (const { what, value, unit, budget, ok } of rows) {
    const verdict = budget === null ? "" : ok ? styleText("green", "✓") : styleText("red", "✗");
    table.push([what, `${number(value)} ${unit}`, budget === null ? "" : `≤ ${number(budget)}`, verdict]);
  }
  return table.toString();
}

function renderVerdict(measurements: Measurement[]): string {
  const missed = measurements.filter(({ ok }) => !ok);
  if (exitCodeOf(measurements) === 0) return styleText("green", "Every budget is kept.");
  const list = missed.map(({ group, what, value, budget }) => `  ${group}, ${what}: ${value}, budget ${budget}`);
  return styleText("red", [`${missed.length} budgets are missed:`, ...list].join("\n"));
}

function number(value: bigint): string {
  return value.toLocaleString("en-US");
}
