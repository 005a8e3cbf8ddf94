import { textOfBytes32 } from "../codec/lenient.ts";
import { fillIn } from "../text/template.ts";
import type { NamedValues } from "../text/template.ts";
import type { ProtocolEvent } from "./event.ts";
import { EVENT_SENTENCES } from "./sentences.ts";

/**
 * Says in one sentence what an event reports, with the values in their units. Names that a chain brought stand in it with
 * escapes for what a terminal would obey or nobody would see.
 * @param usdcDecimals Decimals of the network's USDC, as a `Deployment` has them; its amounts are shown in their smallest
 * units if they are not known.
 */
export function describeEvent(
  { contract, name, args }: Pick<ProtocolEvent, "contract" | "name" | "args">,
  { usdcDecimals }: { usdcDecimals?: number | undefined } = {},
): string {
  const sentences: Readonly<Record<string, string>> = EVENT_SENTENCES[contract];
  const values = args as NamedValues;
  const sentence = fillIn(sentences[name]!, values, { usdcDecimals, nameIn: (value) => textOfBytes32(String(value)) });
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
