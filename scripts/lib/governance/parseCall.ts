import type { Interface, TransactionDescription } from "ethers";

/** A call of a contract; null if it is none, or its values are cut off or none of their types. */
export function parseCall(contract: Interface, data: string): TransactionDescription | null {
  try {
    return contract.parseTransaction({ data });
  } catch {
    return null; // governance can schedule any bytes, and the list must still be shown
  }
}
