import { id } from "ethers";

import type { Hex } from "./hex.ts";

/** Keccak-256 of a text in UTF-8. */
export const keccakOfText = (text: string): Hex => id(text) as Hex;
