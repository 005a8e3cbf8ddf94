/**
 * The characters that a terminal obeys, that reorder what stands around them, or that nobody sees. The registry refuses
 * them in names, and blanks besides: those harm nobody here. Halves of UTF-16 pairs are no characters at all.
 */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;

/** How much of somebody else's words a sentence quotes [characters]. */
const MAX_QUOTED = 1_000;

/** How much of what somebody typed a sentence repeats [characters]; the longest number that a contract holds is shorter. */
const MAX_TYPED = 100;

/** A character by its number, such as \u{1b}. */
const escaped = (character: string) => `\\u{${character.codePointAt(0)!.toString(16)}}`;

/** A text of a chain, a file or a node in one line that shows all of it and does nothing else. */
export const plain = (text: string): string => text.replace(UNSAFE, escaped);

/** Whether nothing in a text would be escaped. The registry asks this of names, and more: see `PlainText`. */
export const isPlain = (text: string): boolean => plain(text) === text;

/** What is about to be printed, as it is except for what would do something else than be read. Lines stay lines. */
export const harmless = (text: string): string =>
  text.replace(UNSAFE, (character) => (character === "\n" ? character : escaped(character)));

/** The words of a node or a library, which may be a page, in one line of bearable length. */
export function quoted(text: string): string {
  const line = plain(text.trim().replaceAll(/\s+/g, " "));
  return line.length <= MAX_QUOTED ? line : `${line.slice(0, MAX_QUOTED)}…`;
}

/** What somebody typed, in one line of bearable length. */
export function typedText(text: string): string {
  const line = plain(text);
  return line.length <= MAX_TYPED ? line : `${line.slice(0, MAX_TYPED)}… (${line.length.toString()} characters)`;
}

/** The same JSON document, with escapes for what a terminal would obey or not show; JSON itself leaves some of it raw. */
export const harmlessJson = (json: string): string =>
  json.replace(UNSAFE, (character) =>
    character === "\n"
      ? character
      : [...Array(character.length).keys()]
          .map((unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, "0")}`)
          .join(""),
  );
