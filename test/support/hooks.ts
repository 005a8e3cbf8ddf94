import { id } from "ethers";
import type { AddressLike, BaseContract, BytesLike } from "ethers";

import { connectAs, connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { deployLocalChain, deployProtocol } from "../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { createPool } from "./buyback.ts";
import { toNoonIn } from "./earning.ts";
import { connection, firstSigners, launchPayment, networkHelpers, protocolFixture, workedExample } from "./fixtures.ts";
import { deployMock, standIn, deployAs } from "./scenes.ts";
import { ANTI_SNIPE_WINDOW, DAY, NO_DEADLINE, OBSERVATION_AGE, REFILL, USAGE_DELAY } from "./time.ts";
import { tokens } from "./units.ts";
import { ownVoucher } from "./usage/vouchers.ts";

/** The error of a guarded function that is entered while another one of its contract runs. */
export const REENTRANT_CALL = id("ReentrancyGuardReentrantCall()").slice(0, 10);

/** A token that calls back. */
export type HookToken = Awaited<ReturnType<typeof deployMock>>;

/** A call of a room: the function and its arguments. */
export interface RoomCall {
  room: Pick<BaseContract, "interface" | "target">;
  fn: string;
  args: readonly unknown[];
}

const encode = ({ room, fn, args }: RoomCall) => room.interface.encodeFunctionData(fn, args);

/** Sets what a hooking token calls during its transfers from now on. */
export const setHook = (token: HookToken, target: AddressLike, data: BytesLike) =>
  token.getFunction("setHook").send(target, data);

/** How the calls ended that a hooking token has made since then. */
export async function hookCallsOf(token: HookToken): Promise<{ succeeded: boolean; result: string }[]> {
  const answer = (await token.getFunction("hookCalls").staticCall()) as unknown as [boolean[], string[]];
  const [succeeded, results] = answer;
  return results.map((result, i) => ({ succeeded: succeeded[i]!, result }));
}

/** A contract that does what is asked of it. Whoever it is to a room, it can be that again while the room calls it. */
async function deployAttacker() {
  const contract = await deployMock("Actor");
  const act = async (call: RoomCall) => contract.getFunction("act").send(call.room.target, encode(call));
  /** Makes the attacker repeat `call` during every transfer of `token`. */
  const reenter = (token: HookToken, call: RoomCall) =>
    setHook(token, contract, contract.interface.encodeFunctionData("act", [call.room.target, encode(call)]));
  return { contract, address: await contract.getAddress(), act, reenter };
}

/**
 * The protocol on a chain whose FLOCK and USDC call back. The attacker is all at once: platform, issuer of the one model,
 * supporter and user. The model is live, Bob has staked its MT and has used it once, 541 days ago; whatever rewards came
 * of it nobody has touched. The attacker's withdrawal has matured, and the buyback has something to buy.
 */
export async function hookedProtocolFixture() {
  const [deployer, administrator, , treasury, , , bob] = await firstSigners();
  const local = await deployLocalChain(connection);
  const flockToken = await deployMock("HookFlock");
  const usdcToken = await deployMock("HookUsdc");
  const attacker = await deployAttacker();
  const [flockAddress, usdcAddress] = [await flockToken.getAddress(), await usdcToken.getAddress()];
  const routePair = await createPool(connectAs("dexFactory", local.dexFactory, deployer), deployer, [
    { token: usdcAddress, amount: tokens(2_000_000) },
    { token: flockAddress, amount: tokens(2_000_000) },
  ]);
  const parameters = {
    ...localParameters(),
    platform: attacker.address,
    flockBurns: false,
    route: [{ pair: routePair, minReserveWei: tokens(1_000).toString() }],
  };
  const chain = { ...local, flock: flockAddress, usdc: usdcAddress };
  const f = connectProtocol(await deployProtocol(connection, parameters, chain), deployer);
  const scene = { ...f, flockToken, usdcToken, attacker, deployer, administrator, treasury, bob, modelId: 1n };

  for (const account of [attacker.address, bob.address]) {
    await f.flock.transfer(account, tokens(1_000_000));
    await f.usdc.transfer(account, tokens(1_000_000));
  }
  for (const [room, spender] of [
    [f.flock, f.offering],
    [f.flock, f.emissions],
    [f.usdc, f.meter],
  ] as const) {
    await room.connect(bob).approve(spender, tokens(1_000_000));
    await attacker.act({ room, fn: "approve", args: [spender.target, tokens(1_000_000)] });
  }
  const terms = workedExample({ usage: { tierId: 1n, minimumPrice: tokens(1) } });
  await attacker.act({ room: f.offering, fn: "launch", args: [terms, launchPayment()] });
  await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
  await f.offering.connect(bob).buyExactIn(1n, tokens(100_000), 0n, bob, NO_DEADLINE);
  await f.offering.graduate(1n);
  const mt = connectAs("modelToken", (await f.lens.raiseOf(1n)).token, bob);
  await mt.approve(f.staking, tokens(500));
  await f.staking.connect(bob).claimAndStake(1n, tokens(500));
  await attacker.act({ room: f.registry, fn: "setApiId", args: [1n, "qwen-alice"] });
  await attacker.act({ room: f.emissions, fn: "fund", args: [tokens(100_000)] });

  await f.meter.connect(bob).deposit(tokens(100_000));
  await attacker.act({ room: f.meter, fn: "deposit", args: [tokens(1_000)] });
  await toNoonIn(2n);
  const sums = { units: 1n, list: tokens(50_000), paid: tokens(50_000) };
  await attacker.act({ room: f.meter, fn: "settle", args: [1n, [await ownVoucher(scene, bob, sums)]] });
  await toNoonIn(541n);
  await attacker.act({ room: f.meter, fn: "requestWithdrawal", args: [tokens(300)] });
  await networkHelpers.time.increase(USAGE_DELAY);
  await f.buyback.pokeRoute();
  await f.buyback.pokeModel(1n);
  await networkHelpers.time.increase(OBSERVATION_AGE);
  await f.buyback.pokeRoute();
  await f.buyback.pokeModel(1n);
  await f.buyback.buyFlock(1n, 0n, NO_DEADLINE);
  await networkHelpers.time.increase(REFILL);
  const usdc = connectAs("usdc", usdcAddress, deployer);
  return { ...scene, usdc, mt };
}

export type HookedScene = Awaited<ReturnType<typeof hookedProtocolFixture>>;

/**
 * A staking room for a Model Token that calls back, which the protocol's own never does: the vault and the offering that
 * name it are stand-ins. The attacker has staked some of it, and its exit has cooled down.
 */
export async function hookedStakingFixture() {
  const { deployer, accessManager, offering, vault } = await networkHelpers.loadFixture(protocolFixture);
  const mt = await deployMock("HookFlock");
  const attacker = await deployAttacker();
  const staking = await deployAs(
    "staking",
    [
      accessManager,
      await standIn(offering.interface, { positionOf: [[1n, 0n]], claim: [1n] }),
      await standIn(vault.interface, { recordOf: [await mt.getAddress(), 1n] }),
      { capBps: 3_000n, multiplier: 2n },
    ],
    deployer,
  );
  await mt.getFunction("transfer").send(attacker.contract, tokens(1_000));
  await attacker.act({ room: mt, fn: "approve", args: [staking.target, tokens(1_000)] });
  await attacker.act({ room: staking, fn: "stake", args: [1n, tokens(500)] });
  await attacker.act({ room: staking, fn: "requestExit", args: [1n, tokens(300)] });
  await networkHelpers.time.increase(7n * DAY);
  return { staking, mt, attacker };
}
