/**
 * What a contract has told, by any library: viem gives whole numbers of up to 48 bits as numbers, ethers and the SDK all of
 * them as bigint.
 */
export type Told<Value> = Value extends bigint
  ? bigint | number
  : Value extends string | boolean | undefined
    ? Value
    : { readonly [Key in keyof Value]: Told<Value[Key]> };

/** The same with every whole number as bigint. */
export function bigintsIn<Value>(told: Told<Value>): Value {
  return converted(told) as Value;
}

function converted(value: unknown): unknown {
  if (typeof value === "number") return BigInt(value);
  if (Array.isArray(value)) return value.map(converted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, converted(part)]));
}
