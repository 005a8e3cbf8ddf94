import { keccakOfText } from "../../../../sdk/src/codec/hash.ts";
import { meterDomain } from "../../../../sdk/src/signing/domains.ts";
import type { MeterPlace } from "../../../../sdk/src/signing/domains.ts";
import { writeHex } from "../../../../sdk/src/signing/structs.ts";
import { domainSeparator } from "../../../../sdk/src/signing/typedData.ts";
import { VOUCHER_FIELDS } from "../../../../sdk/src/signing/voucher.ts";
import type { UsageRow } from "../../../../sdk/src/usage/row.ts";

/** The bytes of one encoded field. */
const WORD = 32;

/** A series as bytes: user, key, and the model as a number of 64 bits, its lowest byte first. */
export const SERIES_BYTES = 48;

/**
 * Makes a function that gives the hash of vouchers as `voucherHasher` of the SDK does, but of bytes and into bytes: no text is
 * made on the way, which takes as long as the hashes themselves.
 * @param keccak Its answer is used until it is asked again.
 */
export function voucherDigester(
  where: MeterPlace,
  keccak: (bytes: Uint8Array) => Uint8Array,
): (series: Uint8Array, sums: UsageRow) => Uint8Array {
  const type = `UsageVoucher(${VOUCHER_FIELDS.map(({ name, type: its }) => `${its} ${name}`).join(",")})`;
  const [struct, signed] = [new Uint8Array(WORD * (VOUCHER_FIELDS.length + 1)), new Uint8Array(2 + 2 * WORD)];
  writeHex(struct, WORD, keccakOfText(type));
  signed.set([0x19, 0x01]);
  writeHex(signed, 2 + WORD, domainSeparator(meterDomain(where)));
  const view = new DataView(struct.buffer);
  /** A number of at most 128 bits at the end of a word. */
  const write = (end: number, value: bigint) => {
    view.setBigUint64(end - 16, value >> 64n);
    view.setBigUint64(end - 8, BigInt.asUintN(64, value));
  };
  return (series, { units, list, paid }) => {
    struct.set(series.subarray(0, 20), 2 * WORD - 20);
    struct.set(series.subarray(20, 40), 3 * WORD - 20);
    for (let byte = 0; byte < 8; ++byte) struct[4 * WORD - 1 - byte] = series[40 + byte]!; // within
    view.setBigUint64(5 * WORD - 8, units);
    write(6 * WORD, list);
    write(7 * WORD, paid);
    signed.set(keccak(struct), 2 + WORD);
    return keccak(signed);
  };
}
