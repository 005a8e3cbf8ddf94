import type { ParamType } from "ethers";

import { errorsAbi } from "../abi/errors.ts";
import { decodeNamedError } from "../codec/codec.ts";
import { textOfBytes32 } from "../codec/lenient.ts";
import { OUTCOMES, SHARES, WAITS, WAIT_WORDS, nameOf } from "../names/enums.ts";
import { describeSeat } from "../names/seats.ts";
import { plain, quoted } from "../text/plainText.ts";
import { show, showDuration, showFlock, showMt, showPrice, showTime, showUsdc } from "../units/show.ts";
import { BOUND_SENTENCES, REVERT_SENTENCES } from "./sentences.ts";

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

/** How the values of an error are shown; the sentences name these units. */
export const UNITS: Record<string, (value: bigint, usdcDecimals: number | undefined) => string> = {
  flock: showFlock,
  mt: showMt,
  token: (value) => show(value),
  usdc: (value, usdcDecimals) =>
    usdcDecimals === undefined ? `${show(value, 0)} units of USDC` : showUsdc(value, usdcDecimals),
  price: showPrice,
  time: showTime,
  duration: showDuration,
  bps: (value) => `${show(value, 2)}%`,
  outcome: (value) => nameOf(OUTCOMES, value),
  share: (value) => nameOf(SHARES, value),
  wait: (value) => WAIT_WORDS[nameOf(WAITS, value)],
  seat: describeSeat,
  character: (value) => `U+${value.toString(16).toUpperCase().padStart(4, "0")}`,
};

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
  const texts = Object.fromEntries(inputs.map((input, index) => [input.name, String(values[index])]));
  const template = BOUND_SENTENCES[boundOf(name, values)] ?? REVERT_SENTENCES[name];
  const listed = Object.entries(texts).map(([key, value]) => `${key} = ${quoted(value)}`);
  const text = template === undefined ? `(${listed.join(", ")})` : fillIn(template, inputs, values, usdcDecimals);
  return { name, values: texts, sentence: `${name}: ${text}.` };
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

/** Which value is out of bounds, if that is the error; otherwise an empty name. */
const boundOf = (name: string, values: readonly unknown[]): string =>
  name === "Bounds_OutOfRange" ? textOfBytes32(String(values[0])) : "";

/** Puts the values of an error into its sentence. */
function fillIn(
  template: string,
  inputs: readonly ParamType[],
  values: readonly unknown[],
  usdcDecimals: number | undefined,
): string {
  return template.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, unit?: string) => {
    const value = values[inputs.findIndex((input) => input.name === name)];
    if (unit === "name") return plain(textOfBytes32(String(value)));
    const format = unit === undefined ? undefined : UNITS[unit];
    return format === undefined ? quoted(String(value)) : format(BigInt(String(value)), usdcDecimals);
  });
}
