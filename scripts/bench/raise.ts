import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { MaxUint256, parseEther } from "ethers";

import { tokenDomain } from "../../sdk/src/signing/domains.ts";
import { signPermit } from "../../sdk/src/signing/permit.ts";
import { BUDGETS } from "./budgets.ts";
import { DEADLINE, TERMS, buy, buyOut, launch, passAntiSnipeWindow, undone } from "./ground.ts";
import type { Ground } from "./ground.ts";
import { gasOf, rowsOf } from "./measurement.ts";
import type { Measurement } from "./measurement.ts";

/** More than any of these raises is missing [FLOCK]. */
const MORE_THAN_ENOUGH = "60000";

type User = HardhatEthersSigner;

/** Launches and purchases. Leaves the chain as it was. */
export async function measureRaise(ground: Ground): Promise<Measurement[]> {
  return await undone(ground, async () => [...(await measureLaunches(ground)), ...(await measureBuys(ground))]);
}

async function measureLaunches(ground: Ground): Promise<Measurement[]> {
  const { offering } = ground.protocol;
  const row = rowsOf("Launch");
  // Once in the life of a protocol: its balance, its fees and its count of models are zero before.
  const veryFirst = await gasOf(launch(ground));
  const later = await gasOf(launch(ground));
  const curvePrice = await gasOf(launch(ground, { ...TERMS, openingMode: 1n }));
  const withBundle = await gasOf(launch(ground, TERMS, parseEther("1000")));
  await offering.connect(ground.treasury).claimLaunchFees(ground.treasury);
  return [
    row("any", later, BUDGETS.launch),
    row("with a pool that opens at the curve's price", curvePrice, BUDGETS.launch),
    row("the next after the treasury took the launch fees", await gasOf(launch(ground)), BUDGETS.launch),
    row("the very first of the protocol: 3 new slots more", veryFirst),
    row("with a bundle", withBundle),
  ];
}

async function measureBuys(ground: Ground): Promise<Measurement[]> {
  const [first, earlyIn, earlyOut, payer, getter, giver, last, expecting] = ground.users as [
    User,
    User,
    User,
    User,
    User,
    User,
    User,
    User,
  ];
  const row = rowsOf("Buy");
  await launch(ground);
  const modelId = await ground.protocol.registry.modelCount();
  const veryFirst = await gasOf(buy(ground, modelId, first, "100"));
  const paying = (user: User) => gasOf(buy(ground, modelId, user, "100"));
  const getting = (user: User) => gasOf(buyOut(ground, modelId, user, "500"));
  const whileFalling = [
    row("exact-in, first, while the fee falls", await paying(earlyIn), BUDGETS.firstBuy),
    row("exact-in, repeat, while the fee falls", await paying(earlyIn), BUDGETS.repeatBuy),
    row("exact-out, first, while the fee falls", await getting(earlyOut), BUDGETS.firstBuy),
    row("exact-out, repeat, while the fee falls", await getting(earlyOut), BUDGETS.repeatBuy),
  ];
  await passAntiSnipeWindow(ground);
  return [
    row("exact-in, first", await paying(payer), BUDGETS.firstBuy),
    row("exact-in, repeat", await paying(payer), BUDGETS.repeatBuy),
    row("exact-out, first", await getting(getter), BUDGETS.firstBuy),
    row("exact-out, repeat", await getting(getter), BUDGETS.repeatBuy),
    ...whileFalling,
    row("the first purchase of a raise", veryFirst, BUDGETS.firstBuy),
    row("a gift to somebody new", await gasOf(buy(ground, modelId, giver, "100", ground.issuer))),
    ...(await expectAndBuy(ground, modelId, expecting)),
    row("permit and buy in one multicall, first", await permitAndBuy(ground, modelId)),
    row("the purchase that completes the raise, first", await gasOf(buy(ground, modelId, last, MORE_THAN_ENOUGH))),
  ];
}

/** What it costs to name the launch before a purchase: both in one multicall, and beside the purchase alone in one. */
async function expectAndBuy(ground: Ground, modelId: bigint, user: User): Promise<Measurement[]> {
  const { offering } = ground.protocol;
  const row = rowsOf("Buy");
  const args: [bigint, bigint, bigint, string, bigint] = [
    modelId,
    parseEther("100"),
    0n,
    await user.getAddress(),
    DEADLINE,
  ];
  const purchase = offering.interface.encodeFunctionData("buyExactIn", args);
  const expectation = offering.interface.encodeFunctionData("expectToken", [modelId, await offering.tokenOf(modelId)]);
  await buy(ground, modelId, user, "100");
  const together = (calls: string[]) => undone(ground, () => gasOf(offering.connect(user).multicall(calls)));
  const both = await together([expectation, purchase]);
  return [
    row("expect a token and buy in one multicall, repeat", both),
    row("the expectation's part of it", both - (await together([purchase])), BUDGETS.expectToken),
  ];
}

/** A purchase by somebody without an allowance: the permit and the purchase in one transaction. */
async function permitAndBuy(ground: Ground, modelId: bigint): Promise<bigint> {
  const { flock, unapproved: user } = ground;
  const { offering, addresses } = ground.protocol;
  const { chainId } = await ground.connection.ethers.provider.getNetwork();
  const answers = { DOMAIN_SEPARATOR: await flock.DOMAIN_SEPARATOR(), eip712Domain: await flock.eip712Domain() };
  const domain = tokenDomain({ chainId, token: addresses.flock }, answers)!; // it is the local FLOCK
  const terms = { owner: user.address, spender: addresses.offering, value: MaxUint256, deadline: DEADLINE };
  const { v, r, s } = await signPermit(user, domain, { ...terms, nonce: await flock.nonces(user) });
  const calls = [
    offering.interface.encodeFunctionData("permitFlock", [MaxUint256, DEADLINE, v, r, s]),
    offering.interface.encodeFunctionData("buyExactIn", [
      modelId,
      parseEther("100"),
      0n,
      await user.getAddress(),
      DEADLINE,
    ]),
  ];
  return await gasOf(offering.connect(user).multicall(calls));
}
