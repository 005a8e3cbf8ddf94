import { ErrorFragment, Interface } from "ethers";
import type { ErrorDescription, Result } from "ethers";

import * as bindings from "../../../typechain-types/bindings.ts";
import { show, showDuration, showFlock, showMt, showPrice, showTime, showUsdc } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { plain, quoted } from "../command/plainText.ts";
import { LenientInterface, textOfBytes32 } from "./lenient.ts";
import { OUTCOMES, SHARES, WAITS, WAIT_WORDS, nameOf } from "./names.ts";
import { BOUND_SENTENCES, REVERT_SENTENCES } from "./revertSentences.ts";
import { describeSeat } from "./seats.ts";

/** A revert of a contract, decoded. */
export interface Revert {
  /** The error's name, such as `Offering_SaleClosed`. */
  name: string;
  /** Its values as text, by name. */
  values: Record<string, string>;
  /** One sentence that contains both. */
  sentence: string;
}

let errors: Interface | undefined;

/**
 * All named errors of the project's contracts and of what they use, once each. They are gathered when the first revert is
 * decoded: that takes longer than many a command.
 */
export function projectErrors(): Interface {
  errors ??= new LenientInterface(
    Object.values(bindings)
      .flatMap(({ abi }) => abi.filter(({ type }) => type === "error"))
      .map((error) => ErrorFragment.from(error).format("full"))
      .filter((signature, index, all) => all.indexOf(signature) === index),
  );
  return errors;
}

/** How the values of an error are shown; the sentences name these units. Decimals that are not known show raw units. */
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

/** Finds the data of a revert in whatever a provider or a library threw. */
export function revertDataOf(error: unknown, depth = 0): string | undefined {
  if (typeof error === "string") return /^0x(?:[0-9a-f]{2}){4,}$/i.test(error) ? error : undefined;
  if (typeof error !== "object" || error === null || depth > 5) return undefined;
  for (const key of ["data", "error", "info", "cause"] as const) {
    const found = key in error ? revertDataOf((error as Record<string, unknown>)[key], depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Decodes the data of a revert; undefined if it is no error that these contracts know.
 * @param usdcDecimals Decimals of the network's USDC; undefined if they are not known.
 */
export function decodeRevert(data: string, usdcDecimals: number | undefined): Revert | undefined {
  const parsed = parseError(data);
  if (parsed === null) return undefined;
  const { fragment, args } = parsed;
  if (fragment.name === "Error" || fragment.name === "Panic") {
    const reason = String(args[0]);
    const sentence = fragment.name === "Error" ? quoted(reason) : `the contract's arithmetic failed (panic ${reason})`;
    return { name: fragment.name, values: { reason }, sentence: `The chain refuses this: ${sentence}.` };
  }
  const values = Object.fromEntries(fragment.inputs.map((input, index) => [input.name, String(args[index])]));
  const template = BOUND_SENTENCES[boundOf(fragment, args)] ?? REVERT_SENTENCES[fragment.name];
  const listed = Object.entries(values).map(([name, value]) => `${name} = ${quoted(value)}`);
  const text = template === undefined ? `(${listed.join(", ")})` : fillIn(template, fragment, args, usdcDecimals);
  return { name: fragment.name, values, sentence: `${fragment.name}: ${text}.` };
}

/** An error of the project's; null if it is none, or its values are cut off: any contract can revert with any bytes. */
function parseError(data: string): ErrorDescription | null {
  try {
    return projectErrors().parseError(data);
  } catch {
    return null;
  }
}

/** The contract's refusal as an error for the user, if that is what was thrown. */
export function asRevert(error: unknown, usdcDecimals: number | undefined): CommandError | undefined {
  const data = revertDataOf(error);
  const revert = data === undefined ? undefined : decodeRevert(data, usdcDecimals);
  if (revert === undefined) return undefined;
  return new CommandError(revert.sentence, { name: revert.name, values: revert.values });
}

/** Which value is out of bounds, if that is the error; otherwise an empty name. */
function boundOf(fragment: ErrorFragment, args: Result): string {
  return fragment.name === "Bounds_OutOfRange" ? textOfBytes32(String(args[0])) : "";
}

/** Puts the values of an error into its sentence. */
function fillIn(template: string, fragment: ErrorFragment, args: Result, usdcDecimals: number | undefined): string {
  return template.replace(/\{(\w+)(?::(\w+))?\}/g, (_, name: string, unit?: string) => {
    const value: unknown = args[fragment.inputs.findIndex((input) => input.name === name)];
    if (unit === "name") return plain(textOfBytes32(String(value)));
    const format = unit === undefined ? undefined : UNITS[unit];
    return format === undefined ? quoted(String(value)) : format(BigInt(String(value)), usdcDecimals);
  });
}
