import { Result } from "ethers";
import type { ParamType } from "ethers";

import { FomoError } from "../errors/fomoError.ts";
import { typedText } from "../text/plainText.ts";
import type { Hex } from "./hex.ts";
import { LenientInterface } from "./lenient.ts";

/** What of a contract is known: its functions, events and errors, as JSON has them. */
export type Abi = readonly object[];

/** What `interfaceOf` has answered: reading an ABI takes longer than using it. */
const interfaces = /* @__PURE__ */ new WeakMap<Abi, LenientInterface>();

/** An ABI, read once. */
export function interfaceOf(abi: Abi): LenientInterface {
  const known = interfaces.get(abi);
  if (known !== undefined) return known;
  const read = new LenientInterface(abi);
  interfaces.set(abi, read);
  return read;
}

/** The data of a call. */
export const encodeCall = (abi: Abi, functionName: string, args: readonly unknown[]): Hex =>
  interfaceOf(abi).encodeFunctionData(functionName, args) as Hex;

/** What a call has returned: one value as it is, several as a list, structs as objects. Text that is broken is decoded. */
export function decodeReturned(abi: Abi, functionName: string, data: string): unknown {
  const read = interfaceOf(abi);
  const { outputs } = read.getFunction(functionName)!; // the types of who calls this allow no other
  const values = read.decodeFunctionResult(functionName, data);
  if (outputs.length === 0) return undefined;
  return outputs.length === 1 ? plainValue(outputs[0]!, values[0]) : listOf(outputs, values);
}

/** An event with its values, or undefined if the contract has no such event, or its data is cut off. */
export function decodeEvent(
  abi: Abi,
  log: { topics: readonly string[]; data: string },
): { name: string; args: Record<string, unknown> } | undefined {
  try {
    const found = interfaceOf(abi).parseLog(log);
    return found === null ? undefined : { name: found.name, args: objectOf(found.fragment.inputs, found.args) };
  } catch {
    return undefined;
  }
}

/**
 * The topics by which a node finds an event.
 * @param values What is searched for, by name: one value, or a list of which it must be one.
 * @throws FomoError `badValue` if a value is not indexed, cannot be one, or is an empty list.
 */
export function encodeTopics(
  abi: Abi,
  eventName: string,
  values: Readonly<Record<string, unknown>>,
): (Hex | Hex[] | null)[] {
  const read = interfaceOf(abi);
  const { topicHash, inputs } = read.getEvent(eventName)!; // the types of who calls this allow no other
  const indexed = inputs.filter((input) => input.indexed);
  const unknown = Object.keys(values).find((name) => indexed.every((input) => input.name !== name));
  if (unknown !== undefined) {
    const known = indexed.map(({ name }) => name).join(", ") || "nothing";
    throw new FomoError(
      "badValue",
      `${eventName} cannot be searched for by ${typedText(unknown)}: search by ${known}, and look at the rest of what is found.`,
    );
  }
  const topicOf = (type: ParamType, value: unknown): Hex => {
    try {
      return read.getAbiCoder().encode([type], [value]) as Hex;
    } catch {
      throw new FomoError(
        "badValue",
        `${eventName} has no ${type.name} "${typedText(String(value))}": search for another.`,
      );
    }
  };
  const topics = indexed.map((type) => {
    const value = values[type.name];
    if (value === undefined) return null;
    if (!Array.isArray(value)) return topicOf(type, value);
    if (value.length > 0) return value.map((one) => topicOf(type, one));
    throw new FomoError(
      "badValue",
      `${eventName} is searched for by no ${type.name} at all: leave it out to find all.`,
    );
  });
  while (topics.at(-1) === null) topics.pop();
  return [topicHash as Hex, ...topics];
}

/** A named error with the types and values of what it carries; undefined if it is none of these, or its data is cut off. */
export function decodeNamedError(
  abi: Abi,
  data: string,
): { name: string; inputs: readonly ParamType[]; values: readonly unknown[] } | undefined {
  try {
    const found = interfaceOf(abi).parseError(data);
    if (found === null) return undefined;
    const { name, inputs } = found.fragment;
    return { name, inputs, values: listOf(inputs, found.args) };
  } catch {
    return undefined;
  }
}

/** A value in the form that the SDK gives it: whole numbers as bigint, structs as objects, lists as lists. */
function plainValue(type: ParamType, value: unknown): unknown {
  if (type.isArray()) return (value as Result).toArray().map((one) => plainValue(type.arrayChildren, one));
  if (type.isTuple()) return objectOf(type.components, value as Result);
  return value;
}

const listOf = (types: readonly ParamType[], values: Result): unknown[] =>
  types.map((type, index) => plainValue(type, values[index]));

const objectOf = (types: readonly ParamType[], values: Result): Record<string, unknown> =>
  Object.fromEntries(
    types.map((type, index) => [
      type.name === "" ? `arg${index.toString()}` : type.name,
      plainValue(type, values[index]),
    ]),
  );
