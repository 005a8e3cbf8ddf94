import { format } from "prettier";

import type { Exported } from "./exports.ts";

/** How long a declaration may be in the reference [lines]. */
const MAX_LINES = 60;

/** What stands between declarations while they are put in order. */
const MARK = "\n// ----\n";

/** Declarations as they are shown. */
export async function inOrder(declarations: string[]): Promise<string[]> {
  const text = await format(declarations.join(MARK), { parser: "typescript", printWidth: 100 });
  return text.split(/^\/\/ ----$/m).map((one) => one.trim());
}

/** An export of a page: what it is, what it does, what it takes and throws, and where it is shown. */
export function entryOf(one: Exported, code: string, related: string[], examples: string[]): string {
  const { name, module, text, parameters, returns, throws } = one;
  const isLong = code.split("\n").length > MAX_LINES;
  const parts = [
    isLong ? "" : `\`\`\`ts\n${code}\n\`\`\``,
    text,
    isLong ? `It is long: [its source](../../sdk/src/${module}.ts) has it.` : "",
    parameters.map((parameter) => `- \`${parameter.name}\`: ${parameter.text}`).join("\n"),
    returns === undefined ? "" : `Returns: ${returns}`,
    throws === undefined ? "" : `Throws: ${throws}`,
    isLong || related.length === 0 ? "" : `See: ${related.join(", ")}.`,
    examples.length === 0 ? "" : `Examples: ${examples.map(exampleLink).join(", ")}.`,
  ];
  return `### ${name}\n\n${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const exampleLink = (file: string) => `[${file}](../../sdk/examples/${file})`;

/** Whether a declaration names something, outside its comments. */
export const mentions = (code: string, name: string): boolean =>
  new RegExp(`\\b${name}\\b`).test(code.replaceAll(/\/\*[^]*?\*\//g, ""));

/** The first sentence of a comment. */
export const firstSentence = (text: string): string => /^[^]*?[.?!](?=\s|$)/.exec(text)?.[0] ?? text;
