import { isAddress } from "ethers";

import { addressOf } from "../codec/address.ts";
import { flaw, mistakeOf } from "./flaw.ts";
import type { Flaw } from "./flaw.ts";
import type { TypedDataField } from "./structs.ts";

const ADDRESS = /^0x[0-9a-f]{40}$/i;
/** Digits of an address in one case: it has no checksum, and so not that of another one. */
const WITHOUT_CHECKSUM = /^0x(?:[0-9a-f]*|[0-9A-F]*)$/;
const BYTES32 = /^0x[0-9a-f]{64}$/i;

/** The largest number that a type such as `uint96` holds. */
const largestOf = (type: string) => (1n << BigInt(type.slice("uint".length))) - 1n;

/** What is wrong with a value; undefined if its type holds it. Whether an address has its checksum is not asked. */
function typeFlaw({ name, type }: TypedDataField, value: unknown): Flaw | undefined {
  switch (type) {
    case "address":
      if (typeof value === "string" && ADDRESS.test(value)) return undefined;
      return flaw("badAddress", `\`${name}\` must be an address: 0x and 40 hexadecimal digits.`);
    case "bytes32":
      if (typeof value === "string" && BYTES32.test(value)) return undefined;
      return flaw("badValue", `\`${name}\` must be 32 bytes: 0x and 64 hexadecimal digits.`);
    default:
      if (typeof value === "bigint" && value >= 0n && value <= largestOf(type)) return undefined;
      return flaw("badValue", `\`${name}\` must be a bigint from 0 to ${largestOf(type).toString()}.`);
  }
}

/** The first value that its type does not hold; undefined if all are good. */
export function typesFlaw(fields: readonly TypedDataField[], values: unknown): Flaw | undefined {
  if (typeof values !== "object" || values === null) {
    const names = fields.map(({ name }) => `\`${name}\``).join(", ");
    return flaw("badValue", `It must be an object with ${names}.`);
  }
  for (const field of fields) {
    const found = typeFlaw(field, (values as Record<string, unknown>)[field.name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same, and no address may have the checksum of another one. */
export function valuesFlaw(fields: readonly TypedDataField[], values: unknown): Flaw | undefined {
  const found = typesFlaw(fields, values);
  if (found !== undefined) return found;
  const texts = values as Record<string, string>;
  const wrong = fields.find(
    ({ name, type }) => type === "address" && !WITHOUT_CHECKSUM.test(texts[name]!) && !isAddress(texts[name]),
  );
  return wrong === undefined
    ? undefined
    : flaw("badAddress", `\`${wrong.name}\` must be an address with a valid checksum, or without one.`);
}

/**
 * Values for a wallet to sign: those of the fields alone, addresses with their checksums.
 * @throws FomoError `badAddress`, `badValue`
 */
export function messageOf(fields: readonly TypedDataField[], values: object): Record<string, string | bigint> {
  const found = valuesFlaw(fields, values);
  if (found !== undefined) throw mistakeOf(found);
  const good = values as Record<string, string | bigint>;
  return Object.fromEntries(
    fields.map(({ name, type }) => {
      const value = good[name]!; // no flaw was found
      return [name, type === "address" ? addressOf(value.toString()) : value];
    }),
  );
}
