import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { LONGEST, readPart } from "../../src/settlement/parts.ts";
import { newFolder } from "./logs.ts";

describe("settlement: parts of a file", () => {
  it("have each row once, wherever the file is cut", () => {
    const path = join(newFolder(), "log.jsonl");
    const rows = ["a", "", "bcd", "x".repeat(5_000), "", "", "efghij", "k"];
    for (const text of [rows.join("\n"), `${rows.join("\n")}\n`, `\n${rows.join("\n")}\n\n`]) {
      writeFileSync(path, text);
      const expected = rows.filter((row) => row !== "").map((row) => (row.length > LONGEST ? "long" : row));
      for (let cut = 0; cut <= text.length; cut += cut < 20 || cut > text.length - 20 ? 1 : 97) {
        const found: [string, number][] = [];
        const cuts = [0, cut, Math.min(text.length, cut + 3), text.length];
        for (const [index, to] of cuts.slice(1).entries()) {
          readPart({ path, from: cuts[index]!, to }, (row, offset) => {
            found.push([row === undefined ? "long" : row.toString(), offset]);
          });
        }
        assert.deepEqual(
          found.map(([row]) => row),
          expected,
          `cut at ${cut.toString()}`,
        );
        for (const [row, offset] of found) {
          assert.equal(text.slice(offset, offset + row.length), row === "long" ? "xxxx" : row);
        }
      }
    }
  });
});
