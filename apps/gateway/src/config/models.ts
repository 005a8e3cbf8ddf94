import { costOf, pricesProblem, TOKEN_KINDS } from "../../../../sdk/src/gateway/cost.ts";
import type { TokenCounts, TokenPrices } from "../../../../sdk/src/gateway/cost.ts";
import type { ModelDocument } from "../../../../sdk/src/gateway/wire.ts";
import { unitsOfDecimal } from "../../../../sdk/src/units/numbers.ts";
import { OperatorError } from "./operatorError.ts";
import type { ModelConfig } from "./schema.ts";

/** A model that is served, with what the chain says of it. */
export interface ServedModel {
  config: ModelConfig;
  modelId: bigint;
  prices: TokenPrices;
  /** What one request can cost at most, without a discount [USDC units]. */
  most: bigint;
}

/**
 * A model of the file with its price floor.
 * @throws OperatorError if a kind of token is sold below the floor.
 */
export function servedModel(config: ModelConfig, minimumPrice: bigint, usdcDecimals: number): ServedModel {
  const { id, modelId, contextTokens, maxOutputTokens } = config;
  const { input, cached, output } = config.listUsdcPerMillionTokens;
  const usdc = (text: string) => {
    if ((text.split(".")[1] ?? "").length > usdcDecimals) {
      throw new OperatorError(
        `The model ${id} has a price of ${text} USDC: write at most ${usdcDecimals.toString()} decimals.`,
      );
    }
    return unitsOfDecimal(text, usdcDecimals);
  };
  const prices: TokenPrices = {
    list: { input: usdc(input), cached: usdc(cached), output: usdc(output) },
    weightBps: config.unitsPerToken,
    minimumPrice,
  };
  const problem = pricesProblem(`The model ${id}`, prices);
  if (problem !== undefined) throw new OperatorError(problem);
  const most = costOf({ input: contextTokens, cached: 0, output: maxOutputTokens }, prices, 0n).list;
  const cachedMost = costOf({ input: 0, cached: contextTokens, output: maxOutputTokens }, prices, 0n).list;
  return { config, modelId: BigInt(modelId), prices, most: most > cachedMost ? most : cachedMost };
}

/** A model as the terms tell it. */
export function modelDocument({ config, prices }: ServedModel): ModelDocument {
  const kinds = <Value>(of: (kind: keyof TokenCounts) => Value) =>
    Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, of(kind)])) as Record<keyof TokenCounts, Value>;
  return {
    ...{ id: config.id, modelId: config.modelId },
    list: kinds((kind) => prices.list[kind].toString()),
    weightBps: kinds((kind) => Number(prices.weightBps[kind])),
    minimumPrice: prices.minimumPrice.toString(),
    ...{ contextTokens: config.contextTokens, maxOutputTokens: config.maxOutputTokens },
  };
}
