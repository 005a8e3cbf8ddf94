import { z } from "zod";

import type { Session } from "../chain/session.ts";
import { readJson5 } from "../command/textFile.ts";
import { sumsOf, usageShape } from "./usageShape.ts";
import type { Sums } from "./voucher.ts";

const fileSchema = z.array(z.strictObject(usageShape), { error: "must be a list of card rows" }).min(1, "has no row");

/** A file of card rows that has been read and checked. */
export type CardFile = z.infer<typeof fileSchema>;

/** Usage that was paid by card, as the meter takes it. Not cumulative. */
export type CardRow = Sums & { modelId: bigint };

/** Reads a file of card rows. */
export const readCardFile = (path: string): CardFile => readJson5("card file", path, fileSchema);

/** The card rows of a file. */
export const cardsIn = ({ usdcDecimals }: Session, file: CardFile): CardRow[] =>
  file.map((entry) => ({ modelId: BigInt(entry.modelId), ...sumsOf(entry, usdcDecimals) }));
