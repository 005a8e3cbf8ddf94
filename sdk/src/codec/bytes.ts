import { FomoError } from "../errors/fomoError.ts";
import { typedText } from "../text/plainText.ts";
import type { Hex } from "./hex.ts";

const BYTES = /^0x(?:[0-9a-f]{2})*$/i;

/** Whether a value is bytes as text. */
export const isBytes = (value: unknown): value is Hex => typeof value === "string" && BYTES.test(value);

/**
 * Bytes as a call takes them.
 * @param what What they are, as the sentence begins, such as "The seat".
 * @param length How many they must be; any number if left out.
 * @throws FomoError `badValue` if the text is none, or they are not so many.
 */
export function bytesOf(text: string, what: string, length?: number): Hex {
  if (isBytes(text) && (length === undefined || text.length === 2 + 2 * length)) return text;
  const wanted = length === undefined ? "0x and an even number of" : `0x and ${(2 * length).toString()}`;
  throw new FomoError("badValue", `${what} is "${typedText(text)}": write ${wanted} hexadecimal digits.`);
}
