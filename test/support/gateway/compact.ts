import type { Signature } from "ethers";

import type { Hex } from "../../../sdk/src/codec/hex.ts";

/** A signature in its compact form. */
export const compactOf = ({ r, yParityAndS }: Signature): { r: Hex; vs: Hex } => ({
  r: r as Hex,
  vs: yParityAndS as Hex,
});
