import { z } from "zod";

import { address, bytes32, transactions, usdc } from "./vocabulary.ts";

const credit = { seat: bytes32, name: z.string(), holder: address, ...usdc("credit") };

/** `fomo credits`: of all seats, of the one that was named, or with `--claim` what was claimed of it. */
export const credits = z.union([
  z.strictObject({ credits: z.array(z.strictObject(credit)) }),
  z.strictObject(credit),
  z.strictObject({ ...credit, to: address, ...usdc("claimed"), transactions }),
]);
