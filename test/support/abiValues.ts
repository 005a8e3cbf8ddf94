import { getAddress, toBeHex, zeroPadValue } from "ethers";
import type { ParamType } from "ethers";

import type { Random } from "./random.ts";

/** A random value of any type of an ABI, in the form in which the SDK answers it. */
export function valueOf(type: ParamType, random: Random): unknown {
  if (type.isArray()) {
    const length = type.arrayLength === -1 ? Number(random.uniform(0n, 3n)) : type.arrayLength;
    return Array.from({ length }, () => valueOf(type.arrayChildren, random));
  }
  if (type.isTuple()) return Object.fromEntries(type.components.map((one) => [one.name, valueOf(one, random)]));
  const [, sign, bits] = /^(u?)int(\d+)$/.exec(type.type) ?? [];
  if (bits !== undefined) {
    const largest = 2n ** BigInt(bits) - 1n;
    return sign === "u" ? random.uniform(0n, largest) : random.uniform(0n, largest) - largest / 2n;
  }
  const bytes = (count: number) => zeroPadValue(toBeHex(random.uniform(0n, 2n ** BigInt(8 * count) - 1n)), count);
  switch (type.type) {
    case "address":
      return getAddress(bytes(20));
    case "bool":
      return random.uniform(0n, 1n) === 1n;
    case "string":
      return `text ${bytes(4)} \u00e9`;
    case "bytes":
      return bytes(Number(random.uniform(1n, 70n)));
    default:
      return bytes(Number(/^bytes(\d+)$/.exec(type.type)![1]));
  }
}
