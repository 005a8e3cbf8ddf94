import { addressOf } from "../../codec/address.ts";
import type { Address } from "../../codec/hex.ts";
import { FomoError } from "../../errors/fomoError.ts";
import type { MeterPlace } from "../../signing/domains.ts";
import { plain } from "../../text/plainText.ts";
import { TOKEN_KINDS } from "../cost.ts";
import type { TokenCounts, TokenPrices } from "../cost.ts";
import type { ModelDocument, TermsDocument } from "../wire.ts";
import { jsonOf } from "./evidence.ts";
import type { Link } from "./link.ts";
import type { MemoryEntry } from "./memory.ts";
import { refusedError } from "./refusals.ts";
import type { Settings } from "./settings.ts";

/** A model as the client knows it. */
export interface KnownModel {
  model: string;
  modelId: number;
  prices: TokenPrices;
}

/** What a gateway has said of itself, read and checked. */
export interface Terms {
  document: TermsDocument;
  gateway: Address;
  where: MeterPlace;
  usdcDecimals: number;
  models: KnownModel[];
}

/**
 * Asks a gateway for its terms.
 * @throws FomoError `noAnswer`, `gatewayRefuses`, `badValue` if they are not those that the settings expect.
 */
export async function readTerms(link: Link, settings: Settings): Promise<Terms> {
  const { status, body } = await link.open("GET", "/v1/terms");
  const terms = termsIn(jsonOf(body));
  if (status !== 200 || terms === undefined) throw refusedError("states no terms", status, body);
  const { gateway, where } = terms;
  differs("signs receipts as", gateway, settings.gateway);
  differs("works for chain", where.chainId.toString(), settings.deployment?.chainId.toString());
  differs("works for the meter", where.addresses.meter, settings.deployment?.addresses.meter);
  return terms;
}

/** Compares what a gateway says of itself with what was expected of it. */
export function differs(what: string, theirs: string, expected: string | undefined): void {
  if (expected === undefined || expected.toLowerCase() === theirs.toLowerCase()) return;
  throw new FomoError(
    "badValue",
    `The gateway ${what} ${theirs}, and not ${expected}: name the right one, or find out why it has changed.`,
  );
}

function termsIn(value: unknown): Terms | undefined {
  try {
    const document = value as TermsDocument;
    const { gateway, chainId, meter, usdcDecimals, models } = document;
    if (!Number.isSafeInteger(chainId) || !Number.isSafeInteger(usdcDecimals)) return undefined;
    return {
      ...{ document, gateway: addressOf(gateway), usdcDecimals },
      where: { chainId, addresses: { meter: addressOf(meter) } },
      models: models.map(modelIn),
    };
  } catch {
    return undefined; // a value of another kind
  }
}

function modelIn({ id, modelId, list, weightBps, minimumPrice }: ModelDocument): KnownModel {
  return { model: plain(id), modelId, prices: pricesIn({ list, weightBps, minimumPrice }) };
}

const byKind = (values: Record<keyof TokenCounts, string | number>): Record<keyof TokenCounts, bigint> => ({
  input: BigInt(values.input),
  cached: BigInt(values.cached),
  output: BigInt(values.output),
});

/** Prices of JSON. */
export const pricesIn = (prices: Pick<ModelDocument, "list" | "weightBps" | "minimumPrice">): TokenPrices => ({
  list: byKind(prices.list),
  weightBps: byKind(prices.weightBps),
  minimumPrice: BigInt(prices.minimumPrice),
});

/** A model's prices, to be remembered. */
export function pricesEntry({ model, modelId, prices }: KnownModel): MemoryEntry {
  const { list, weightBps, minimumPrice } = prices;
  const each = <Value>(valueOf: (kind: keyof TokenCounts) => Value) => ({
    ...{ input: valueOf("input"), cached: valueOf("cached"), output: valueOf("output") },
  });
  return {
    ...{ kind: "prices", model, modelId, list: each((kind) => list[kind].toString()) },
    weightBps: each((kind) => Number(weightBps[kind])),
    minimumPrice: minimumPrice.toString(),
  };
}

/**
 * The prices that are paid at most: the user's own where it has named some.
 * @throws FomoError `badValue` if the gateway asks for more than those.
 */
export function acceptedPrices({ model, prices }: KnownModel, maxPrices: Settings["maxPrices"]): TokenPrices {
  const most = Object.hasOwn(maxPrices, model) ? maxPrices[model] : undefined;
  if (most === undefined) return prices;
  const dear = TOKEN_KINDS.find((kind) => prices.list[kind] > most[kind]);
  if (dear === undefined) return { ...prices, list: most };
  throw new FomoError(
    "badValue",
    `The gateway asks ${prices.list[dear].toString()} USDC units for a million ${dear} tokens of ${model}, and \`maxPrices\` allows ${most[dear].toString()}.`,
  );
}
