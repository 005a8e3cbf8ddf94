import { createHash } from "node:crypto";

/**
 * How far random tests go. By default they take the same cases on every machine and end soon; `npm run test:deep` takes
 * many more, from a seed that it prints.
 */
export const isDeep = process.env.FOMO_DEEP === "1";

/** What random cases depend on; undefined by default. */
export const seed = process.env.FOMO_SEED;

/** The same as a setting of the fuzzer of Solidity tests. */
export const fuzzSeed = seed === undefined ? {} : { seed: `0x${createHash("sha256").update(seed).digest("hex")}` };

/** A number of cases: the usual one, or that of a deep run. */
export const scaled = (usual: number, deep: number) => (isDeep ? deep : usual);
