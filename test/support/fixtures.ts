import { network } from "hardhat";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { MaxUint256 } from "ethers";

import { connectAs, connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { deployLocalChain, deployProtocol } from "../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { workedExample } from "../../scripts/lib/offering/workedExample.ts";
import type { LaunchPaymentStruct } from "../../typechain-types/contracts/offering/RealModelOffering.ts";
import { nestedFixtures } from "./snapshots.ts";
import { ANTI_SNIPE_WINDOW, NO_DEADLINE } from "./time.ts";
import { tokens } from "./units.ts";

export { workedExample };

/** One embedded chain for all tests of a process; `loadFixture` rewinds it. */
export const connection = await network.create();
/** That chain's ethers, and what moves its time and rewinds it. */
export const { ethers, networkHelpers } = connection;
networkHelpers.loadFixture = nestedFixtures(connection);

type Tuple<Item, Length extends number, Items extends Item[] = []> = Items["length"] extends Length
  ? Items
  : Tuple<Item, Length, [...Items, Item]>;

/** The first accounts of the embedded chain, which a scene names as it needs them; the deployer comes first. */
export const firstSigners = async () => (await ethers.getSigners()) as Tuple<HardhatEthersSigner, 11>;

/** A launch payment without a bundle that accepts the local launch fee. */
export function launchPayment(overrides: Partial<LaunchPaymentStruct> = {}): LaunchPaymentStruct {
  return { launchFeeMax: tokens(1_000), bundleFlock: 0n, bundleMtMin: 0n, deadline: NO_DEADLINE, ...overrides };
}

/** The protocol on a fresh local chain. Every actor holds FLOCK and has approved the offering. */
export async function protocolFixture() {
  const [deployer, administrator, guardian, treasury, provider, alice, bob, carol, dave, keeper, stranger] =
    await firstSigners();
  const chain = await deployLocalChain(connection);
  const addresses = await deployProtocol(connection, localParameters(), chain);
  const protocol = connectProtocol(addresses, keeper);
  const flock = connectAs("flock", addresses.flock, deployer);
  const usdc = connectAs("usdc", addresses.usdc, deployer);
  for (const actor of [alice, bob, carol, dave]) {
    await flock.transfer(actor, tokens(10_000_000));
    await flock.connect(actor).approve(addresses.offering, MaxUint256);
  }
  return {
    ...protocol,
    flock,
    usdc,
    router: chain.router,
    deployer,
    administrator,
    guardian,
    treasury,
    provider,
    alice,
    bob,
    carol,
    dave,
    keeper,
    stranger,
  };
}

/** An open offering of Alice's: the worked example, model 1, past the anti-sniping window. */
export async function openOfferingFixture() {
  const f = await networkHelpers.loadFixture(protocolFixture);
  await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
  await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
  return { ...f, modelId: 1n };
}

/** A graduated model: Bob bought with 1,000 FLOCK, Carol the rest; nobody has claimed. */
export async function graduatedFixture() {
  const f = await networkHelpers.loadFixture(openOfferingFixture);
  await f.offering.connect(f.bob).buyExactIn(f.modelId, tokens(1_000), 0n, f.bob, NO_DEADLINE);
  await f.offering.connect(f.carol).buyExactIn(f.modelId, tokens(100_000), 0n, f.carol, NO_DEADLINE);
  await f.offering.graduate(f.modelId);
  const { token } = await f.lens.raiseOf(f.modelId);
  return { ...f, token };
}
