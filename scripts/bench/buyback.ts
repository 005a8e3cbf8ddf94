import { Contract, MaxUint256, parseEther } from "ethers";

import { connectAs, connectToken } from "../../sdk/src/ethers/connect.ts";
import { OBSERVATION_AGE } from "../../sdk/src/buyback/observation.ts";
import { BUDGETS } from "./budgets.ts";
import { DEADLINE, undone } from "./ground.ts";
import type { Ground } from "./ground.ts";
import { DAY, USDC, goLive } from "./live.ts";
import { gasOf, rowsOf } from "./measurement.ts";
import type { Measurement } from "./measurement.ts";

/** What the platform settles, so that money waits to be spent [USDC units]. */
const REVENUE = 400_000n * USDC;
/** What a trader swaps through the router: as much as a lot of the local chain's pool [USDC units]. */
const TRADE = 3_000n * USDC;
/** How governance waits [s]. */
const GOVERNANCE_DELAY = 2 * DAY;
/** What the pairs of longer routes hold of tokens with 18 decimals, and of USDC. */
const DEPTH = parseEther("2000000");
const USDC_DEPTH = 2_000_000n * USDC;

/** Buyback lots through one, two and three pairs, beside Uniswap's router. Leaves the chain as it was. */
export async function measureBuybacks(ground: Ground): Promise<Measurement[]> {
  return await undone(ground, async () => {
    const { modelId } = await goLive(ground);
    const { meter, buyback } = ground.protocol;
    const { routeRefillDuration } = await buyback.buybackSettings();
    const row = rowsOf("Buyback lots");
    await meter.connect(ground.platform).settleCard([{ modelId, units: 1n, list: REVENUE, paid: REVENUE }]);

    const lot = async (forModel: bigint) => {
      await pass(ground, Number(routeRefillDuration));
      return await gasOf(buyback.buyFlock(forModel, 0n, MaxUint256));
    };
    await observe(ground, modelId);
    const first = await lot(0n);
    const burning = await lot(0n);
    const firstForModel = await lot(modelId);
    const forModel = await lot(modelId);
    const firstMt = await gasOf(buyback.buyMt(modelId, 0n, MaxUint256));
    await observe(ground, modelId);
    const mt = await gasOf(buyback.buyMt(modelId, 0n, MaxUint256));

    const routed: Measurement[] = [];
    let previous = await swapByRouter(ground, []);
    const viaRouter = [row("the router, USDC to FLOCK, 1 pair", previous)];
    let shorter = forModel;
    for (const hops of [2, 3]) {
      const between = await routeThrough(ground, hops);
      await observe(ground, modelId);
      await lot(modelId); // the new pairs' buckets are used for the first time
      const longer = await lot(modelId);
      routed.push(
        row(`USDC to FLOCK for a model, ${hops} pairs`, longer),
        row(`pair ${hops} on top of that`, longer - shorter, BUDGETS.furtherPair),
      );
      previous = await swapByRouter(ground, between);
      viaRouter.push(row(`the router, USDC to FLOCK, ${hops} pairs`, previous));
      shorter = longer;
    }
    return [
      row("USDC to FLOCK, burned", burning, BUDGETS.buybackLot),
      row("USDC to FLOCK for a model, 1 pair", forModel, BUDGETS.buybackLot),
      row("FLOCK to MT, burned", mt, BUDGETS.buybackLot),
      ...routed,
      ...viaRouter,
      row("the first lot of the protocol", first),
      row("the first FLOCK of a model", firstForModel),
      row("the first MT of a model", firstMt),
    ];
  });
}

async function pass({ connection }: Ground, seconds: number): Promise<void> {
  await connection.networkHelpers.time.increase(seconds);
}

/** Two observations of every pair. */
async function observe(ground: Ground, modelId: bigint): Promise<void> {
  const { buyback } = ground.protocol;
  for (let turn = 0; turn < 2; turn++) {
    await pass(ground, Number(OBSERVATION_AGE));
    await buyback.pokeRoute();
    await buyback.pokeModel(modelId);
  }
}

/** The same swap by a trader, who holds FLOCK already and has given the router an unlimited allowance. */
async function swapByRouter(ground: Ground, between: string[]): Promise<bigint> {
  const { usdc, flock } = ground.protocol.addresses;
  return await undone(ground, async () => {
    const [trader] = ground.users;
    await ground.usdc.transfer(trader!, 2n * TRADE);
    await ground.usdc.connect(trader).approve(ground.router, MaxUint256);
    const router = new Contract(
      ground.router,
      ["function swapExactTokensForTokens(uint256,uint256,address[],address,uint256) returns (uint256[])"],
      trader,
    );
    const swap = router.getFunction("swapExactTokensForTokens");
    const sent = await swap.send(TRADE, 0n, [usdc, ...between, flock], trader!.address, DEADLINE);
    return (await sent.wait())!.gasUsed;
  });
}

/** Opens pairs over new tokens and lets governance name them as the route. Returns the tokens between. */
async function routeThrough(ground: Ground, hops: number): Promise<string[]> {
  const { accessManager, buyback, dexFactory, addresses } = ground.protocol;
  const { deployer, administrator } = ground;
  const between: string[] = [];
  while (between.length < hops - 1) {
    const token = await ground.connection.ethers.deployContract("LocalFlock", [deployer], deployer);
    between.push(await token.getAddress());
  }
  const tokens = [addresses.usdc, ...between, addresses.flock];
  const route: { pair: string; minReserve: bigint }[] = [];
  for (const [index, tokenIn] of tokens.slice(0, -1).entries()) {
    const tokenOut = tokens[index + 1]!;
    await dexFactory.createPair(tokenIn, tokenOut);
    const pair = await dexFactory.getPair(tokenIn, tokenOut);
    for (const token of [tokenIn, tokenOut]) {
      const depth = token === addresses.usdc ? USDC_DEPTH : DEPTH;
      await connectToken(token, deployer).transfer(pair, depth);
    }
    await connectAs("pair", pair, deployer).mint(deployer);
    route.push({ pair, minReserve: 1n });
  }
  const call = buyback.interface.encodeFunctionData("setRoute", [route]);
  await accessManager.connect(administrator).schedule(addresses.buyback, call, 0n);
  await pass(ground, GOVERNANCE_DELAY);
  await accessManager.connect(administrator).execute(addresses.buyback, call);
  return between;
}
