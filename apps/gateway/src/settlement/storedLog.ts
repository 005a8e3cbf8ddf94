import { once } from "node:events";
import { createWriteStream, statSync } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";

import { OperatorError } from "../config/operatorError.ts";
import type { JsonLog } from "./reduce.ts";
import type { Meter } from "./request.ts";
import type { Store } from "./store.ts";

/**
 * Writes what a store has into a file, as a log has it.
 * @throws OperatorError if the store is for another chain or meter.
 */
export async function storedLog(store: Store, meter: Meter, folder: string): Promise<JsonLog> {
  await requirePlace(store, meter);
  const path = join(folder, "store.jsonl");
  const file = createWriteStream(path);
  const place = { chainId: meter.chainId, meter: meter.meter };
  for await (const { openedAt, ...voucher } of store.vouchers()) {
    const row = { ...place, ...voucher, ...(openedAt === null ? {} : { openedAt }) };
    if (!file.write(`${JSON.stringify(row)}\n`)) await once(file, "drain");
  }
  file.end();
  await finished(file);
  return { path, name: "the store", size: statSync(path).size };
}

/** @throws OperatorError if the store is for another chain or meter. */
export async function requirePlace(store: Store, { chainId, meter, usdcDecimals }: Meter): Promise<void> {
  const its = await store.place();
  if (its.chainId === chainId && its.meter.toLowerCase() === meter.toLowerCase() && its.usdcDecimals === usdcDecimals) {
    return;
  }
  throw new OperatorError(
    `The store is for the meter ${its.meter} of chain ${its.chainId.toString()}, and this is ${meter} of chain ${chainId.toString()}: name the store of this network.`,
  );
}
