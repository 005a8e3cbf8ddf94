import { quoted } from "../text/plainText.ts";
import { fillIn } from "../text/template.ts";
import type { NamedValues, Showing } from "../text/template.ts";
import { BOUND_SENTENCES, REVERT_SENTENCES } from "./sentences.ts";

/**
 * The sentence of a named error of the contracts with its values, as the commands print it.
 * @param bound Which value is out of bounds, if that is the error.
 */
export function sentenceOf(
  name: string,
  values: NamedValues,
  { bound = "", ...showing }: Showing & { bound?: string } = {},
): string {
  const template = BOUND_SENTENCES[bound] ?? REVERT_SENTENCES[name];
  const listed = () => Object.entries(values).map(([key, value]) => `${key} = ${quoted(String(value))}`);
  return `${name}: ${template === undefined ? `(${listed().join(", ")})` : fillIn(template, values, showing)}.`;
}
