import { toBeHex } from "ethers";

/** The name of a seat: the kind in the first byte, the rest says which one. */
const seat = (kind: bigint, id: bigint) => toBeHex((kind << 248n) | id, 32);

/** Names of all kinds of seats, composed here anew. */
export const SEATS = {
  issuer: (modelId: bigint) => seat(1n, modelId),
  treasury: seat(2n, 0n),
  provider: (tierId: bigint, term = 0n) => seat(3n, (tierId << 16n) | term),
  buybackFlock: seat(4n, 0n),
  buybackModel: (modelId: bigint) => seat(5n, modelId),
};
