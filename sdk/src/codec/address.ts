import { getAddress } from "ethers";

import { FomoError } from "../errors/fomoError.ts";
import { typedText } from "../text/plainText.ts";
import type { Address } from "./hex.ts";

/** The address that stands for nobody. */
export const ZERO_ADDRESS: Address = "0x0000000000000000000000000000000000000000";

/**
 * An address with its checksum.
 * @param what What it is, as the sentence begins, such as "The recipient".
 * @throws FomoError `badAddress` if the text is none, or has the checksum of another one.
 */
export function addressOf(text: string, what = "The text"): Address {
  try {
    return getAddress(text) as Address;
  } catch {
    throw new FomoError("badAddress", `${what} is no address with a valid checksum: "${typedText(text)}".`);
  }
}
