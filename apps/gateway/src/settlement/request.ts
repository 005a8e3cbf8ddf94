import { z } from "zod";

/** What is asked of a run: the process that starts it writes it to its input, as one JSON document. */
export const requestSchema = z.strictObject({
  /** Where the vouchers have to be good. */
  meter: z.strictObject({
    chainId: z.int().nonnegative(),
    meter: z.string().regex(/^0x[0-9a-fA-F]{40}$/),
    usdcDecimals: z.int().min(0).max(18),
  }),
  /** Files, or patterns of files: `.jsonl`, `.ndjson`, `.json`, `.csv` or `.parquet`. */
  logs: z.array(z.string()),
  /** The gateway's store: `postgres://…`, or the address of the gateway. */
  store: z.string().nullable(),
  /** Days (UTC) of which the store is to say what was used; null if vouchers are to be reduced. */
  usageDays: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).nullable().default(null),
  /** A folder of the run's own: for what it writes, and for what does not fit into memory. */
  folder: z.string(),
  /** Memory of the database [MB]. */
  memory: z.int().min(64).default(700),
  /** How signatures are looked at; the fastest way if null. */
  curve: z.enum(["native", "javascript"]).nullable().default(null),
});

/** What is asked of a run. */
export type Request = z.infer<typeof requestSchema>;

/** Where vouchers have to be good. */
export type Meter = Request["meter"];
