import { Interface } from "ethers";
import type { EventFragment, FunctionFragment, JsonFragment, ParamType } from "ethers";

/** How a whole number stands in a type: as viem's types of an argument have it, as both libraries take it, or as a bigint. */
type Numbers = "viem" | "either" | "bigint";

/** The largest type of which viem makes a number [bits]. */
const NUMBER_BITS = 48;

/** Writes the types of what the contracts take, answer and emit. */
export function sdkTypes(abis: Record<string, JsonFragment[]>): string {
  const parts = Object.entries(abis).map(([name, abi]) => [name, typesOf(abi)] as const);
  const group = (what: "reads" | "writes" | "events", doc: string) =>
    [
      `/** ${doc} */`,
      `export interface ${capital(what)} {`,
      ...parts.map(([name, types]) => `  ${name}: {${types[what].map((line) => `\n    ${line}`).join("")}\n  };`),
      "}",
    ].join("\n");
  return [
    'import type { Address, Hex } from "../codec/hex.ts";',
    "",
    group("reads", "What each view function of a contract takes, as viem's types have it, and what it answers."),
    "",
    group("writes", "What each function of a contract takes that changes something."),
    "",
    group("events", "The values of each event of a contract."),
    "",
  ].join("\n");
}

function typesOf(abi: JsonFragment[]) {
  const { fragments } = new Interface(abi);
  const functions = fragments.filter((one): one is FunctionFragment => one.type === "function");
  const events = fragments.filter((one): one is EventFragment => one.type === "event");
  const isRead = ({ stateMutability }: FunctionFragment) => stateMutability === "view" || stateMutability === "pure";
  // Of two functions with one name each is called by its signature.
  const keyOf = (one: FunctionFragment) =>
    functions.filter(({ name }) => name === one.name).length === 1 ? one.name : JSON.stringify(one.format("sighash"));
  return {
    reads: functions
      .filter(isRead)
      .map((one) => `${keyOf(one)}: { args: ${tupleOf(one.inputs, "viem")}; result: ${resultOf(one.outputs)} };`),
    writes: functions.filter((one) => !isRead(one)).map((one) => `${keyOf(one)}: ${tupleOf(one.inputs, "either")};`),
    events: events.map((one) => `${one.name}: ${objectOf(one.inputs, "bigint")};`),
  };
}

function resultOf(outputs: readonly ParamType[]): string {
  if (outputs.length === 0) return "undefined";
  return outputs.length === 1 ? typeOf(outputs[0]!, "bigint") : tupleOf(outputs, "bigint");
}

/** Arguments in their order, each with its name. */
const tupleOf = (inputs: readonly ParamType[], numbers: Numbers): string =>
  `readonly [${inputs.map((input, index) => `${nameOf(input, index)}: ${typeOf(input, numbers)}`).join(", ")}]`;

const objectOf = (inputs: readonly ParamType[], numbers: Numbers): string =>
  `{ ${inputs.map((input, index) => `${nameOf(input, index)}: ${typeOf(input, numbers)}`).join("; ")} }`;

/** What a value is called; some of OpenZeppelin's have no name. */
const nameOf = ({ name }: ParamType, index: number) => (name === "" ? `arg${index.toString()}` : name);

function typeOf(type: ParamType, numbers: Numbers): string {
  if (type.isArray()) {
    const child = typeOf(type.arrayChildren, numbers);
    if (type.arrayLength === -1) return `readonly (${child})[]`;
    return `readonly [${Array.from({ length: type.arrayLength }, () => child).join(", ")}]`;
  }
  if (type.isTuple()) return objectOf(type.components, numbers);
  const bits = /^u?int(\d+)$/.exec(type.type)?.[1];
  if (bits !== undefined) {
    if (numbers === "bigint" || Number(bits) > NUMBER_BITS) return "bigint";
    return numbers === "viem" ? "number" : "bigint | number";
  }
  if (type.type === "address") return "Address";
  if (type.type === "bool") return "boolean";
  if (type.type === "string") return "string";
  return "Hex";
}

const capital = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}`;
