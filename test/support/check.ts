import { expect } from "chai";

import type { Node } from "./node.ts";

/** Something that differs, as the document of `fomo check` tells it. */
export interface Difference {
  group: string;
  key: string;
  expected: string;
  actual: string;
  fault: boolean;
}

/** The document of `fomo check`. */
export interface CheckDocument {
  agrees: boolean;
  counts: { group: string; compared: number; differing: number }[];
  differences: Difference[];
  cutShort: string | null;
}

/** Runs `fomo check`, whose exit code must say the same as its document. */
export async function runCheck(node: Node, ...args: string[]): Promise<CheckDocument> {
  const { code, stdout, stderr } = await node.fomo("check --json", ...args);
  if (stdout === "") throw new Error(stderr);
  const document = JSON.parse(stdout) as CheckDocument;
  expect(code, stdout).to.equal(document.agrees ? 0 : 1);
  return document;
}
