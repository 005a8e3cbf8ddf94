import { errorsAbi } from "../abi/errors.ts";
import { decodeNamedError } from "../codec/codec.ts";
import { textOfBytes32 } from "../codec/lenient.ts";
import { quoted } from "../text/plainText.ts";
import { sentenceOf } from "./words.ts";

/** A contract's refusal in words. */
export interface Refusal {
  /** The error's name, such as `Offering_SaleClosed`. */
  name: string;
  /** Its values as text, by name. */
  values: Record<string, string>;
  /** One sentence that contains both, with the values in their units. */
  sentence: string;
}

/** What is known of the chain that refuses. */
export interface RefusalContext {
  /** Decimals of the network's USDC; its amounts are shown in their smallest units if they are not known. */
  usdcDecimals?: number | undefined;
}

/** Finds the data of a revert in whatever a node, ethers or viem threw. */
export function revertDataOf(error: unknown, depth = 0): string | undefined {
  if (typeof error === "string") return /^0x(?:[0-9a-f]{2}){4,}$/i.test(error) ? error : undefined;
  if (typeof error !== "object" || error === null || depth > DEPTH) return undefined;
  for (const key of ["data", "error", "info", "cause", "raw"] as const) {
    const found = key in error ? revertDataOf((error as Record<string, unknown>)[key], depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How deep libraries hide the data of a revert. */
const DEPTH = 8;

/**
 * Says what the data of a revert means.
 * @param data What the chain returned.
 * @returns Undefined if it is no error that these contracts know: any contract can revert with any bytes.
 */
export function explainRevert(data: string, { usdcDecimals }: RefusalContext = {}): Refusal | undefined {
  const found = decodeNamedError(errorsAbi, data);
  if (found === undefined) return undefined;
  const { name, inputs, values } = found;
  if (name === "Error" || name === "Panic") {
    const reason = String(values[0]);
    const sentence = name === "Error" ? quoted(reason) : `the contract's arithmetic failed (panic ${reason})`;
    return { name, values: { reason }, sentence: `The chain refuses this: ${sentence}.` };
  }
  const named = Object.fromEntries(inputs.map((input, index) => [input.name, values[index]]));
  const texts = Object.fromEntries(Object.entries(named).map(([key, value]) => [key, String(value)]));
  const nameIn = (value: unknown) => textOfBytes32(String(value));
  const bound = name === "Bounds_OutOfRange" ? nameIn(values[0]) : "";
  return { name, values: texts, sentence: sentenceOf(name, named, { bound, usdcDecimals, nameIn }) };
}

/**
 * Says why something was refused.
 * @param error Whatever a node, ethers or viem threw.
 * @returns Undefined if no contract refused anything: then it is a failure of another kind.
 */
export function explainError(error: unknown, context: RefusalContext = {}): Refusal | undefined {
  const data = revertDataOf(error);
  return data === undefined ? undefined : explainRevert(data, context);
}
