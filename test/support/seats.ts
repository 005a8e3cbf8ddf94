import { toBeHex } from "ethers";

/** The name of a seat: the kind in the first byte, the rest says which one. */
const seat = (kind: bigint, id: bigint) => toBeHex((kind << 248n) | id, 32);

/** Names of the seats, composed here anew. */
export const SEAT = {
  issuer: (modelId: bigint) => seat(1n, modelId),
  treasury: seat(2n, 0n),
  provider: (tierId: bigint, term: bigint) => seat(3n, (tierId << 16n) | term),
};
