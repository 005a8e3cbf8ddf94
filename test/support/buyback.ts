import { expect } from "chai";
import { MaxUint256, toBeHex } from "ethers";
import type { AddressLike, ContractTransactionResponse } from "ethers";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import { connectAs, connectProtocol, connectToken } from "../../sdk/src/ethers/connect.ts";
import { deployLocalChain, deployProtocol } from "../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import type { Parameters } from "../../deploy/config/parameters.ts";
import {
  connection,
  ethers,
  firstSigners,
  launchPayment,
  networkHelpers,
  protocolFixture,
  workedExample,
} from "./fixtures.ts";
import type { Pool } from "./model/constantProduct.ts";
import { ANTI_SNIPE_WINDOW, NO_DEADLINE, OBSERVATION_AGE, REFILL } from "./time.ts";
import { tokens, usdc } from "./units.ts";
import type { ProtocolScene } from "./scenes.ts";
import { GOVERNANCE_DELAY } from "../../deploy/config/roles.ts";

/** Why nothing can be bought, as the chain numbers it. */
export const WAIT = {
  None: 0n,
  Paused: 1n,
  NoRoute: 2n,
  NoCredit: 3n,
  ShallowPool: 4n,
  NoObservation: 5n,
  BucketEmpty: 6n,
  PriceOff: 7n,
} as const;

/** The seat of the FLOCK buyback, composed here anew: its kind is 4. */
export const FLOCK_SEAT = toBeHex(4n << 248n, 32);
/** The seat of a model's MT buyback, likewise: its kind is 5. */
export const modelSeat = (modelId: bigint) => toBeHex((5n << 248n) | modelId, 32);

/** What the chain has before the protocol: tokens, DEX, and the pair of USDC and FLOCK. */
type Chain = Awaited<ReturnType<typeof deployLocalChain>> & { pair: string };

/** What a scene may have otherwise than the local parameters: any of them, also worked out from the chain. */
export type Otherwise = (chain: Chain, deployer: HardhatEthersSigner) => Promise<Partial<Parameters>>;

/**
 * The protocol with one graduated and served model, no revenue and no observation of the route. The platform is the
 * issuer too, holds USDC and has approved the meter.
 */
export async function marketScene(otherwise: Otherwise) {
  const [deployer, administrator, guardian, treasury, provider, platform, bob, carol, dave, keeper, stranger] =
    await firstSigners();
  const local = await deployLocalChain(connection);
  const factory = connectAs("dexFactory", local.dexFactory, deployer);
  const chain = { ...local, pair: await factory.getPair(local.usdc, local.flock) };
  const parameters = { ...localParameters(), ...(await otherwise(chain, deployer)) };
  const protocol = connectProtocol(await deployProtocol(connection, parameters, chain), keeper);
  const flock = connectAs("flock", chain.flock, deployer);
  for (const actor of [platform, carol]) {
    await flock.transfer(actor, tokens(10_000_000));
    await flock.connect(actor).approve(protocol.offering, MaxUint256);
  }
  return openMarket({
    ...protocol,
    flock,
    usdc: connectAs("usdc", chain.usdc, deployer),
    router: chain.router,
    routePair: chain.pair,
    deployer,
    administrator,
    guardian,
    treasury,
    provider,
    platform,
    bob,
    carol,
    dave,
    keeper,
    stranger,
  });
}

/** What a market is made of: a protocol, the pair of its route, and everybody by name. */
type BeforeModels = Omit<ProtocolScene, "alice"> & { platform: HardhatEthersSigner; routePair: string };

/** The platform's purse and the first model. */
async function openMarket(f: BeforeModels) {
  await f.usdc.transfer(f.platform, usdc(100_000_000));
  await f.usdc.connect(f.platform).approve(f.meter, MaxUint256);
  const modelId = await graduateModel(f);
  const { token } = await f.lens.raiseOf(modelId);
  const modelPair = await f.dexFactory.getPair(f.addresses.flock, token);
  return { ...f, modelId, mt: connectAs("flock", token, f.deployer), modelPair };
}

/** A market: contracts and actors by name, and of its model the id, the token and the pair. */
export type MarketScene = Awaited<ReturnType<typeof openMarket>>;

/** Launches the worked example, sells all of it to Carol, graduates it and gives it an API id. */
export async function graduateModel(f: BeforeModels): Promise<bigint> {
  await f.offering.connect(f.platform).launch(workedExample(), launchPayment());
  await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
  const modelId = await f.registry.modelCount();
  await f.offering.connect(f.carol).buyExactIn(modelId, tokens(100_000), 0n, f.carol, NO_DEADLINE);
  await f.offering.graduate(modelId);
  await f.registry.connect(f.platform).setApiId(modelId, `model-${modelId}`);
  return modelId;
}

/** A market with the local parameters. */
export async function marketFixture() {
  const { alice: platform, ...f } = await networkHelpers.loadFixture(protocolFixture);
  const routePair = await f.dexFactory.getPair(f.addresses.usdc, f.addresses.flock);
  return openMarket({ ...f, platform, routePair });
}

/** The same with a month's revenue of 10,000 USDC net, and with every pair observed twice. */
export async function earningFixture() {
  const f = await networkHelpers.loadFixture(marketFixture);
  await earn(f, usdc(10_000));
  await observe(f);
  return f;
}

/** Net revenue of a model, without compute cost: 30% each become credit of the FLOCK and the MT buyback. */
export async function earn(f: MarketScene, net: bigint, modelId = f.modelId) {
  await f.meter.connect(f.platform).settleCard([{ modelId, units: 1n, list: net, paid: net }]);
}

/** Observes the route and the model's pair twice, half an hour apart, so that both have an average. */
export async function observe(f: MarketScene) {
  await pokeAll(f);
  await networkHelpers.time.increase(OBSERVATION_AGE);
  await pokeAll(f);
}

/** Observes everything once, as keepers do. */
export async function pokeAll(f: MarketScene) {
  await f.buyback.pokeRoute();
  await f.buyback.pokeModel(f.modelId);
}

/** Turns credit of the model into FLOCK that waits for it, one lot every five minutes, and lets the buckets empty. */
export async function fillModel(f: MarketScene, lots = 1) {
  for (let i = 0; i < lots; ++i) {
    await f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
    await networkHelpers.time.increase(REFILL);
  }
}

/** Has governance do what `data` says to `target`, after its delay. */
export async function decide(f: MarketScene, target: AddressLike, data: string): Promise<ContractTransactionResponse> {
  const manager = f.accessManager.connect(f.administrator);
  await manager.schedule(target, data, 0);
  await networkHelpers.time.increase(GOVERNANCE_DELAY);
  return manager.execute(target, data);
}

/** A pair as the market has it now, in the direction from `tokenIn`. */
export async function poolOf(pairAddress: string, tokenIn: string, feeBps = 30n): Promise<Pool> {
  const pair = connectAs("pair", pairAddress, ethers.provider);
  const [reserve0, reserve1] = await pair.getReserves();
  return (await pair.token0()) === tokenIn
    ? { reserveIn: reserve0, reserveOut: reserve1, feeBps }
    : { reserveIn: reserve1, reserveOut: reserve0, feeBps };
}

/** Creates a canonical pair and gives it its first liquidity, which the deployer owns. */
export async function createPool(
  dexFactory: MarketScene["dexFactory"],
  deployer: HardhatEthersSigner,
  sides: readonly { token: string; amount: bigint }[],
): Promise<string> {
  const [a, b] = sides as [{ token: string; amount: bigint }, { token: string; amount: bigint }];
  await dexFactory.connect(deployer).createPair(a.token, b.token);
  const pairAddress = await dexFactory.getPair(a.token, b.token);
  for (const { token, amount } of [a, b]) {
    await connectToken(token, deployer).transfer(pairAddress, amount);
  }
  await connectAs("pair", pairAddress, deployer).mint(deployer);
  return pairAddress;
}

/** A whole lot of the local route: 0.15% of 2,000,000 USDC. */
export const WHOLE_LOT = usdc(3_000);

/** Why no FLOCK is bought now: view and call agree on reason and pair. Returns the lot that the view shows. */
export async function expectFlockWait(f: MarketScene, wait: bigint, pair: string, nextAt: bigint) {
  const lot = await f.buyback.nextFlockLot(0n);
  expect(lot.wait).to.equal(wait);
  expect(lot.pair).to.equal(pair);
  expect(lot.nextAt).to.equal(nextAt);
  await expect(f.buyback.buyFlock(0n, 0n, NO_DEADLINE))
    .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
    .withArgs(wait, pair);
  return lot;
}
