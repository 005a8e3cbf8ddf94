/** What is wrong with a text, and where: the first fault [bytes]. */
export type Fault = { kind: "malformed"; index: number } | { kind: "invisible"; index: number; codePoint: number };

/**
 * Whether a character is refused, by the properties that Unicode gives it in the tables of this engine: controls,
 * separators of lines and paragraphs, marks of direction, and what is drawn as nothing. The marks around annotations have
 * no property of their own.
 */
export const isInvisible = (codePoint: number): boolean =>
  /^[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]$/u.test(
    String.fromCodePoint(codePoint),
  );

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
  for (const character of wellFormed(bytes.subarray(0, length))!) {
    const codePoint = character.codePointAt(0)!;
    if (isInvisible(codePoint)) return { kind: "invisible", index, codePoint };
    index += new TextEncoder().encode(character).length;
  }
  return length === bytes.length ? undefined : { kind: "malformed", index };
}
