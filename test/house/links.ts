import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect } from "chai";

const ROOT = join(import.meta.dirname, "..", "..");

/** What people read. */
const DOCUMENTS = globSync(["*.md", "docs/**/*.md", "sdk/*.md", "apps/*/*.md", "deploy/records/README.md"], {
  cwd: ROOT,
});

const textOf = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** Where the headings of a document are, as GitHub names them. */
const anchorsOf = (file: string): string[] =>
  [
    ...textOf(file)
      .replaceAll(/^```[^]*?^```/gm, "")
      .matchAll(/^#+ (.+)$/gm),
  ].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("links in documents", () => {
  it("are looked at in all of them", () => {
    expect(DOCUMENTS.length).to.be.greaterThan(30);
  });

  for (const file of DOCUMENTS) {
    it(`lead to something that exists: ${file}`, () => {
      for (const [, target] of textOf(file).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
        const [path, anchor] = target!.split("#") as [string, string?];
        const other = path === "" ? file : join(dirname(file), path);
        expect(existsSync(join(ROOT, other)), `${file}: ${target!}`).to.equal(true);
        if (anchor !== undefined) expect(anchorsOf(other), `${file}: ${target!}`).to.include(anchor);
      }
    });
  }
});
