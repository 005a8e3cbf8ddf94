/** What is wrong with a text, and where: the first fault [bytes]. */
export type Fault =
  { kind: "malformed" | "spacing"; index: number } | { kind: "invisible"; index: number; codePoint: number };

/**
 * Whether a character is refused, by the properties that Unicode gives it in the tables of this engine: controls,
 * separators of lines and paragraphs, marks of direction, and what is drawn as nothing. The marks around annotations have
 * no property of their own.
 */
export const isInvisible = (codePoint: number): boolean =>
  /^[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]$/u.test(
    String.fromCodePoint(codePoint),
  );

/** What is drawn as nothing and has no property of its own: single characters and one range. */
const BLANKS = [0x2800, 0xfffc, 0xfffe, 0xffff, 0x16fe4, 0x1d159];
const HIEROGLYPHS = { first: 0x13430, last: 0x13442 };

/** Whether a character is blank though it is not invisible: spaces but the common one, and the list above. */
const isBlank = (codePoint: number): boolean =>
  (codePoint !== 0x20 && /^\p{Zs}$/u.test(String.fromCodePoint(codePoint))) ||
  BLANKS.includes(codePoint) ||
  (codePoint >= HIEROGLYPHS.first && codePoint <= HIEROGLYPHS.last);

/** Whether a name must not contain a character. */
export const isRefused = (codePoint: number): boolean => isInvisible(codePoint) || isBlank(codePoint);

/** The text of some bytes; undefined if they are not well-formed UTF-8. */
export function wellFormed(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The first fault of a text; undefined if it is plain. What is well-formed goes as far as the longest decodable part. */
export function faultOf(bytes: Uint8Array): Fault | undefined {
  let length = bytes.length;
  while (wellFormed(bytes.subarray(0, length)) === undefined) --length;
  let index = 0;
  let before = " ";
  for (const character of wellFormed(bytes.subarray(0, length))!) {
    const codePoint = character.codePointAt(0)!;
    if (isRefused(codePoint)) return { kind: "invisible", index, codePoint };
    if (character === " " && (before === " " || index + 1 === bytes.length)) return { kind: "spacing", index };
    before = character;
    index += new TextEncoder().encode(character).length;
  }
  return length === bytes.length ? undefined : { kind: "malformed", index };
}
