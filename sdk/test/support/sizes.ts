import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { SDK } from "./consumer.ts";

/** How far a size may be above what the README says, and how far below [%]. */
const ABOVE = 3;
const BELOW = 5;

/** Fails unless the README says how large something is. */
export function checkSize(what: string, bytes: number): void {
  const measured = `${(bytes / 1000).toFixed(1)} kB`;
  console.log(`${what}: ${measured}`);
  const stated = statedSize(what);
  const isStated = bytes * 100 <= stated * (100 + ABOVE) && bytes * 100 >= stated * (100 - BELOW);
  assert.ok(isStated, `README.md says ${(stated / 1000).toFixed(1)} kB for "${what}", and it is ${measured}`);
}

/** What stands in the README's table of sizes [bytes]. */
function statedSize(what: string): number {
  const line = readFileSync(join(SDK, "README.md"), "utf8")
    .split("\n")
    .find((one) => one.startsWith(`| ${what} |`));
  const [, kilobytes] = /\| ([\d.]+) kB \|$/.exec(line ?? "") ?? [];
  if (kilobytes === undefined) throw new Error(`README.md does not say how large "${what}" is`);
  return Number(kilobytes) * 1000;
}
