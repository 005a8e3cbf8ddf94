import type { Provider } from "ethers";

import { LOCAL } from "../../../../deploy/config/parameters.ts";
import type { Parameters } from "../../../../deploy/config/parameters.ts";
import { connectAs } from "../../../../sdk/src/ethers/connect.ts";
import { answerOf } from "./check.ts";
import type { Check } from "./check.ts";

/** Checks that the pairs of the route lead from USDC to FLOCK and are deep enough. A route that is deployed is left out. */
export async function checkRoute(provider: Provider, parameters: Parameters): Promise<Check[]> {
  const { route, flock, usdc } = parameters;
  if (route === LOCAL || usdc === LOCAL || flock === LOCAL) return [];
  const what = "The route leads from USDC to FLOCK";
  if (route.length === 0) {
    return [{ what, note: "`route` is empty: USDC for buybacks waits until governance names the pairs." }];
  }
  const checks: Check[] = [];
  let token = usdc;
  for (const [index, hop] of route.entries()) {
    const key = `route[${index.toString()}]`;
    const found = await hopOf(provider, hop.pair, token);
    if ("problem" in found)
      return [...checks, { what, problem: `\`${key}.pair\` names ${hop.pair}, ${found.problem}` }];
    checks.push(
      checkReserve(key, BigInt(hop.minReserveWei), found.reserveIn),
      checkOrigin(key, hop.pair, found.factory, parameters.dexFactory),
    );
    token = found.tokenOut;
  }
  const problem = `\`route\` ends at the token ${token}, not at FLOCK (${flock}): add the pair that is missing.`;
  return [token === flock ? { what } : { what, problem }, ...checks];
}

/** What a pair gives for a token, or why it cannot be used. */
async function hopOf(provider: Provider, pair: string, tokenIn: string) {
  if ((await provider.getCode(pair)) === "0x") {
    return { problem: "where this chain has no contract: correct the address." };
  }
  const contract = connectAs("pair", pair, provider);
  const tokens = [await answerOf(contract.token0()), await answerOf(contract.token1())];
  const reserves = await answerOf(contract.getReserves());
  const factory = await answerOf(contract.factory());
  if (reserves === undefined || factory === undefined || tokens.includes(undefined)) {
    return { problem: "which is no pair of Uniswap v2: correct the address." };
  }
  const inIsFirst = tokens[0] === tokenIn;
  if (!inIsFirst && tokens[1] !== tokenIn) {
    return {
      problem: `which does not trade ${tokenIn}: the first pair takes USDC, and each other one what the one before it gives.`,
    };
  }
  const [reserve0, reserve1] = reserves;
  return { tokenOut: tokens[inIsFirst ? 1 : 0]!, reserveIn: inIsFirst ? reserve0 : reserve1, factory };
}

function checkReserve(key: string, minReserve: bigint, reserve: bigint): Check {
  const what = `\`${key}\` is as deep as it must be`;
  if (minReserve === 0n) {
    return { what, problem: `\`${key}.minReserveWei\` is 0, so that an empty pair would do: write the least reserve.` };
  }
  if (reserve < minReserve) {
    const problem = `\`${key}\` has a reserve of ${reserve.toString()} wei of the token that it takes, less than its minReserveWei of ${minReserve.toString()}: name a deeper pair, or a smaller reserve.`;
    return { what, problem };
  }
  return { what };
}

function checkOrigin(key: string, pair: string, factory: string, dexFactory: string): Check {
  const what = `\`${key}\` is a pair of the DEX`;
  if (factory === dexFactory) return { what };
  return {
    what,
    note: `\`${key}\` is a pair of another factory, ${factory}: make sure that ${pair} takes the fee of \`pairFeeBps\`.`,
  };
}
