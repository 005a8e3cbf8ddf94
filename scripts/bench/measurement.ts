import type { ContractTransactionResponse } from "ethers";

/** One thing that was measured. */
export interface Measurement {
  /** What it belongs to: a heading of the table. */
  group: string;
  what: string;
  value: bigint;
  unit: "gas" | "bytes";
  /** The most it may be; null if nothing was promised. */
  budget: bigint | null;
  ok: boolean;
}

/** What a real transaction cost, from its receipt. */
export async function gasOf(sent: Promise<ContractTransactionResponse>): Promise<bigint> {
  const receipt = await (await sent).wait();
  if (receipt === null) throw new Error("The transaction was replaced before it was mined.");
  return receipt.gasUsed;
}

/** Makes the rows of one group. */
export function rowsOf(group: string) {
  return (
    what: string,
    value: bigint,
    budget: bigint | null = null,
    unit: Measurement["unit"] = "gas",
  ): Measurement => ({
    group,
    what,
    value,
    unit,
    budget,
    ok: budget === null || value <= budget,
  });
}

/** The exit code of a run: 0 only if something was measured and no budget was missed. */
export function exitCodeOf(measurements: Measurement[]): 0 | 1 {
  return measurements.length > 0 && measurements.every(({ ok }) => ok) ? 0 : 1;
}
