import { closeSync, openSync, readSync } from "node:fs";

import { z } from "zod";

import type { Address, Hex } from "../../../sdk/src/codec/hex.ts";
import type { Voucher } from "../../../sdk/src/signing/voucher.ts";

/** Bytes that are read at once. */
const CHUNK = 1 << 20;
const NEWLINE = 10;

/** A line of the file that the app writes. */
const lineSchema = z
  .strictObject({
    user: z.custom<Address>(),
    key: z.custom<Address>(),
    modelId: z.int(),
    units: z.coerce.bigint(),
    list: z.coerce.bigint(),
    paid: z.coerce.bigint(),
    r: z.custom<Hex>(),
    vs: z.custom<Hex>(),
    open: z.string(),
    openedAt: z.iso.datetime().nullable(),
  })
  .transform(({ user, key, modelId, units, list, paid, r, vs, openedAt }) => ({
    voucher: { user, key, modelId: BigInt(modelId), units, list, paid, r, vs } satisfies Voucher,
    openedAt: openedAt === null ? undefined : BigInt(Math.floor(Date.parse(openedAt) / 1_000)),
  }));

/** A voucher of a file, and where it stands there. */
export interface FiledVoucher {
  voucher: Voucher;
  /** Since when it waits [s]; undefined if nobody knows. */
  openedAt: bigint | undefined;
  offset: number;
  length: number;
}

/** A file of reduced vouchers: a million of them are not kept in memory. */
export class ReducedFile {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, "r");
  }

  /** All vouchers in their order. */
  *vouchers(): Generator<FiledVoucher> {
    let [at, rest] = [0, Buffer.alloc(0)];
    for (;;) {
      const chunk = Buffer.alloc(CHUNK);
      const read = readSync(this.#file, chunk, 0, CHUNK, at);
      if (read === 0) return; // the app ends every line
      const base = at - rest.length;
      at += read;
      const text = Buffer.concat([rest, chunk.subarray(0, read)]);
      let start = 0;
      for (let end = text.indexOf(NEWLINE); end >= 0; end = text.indexOf(NEWLINE, start)) {
        yield { ...readLine(text.toString("utf8", start, end)), offset: base + start, length: end - start };
        start = end + 1;
      }
      rest = text.subarray(start);
    }
  }

  /** The voucher at a place. */
  at({ offset, length }: Pick<FiledVoucher, "offset" | "length">): Voucher {
    const line = Buffer.alloc(length);
    readSync(this.#file, line, 0, length, offset);
    return readLine(line.toString()).voucher;
  }

  close(): void {
    closeSync(this.#file);
  }
}

const readLine = (text: string) => lineSchema.parse(JSON.parse(text));
