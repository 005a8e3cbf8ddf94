import { getBytes, hexlify, keccak256 } from "ethers";

import type { Comparison } from "./comparison.ts";

/** Where immutables stand in code, by the number of their declaration. */
export type ImmutableReferences = Readonly<Record<string, readonly { start: number; length: number }[]>>;

/** A contract as it was compiled here. */
export interface CompiledContract {
  deployedBytecode: string;
  immutableReferences: ImmutableReferences;
}

/** Code with zeros in the places of its immutables, as the compiler leaves it. */
export function masked(code: string, references: ImmutableReferences): string {
  const bytes = getBytes(code);
  for (const { start, length } of Object.values(references).flat()) bytes.fill(0, start, start + length);
  return hexlify(bytes);
}

/** What stands in the places of each immutable, by the number of its declaration; several values if they disagree. */
export function immutablesIn(code: string, references: ImmutableReferences): Map<string, string[]> {
  const bytes = getBytes(code);
  return new Map(
    Object.entries(references).map(([id, places]) => {
      const values = places.map(({ start, length }) => hexlify(bytes.slice(start, start + length)));
      return [id, [...new Set(values)]];
    }),
  );
}

/** What is shown in the place of code that is not there. */
const NO_CODE = "no code";

/**
 * Compares the code of a contract with what was compiled here, but for the values of its immutables, and with the record,
 * in which it has them.
 */
export function codeComparisons(
  name: string,
  code: string,
  { deployedBytecode, immutableReferences }: CompiledContract,
  recordedHash: string,
): [asCompiled: Comparison, asRecorded: Comparison] {
  const isThere = code !== "0x";
  return [
    {
      group: "code",
      key: `${name} (compiled here)`,
      expected: keccak256(masked(deployedBytecode, immutableReferences)),
      actual: isThere ? keccak256(masked(code, immutableReferences)) : NO_CODE,
    },
    {
      group: "code",
      key: `${name} (in the record)`,
      expected: recordedHash,
      actual: isThere ? keccak256(code) : NO_CODE,
    },
  ];
}
