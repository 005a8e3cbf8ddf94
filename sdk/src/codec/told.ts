/**
 * What a contract has told, by any library: viem gives whole numbers of up to 48 bits as numbers, ethers structs as lists
 * whose values have names, and the SDK all numbers as bigint and structs as objects.
 */
export type Told<Value> = Value extends bigint
  ? bigint | number
  : Value extends string | boolean | undefined
    ? Value
    : { readonly [Key in keyof Value]: Told<Value[Key]> };

/** The same in the form of the SDK. */
export function bigintsIn<Value>(told: Told<Value>): Value {
  return converted(told) as Value;
}

function converted(value: unknown): unknown {
  if (typeof value === "number") return BigInt(value);
  if (typeof value !== "object" || value === null) return value;
  const struct = Array.isArray(value) ? structOf(value) : value;
  if (struct === undefined) return (value as unknown[]).map(converted);
  return Object.fromEntries(Object.entries(struct).map(([key, part]) => [key, converted(part)]));
}

/** A struct that is a `Result` of ethers, whichever copy of ethers made it; undefined if the list is no struct. */
function structOf(list: unknown[] & { toObject?: () => object }): object | undefined {
  if (list.length === 0 || typeof list.toObject !== "function") return undefined;
  try {
    return list.toObject();
  } catch {
    return undefined; // its values have no names
  }
}
