import { Interface, MaxUint256 } from "ethers";
import type { ContractRunner, Provider } from "ethers";

import { CHAIN_CONTRACTS } from "../../../../deploy/config/deployed.ts";
import type { ChainContract } from "../../../../deploy/config/deployed.ts";
import { FLOCK_DECIMALS, LOCAL, ParameterError } from "../../../../deploy/config/parameters.ts";
import type { ChainContracts, Parameters } from "../../../../deploy/config/parameters.ts";
import { connectAs, connectToken } from "../../../../sdk/src/ethers/connect.ts";
import { answerOf, answersOtherwise } from "./check.ts";
import type { Check } from "./check.ts";

/** The most decimals that USDC may have. */
const MAX_USDC_DECIMALS = 18n;

/** What a deployment takes from its chain. */
export async function chainContractsOf(
  provider: ContractRunner,
  { flock, usdc, dexFactory }: { flock: string; usdc: string; dexFactory: string },
): Promise<ChainContracts> {
  const factory = connectAs("dexFactory", dexFactory, provider);
  const usdcDecimals = await decimalsOf(usdc, provider);
  if (usdcDecimals === undefined) throw new ParameterError(noToken("usdc", usdc));
  return {
    flock,
    usdc,
    dexFactory,
    usdcFlockPair: await factory.getPair(usdc, flock),
    usdcDecimals: Number(usdcDecimals),
  };
}

/** Checks that FLOCK, USDC and the DEX are what the parameters take them for. What is deployed with them is left out. */
export async function checkChainContracts(provider: Provider, parameters: Parameters): Promise<Check[]> {
  const checks: Check[] = [];
  for (const key of CHAIN_CONTRACTS) {
    const address = parameters[key];
    if (address === LOCAL) continue;
    const hasCode = (await provider.getCode(address)) !== "0x";
    const what = `\`${key}\` names a contract`;
    if (hasCode) checks.push({ what }, ...(await CHECKS[key](provider, address, parameters)));
    else {
      checks.push({
        what,
        problem: `\`${key}\` names ${address}, where this chain has no contract: correct the address.`,
      });
    }
  }
  if (parameters.flock !== LOCAL) {
    const problem = `\`usdc\` and \`flock\` name the same token, ${parameters.flock}: correct one of the addresses.`;
    const what = "FLOCK and USDC are two tokens";
    checks.push(parameters.flock === parameters.usdc ? { what, problem } : { what });
  }
  return checks;
}

/** What each contract of the chain has to be, once it is known that there is one. */
const CHECKS: Record<ChainContract, (provider: Provider, address: string, parameters: Parameters) => Promise<Check[]>> =
  {
    flock: async (provider, address, { flockBurns }) => {
      const decimals = await decimalsOf(address, provider);
      const what = `FLOCK has ${FLOCK_DECIMALS.toString()} decimals`;
      if (decimals === undefined) return [{ what, problem: noToken("flock", address) }];
      const burns = await checkBurn(provider, address, flockBurns);
      if (decimals === BigInt(FLOCK_DECIMALS)) return [{ what }, burns];
      const problem = `\`flock\` has ${decimals.toString()} decimals, but the curve needs 18: correct the address.`;
      return [{ what, problem }, burns];
    },
    usdc: async (provider, address) => {
      const decimals = await decimalsOf(address, provider);
      const what = "USDC is a token with at most 18 decimals";
      if (decimals === undefined) return [{ what, problem: noToken("usdc", address) }];
      if (decimals <= MAX_USDC_DECIMALS) return [{ what }];
      const problem = `\`usdc\` has ${decimals.toString()} decimals, but at most 18 can be counted with: correct the address.`;
      return [{ what, problem }];
    },
    dexFactory: async (provider, address) => [await checkFactory(provider, address)],
  };

/** Decimals of a token; undefined if it is none. */
const decimalsOf = (address: string, provider: ContractRunner) => answerOf(connectToken(address, provider).decimals());

const noToken = (key: ChainContract, address: string) =>
  `\`${key}\` names ${address}, which is no ERC-20 token: correct the address.`;

/** The burn function that buybacks use. */
const BURN = new Interface(["function burn(uint256 amount)"]);

/**
 * Checks whether FLOCK burns as the parameters say. A token that burns takes an amount of zero from anybody, and refuses
 * more than somebody has; one that takes whatever it is called with refuses nothing.
 */
async function checkBurn(provider: Provider, flock: string, flockBurns: boolean): Promise<Check> {
  const takes = async (amount: bigint) => {
    try {
      await provider.call({ to: flock, data: BURN.encodeFunctionData("burn", [amount]) });
      return true;
    } catch (error) {
      if (answersOtherwise(error)) return false;
      throw error;
    }
  };
  const burns = (await takes(0n)) && !(await takes(MaxUint256));
  const what = "FLOCK burns as `flockBurns` says";
  if (flockBurns && !burns) {
    const problem = `\`flockBurns\` is true, but ${flock} has no function burn(uint256) that everybody may call: write false, so that FLOCK goes to the dead address instead.`;
    return { what, problem };
  }
  if (burns && !flockBurns) {
    return {
      what,
      note: "`flockBurns` is false although FLOCK has a burn function: what is burned will go to the dead address and stay in the total supply.",
    };
  }
  return { what };
}

/** A wrong factory would make every graduation revert, and its address is immutable. */
async function checkFactory(provider: Provider, address: string): Promise<Check> {
  const what = "`dexFactory` is a factory of Uniswap v2";
  const problem = `\`dexFactory\` names ${address}, which is no Uniswap v2 factory: correct the address.`;
  const factory = connectAs("dexFactory", address, provider);
  const pairs = await answerOf(factory.allPairsLength());
  if (pairs === undefined) return { what, problem };
  if (pairs === 0n) return { what, note: "The DEX has no pair yet, so that its pairs could not be looked at." };
  const pair = await answerOf(factory.allPairs(0n));
  if (pair === undefined || !(await isPairOf(provider, pair, address))) return { what, problem };
  return { what };
}

/** Whether a contract is a pair of a factory, with the prices that averages are made of. */
export async function isPairOf(provider: Provider, pair: string, factory: string): Promise<boolean> {
  if ((await provider.getCode(pair)) === "0x") return false;
  const contract = connectAs("pair", pair, provider);
  const answers = [
    await answerOf(contract.factory()),
    await answerOf(contract.getReserves()),
    await answerOf(contract.price0CumulativeLast()),
  ];
  return answers[0]?.toString().toLowerCase() === factory.toLowerCase() && !answers.includes(undefined);
}
