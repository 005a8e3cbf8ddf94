import { z } from "zod";

import { address, amount, flock, modelId, mt, transactions } from "./vocabulary.ts";

const released = { modelId, to: address, transactions };

/** `fomo release`: MT, FLOCK, or liquidity tokens of the pool's pair. */
export const release = z.discriminatedUnion("share", [
  z.strictObject({ ...released, share: z.enum(["issuer", "treasury"]), ...mt("released") }),
  z.strictObject({ ...released, share: z.literal("protocol"), ...flock("released") }),
  z.strictObject({ ...released, share: z.literal("liquidity"), pair: address, ...amount("released", "Liquidity") }),
]);
