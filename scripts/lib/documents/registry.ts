import { z } from "zod";

import { address, bytes32, modelId, orNull, timeOrNull, transactions } from "./vocabulary.ts";

/** `fomo endpoint`; the API id is empty and the time null until the model is served. */
export const endpoint = z.strictObject({ modelId, apiId: z.string(), ...timeOrNull("liveAt"), transactions });

/** `fomo seat` */
export const seat = z.strictObject({
  seat: bytes32,
  name: z.string(),
  holder: orNull(address),
  offeredTo: orNull(address),
  transactions,
});
