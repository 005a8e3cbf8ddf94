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

/** Whether a character is blank though it is not invisible: spaces but the common one, and what has no property of its own. */
const isBlank = (codePoint: number): boolean =>
  codePoint !== 0x20 &&
  /^[\p{Zs}\u2800\uFFFC\uFFFE\uFFFF\u{13430}-\u{13442}\u{16FE4}\u{1D159}]$/u.test(String.fromCodePoint(codePoint));

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
