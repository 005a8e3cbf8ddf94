import JSON5 from "json5";

import { plain, quoted } from "../../sdk/src/text/plainText.ts";

/** A text that cannot be used as JSON5; its message says why, as the end of a sentence about the file. */
export class Json5Error extends Error {}

/**
 * Blanks and comments, and then what a JSON5 text is made of: strings, the signs of objects and lists, and words, which are
 * names, numbers, `true`, `false` and `null`.
 */
const TOKEN =
  /(?:\s|\/\/.*|\/\*[^]*?\*\/)*(?:("[^"\\]*(?:\\[^][^"\\]*)*"|'[^'\\]*(?:\\[^][^'\\]*)*'|[^\s{}[\]:,"'/]+)|([{}[\]:,]))/gu;

/** An object or a list while its text is read. */
interface Open {
  /** Names that have been read, each with its line; undefined in a list. */
  names: Map<string, number> | undefined;
  /** What is read in it now: a name of the object, or the place in the list. */
  at: string | number;
}

/**
 * Reads JSON5. What no two readers understand alike is refused: text that is not UTF-8, and an object that names one key
 * twice, of which JSON5 would silently keep the last.
 * @throws Json5Error
 */
export function parseJson5(bytes: Uint8Array): unknown {
  const text = textOf(bytes);
  let value: unknown;
  try {
    value = JSON5.parse(text);
  } catch (error) {
    throw new Json5Error(`is not valid JSON5: ${quoted((error as Error).message)}`);
  }
  requireDistinctKeys(text);
  return value;
}

/** What is no UTF-8 is refused: replaced, it would be sent as something else. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Json5Error("is not UTF-8: save it as such");
  }
}

/** Refuses a key that stands twice in one object, however it is written. The text is known to be JSON5. */
function requireDistinctKeys(text: string): void {
  const open: Open[] = [];
  let [word, line] = ["", 1];
  for (const [token, named, sign] of text.matchAll(TOKEN)) {
    const inside = open.at(-1);
    line += token.split("\n").length - 1;
    if (named !== undefined) word = named;
    else if (sign === "{") open.push({ names: new Map(), at: "" });
    else if (sign === "[") open.push({ names: undefined, at: 0 });
    else if (sign === "}" || sign === "]") open.pop();
    else if (sign === "," && typeof inside?.at === "number") ++inside.at;
    else if (sign === ":" && inside?.names !== undefined) {
      inside.at = nameOf(word);
      const before = inside.names.get(inside.at);
      if (before !== undefined) throw twice(open, before, line);
      inside.names.set(inside.at, line);
    }
  }
}

/** The name that a key stands for: both ways of writing one may contain escapes, which JSON5 itself reads. */
function nameOf(word: string): string {
  const [name] = Object.keys(JSON5.parse<object>(`{${word}:0}`));
  return name!; // one key was written
}

/** Says where a key stands twice. */
function twice(open: Open[], before: number, line: number): Json5Error {
  const path = plain(open.map(({ at }) => at).join("."));
  const lines = before === line ? `on line ${line.toString()}` : `on lines ${before.toString()} and ${line.toString()}`;
  return new Json5Error(`names \`${path}\` twice, ${lines}: keep one of them`);
}
