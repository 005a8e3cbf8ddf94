import type { ContractRunner } from "ethers";

import type { ProtocolAddresses } from "../../../deploy/config/deployed.ts";
import {
  AccessManager__factory,
  Buyback__factory,
  EmissionDistributor__factory,
  Graduation__factory,
  IERC20Metadata__factory,
  IUniswapV2Factory__factory,
  InferenceMeter__factory,
  LiquidityLocker__factory,
  ModelRegistry__factory,
  ModelStaking__factory,
  ModelTokenFactory__factory,
  ProtocolLens__factory,
  RealModelOffering__factory,
  RevenueWaterfall__factory,
  VestingVault__factory,
} from "../../../typechain-types/bindings.ts";
import { connectLenient } from "../../../sdk/src/ethers/connect.ts";
import { lazily } from "./lazily.ts";

/** Typed contracts of a deployed protocol. */
export type Protocol = ReturnType<typeof connectProtocol>;

/** Binds the addresses of a protocol to their types, each when it is first used: ABIs are long. `runner` is a provider for reading or a signer for writing. */
export function connectProtocol(addresses: ProtocolAddresses, runner: ContractRunner) {
  return lazily({
    addresses: () => addresses,
    accessManager: () => connectLenient(AccessManager__factory, addresses.accessManager, runner),
    registry: () => connectLenient(ModelRegistry__factory, addresses.registry, runner),
    tokenFactory: () => connectLenient(ModelTokenFactory__factory, addresses.tokenFactory, runner),
    vault: () => connectLenient(VestingVault__factory, addresses.vault, runner),
    locker: () => connectLenient(LiquidityLocker__factory, addresses.locker, runner),
    graduation: () => connectLenient(Graduation__factory, addresses.graduation, runner),
    offering: () => connectLenient(RealModelOffering__factory, addresses.offering, runner),
    staking: () => connectLenient(ModelStaking__factory, addresses.staking, runner),
    meter: () => connectLenient(InferenceMeter__factory, addresses.meter, runner),
    waterfall: () => connectLenient(RevenueWaterfall__factory, addresses.waterfall, runner),
    buyback: () => connectLenient(Buyback__factory, addresses.buyback, runner),
    emissions: () => connectLenient(EmissionDistributor__factory, addresses.emissions, runner),
    lens: () => connectLenient(ProtocolLens__factory, addresses.lens, runner),
    flock: () => connectLenient(IERC20Metadata__factory, addresses.flock, runner),
    usdc: () => connectLenient(IERC20Metadata__factory, addresses.usdc, runner),
    dexFactory: () => connectLenient(IUniswapV2Factory__factory, addresses.dexFactory, runner),
  });
}
