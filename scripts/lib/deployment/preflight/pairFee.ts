import { parseEther, toQuantity } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

import type { ProtocolAddresses } from "../../../../deploy/config/deployed.ts";
import { pairOut } from "../../../../sdk/src/buyback/pair.ts";
import { connectAs, connectToken } from "../../../../sdk/src/ethers/connect.ts";
import { answerOf } from "./check.ts";
import type { Check } from "./check.ts";

/** Which part of its reserve is traded to learn what a pair takes. */
const PART = 1_000n;
/** What an account of a fork gets for its gas [wei]. */
const GAS_MONEY = parseEther("10");

/**
 * Trades with every pair of the route on a fork, to see whether it takes what `pairFeeBps` says. No contract can be asked
 * for its fee; if it is above that of the parameters, which is fixed for good, nothing could ever be bought.
 */
export async function checkPairFees(
  fork: NetworkConnection,
  addresses: ProtocolAddresses,
  trader: string,
  pairFeeBps: bigint,
): Promise<Check[]> {
  const route = await connectAs("buyback", addresses.buyback, fork.ethers.provider).routePairs();
  const checks: Check[] = [];
  let tokenIn = addresses.usdc;
  for (const { pair: address } of route) {
    const pair = connectAs("pair", address, fork.ethers.provider);
    const inIsFirst = (await pair.token0()) === tokenIn;
    const takes = await tradeWith(fork, address, tokenIn, inIsFirst, trader);
    checks.push(await checkFee(address, pairFeeBps, takes));
    tokenIn = inIsFirst ? await pair.token1() : await pair.token0();
  }
  return checks;
}

async function checkFee(pair: string, fee: bigint, takes: (fee: bigint) => Promise<boolean>): Promise<Check> {
  const what = "The pairs of the route take the fee of `pairFeeBps`";
  if (!(await takes(fee))) {
    const problem = `\`pairFeeBps\` is ${fee.toString()}, but the pair ${pair} takes more, so that FLOCK could never be bought: write the fee of the DEX.`;
    return { what, problem };
  }
  if (fee === 0n || !(await takes(fee - 1n))) return { what };
  return {
    what,
    note: `\`pairFeeBps\` is ${fee.toString()}, but the pair ${pair} takes less: buybacks leave it the difference.`,
  };
}

/** Puts a part of a pair's own reserve into a trader's hands, and says whether a swap back passes at a fee [bps]. */
async function tradeWith(
  fork: NetworkConnection,
  address: string,
  tokenIn: string,
  inIsFirst: boolean,
  trader: string,
) {
  const { ethers } = fork;
  for (const account of [address, trader]) {
    await ethers.provider.send("hardhat_impersonateAccount", [account]);
    await ethers.provider.send("hardhat_setBalance", [account, toQuantity(GAS_MONEY)]);
  }
  const asPair = await ethers.getSigner(address);
  const pair = connectAs("pair", address, await ethers.getSigner(trader));
  const token = connectToken(tokenIn, asPair);
  const reserves = async () => {
    const [first, second] = await pair.getReserves();
    return inIsFirst ? [first, second] : [second, first];
  };
  const [before] = await reserves();
  const amountIn = before! / PART;
  await token.transfer(trader, amountIn);
  await pair.sync();
  const [reserveIn, reserveOut] = await reserves();
  await token.connect(pair.runner).transfer(address, amountIn);
  return async (fee: bigint) => {
    const out = pairOut(amountIn, { reserveIn: reserveIn!, reserveOut: reserveOut! }, fee);
    const outs = inIsFirst ? ([0n, out] as const) : ([out, 0n] as const);
    return (await answerOf(pair.swap.staticCall(...outs, trader, "0x").then(() => true))) ?? false;
  };
}
