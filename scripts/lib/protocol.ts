import { join } from "node:path";

import type { NetworkConnection } from "hardhat/types/network";
import type { ContractRunner } from "ethers";

import {
  LOCAL,
  PARAMETERS_DIR,
  ParameterError,
  readParameters,
  toIgnitionParameters,
} from "../../deploy/config/parameters.ts";
import type { ChainContracts, Parameters } from "../../deploy/config/parameters.ts";
import Fomo from "../../deploy/modules/Fomo.ts";
import LocalChain from "../../deploy/modules/LocalChain.ts";
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
  RealModelOffering__factory,
  RevenueWaterfall__factory,
  VestingVault__factory,
} from "../../typechain-types/index.ts";

/** Addresses of a deployed protocol and of the chain's contracts that it uses. */
export interface ProtocolAddresses {
  accessManager: string;
  registry: string;
  tokenFactory: string;
  vault: string;
  locker: string;
  graduation: string;
  offering: string;
  staking: string;
  meter: string;
  waterfall: string;
  buyback: string;
  emissions: string;
  flock: string;
  usdc: string;
  dexFactory: string;
}

/** Typed contracts of a deployed protocol. */
export type Protocol = ReturnType<typeof connectProtocol>;

/** Binds the addresses of a protocol to their types. `runner` is a provider for reading or a signer for writing. */
export function connectProtocol(addresses: ProtocolAddresses, runner: ContractRunner) {
  return {
    addresses,
    accessManager: AccessManager__factory.connect(addresses.accessManager, runner),
    registry: ModelRegistry__factory.connect(addresses.registry, runner),
    tokenFactory: ModelTokenFactory__factory.connect(addresses.tokenFactory, runner),
    vault: VestingVault__factory.connect(addresses.vault, runner),
    locker: LiquidityLocker__factory.connect(addresses.locker, runner),
    graduation: Graduation__factory.connect(addresses.graduation, runner),
    offering: RealModelOffering__factory.connect(addresses.offering, runner),
    staking: ModelStaking__factory.connect(addresses.staking, runner),
    meter: InferenceMeter__factory.connect(addresses.meter, runner),
    waterfall: RevenueWaterfall__factory.connect(addresses.waterfall, runner),
    buyback: Buyback__factory.connect(addresses.buyback, runner),
    emissions: EmissionDistributor__factory.connect(addresses.emissions, runner),
    flock: IERC20Metadata__factory.connect(addresses.flock, runner),
    usdc: IERC20Metadata__factory.connect(addresses.usdc, runner),
    dexFactory: IUniswapV2Factory__factory.connect(addresses.dexFactory, runner),
  };
}

/** How Ignition goes about a deployment. */
export interface DeploymentOptions {
  /** Name of the deployment's journal; without it nothing is written and nothing can be resumed. */
  deploymentId?: string;
  /** Whether Ignition draws its progress. */
  displayUi?: boolean;
}

/** Deploys what a public chain has already (FLOCK, USDC, Uniswap v2) on an empty chain. The deployer holds both supplies. */
export async function deployLocalChain(connection: NetworkConnection, options: DeploymentOptions = {}) {
  const { flock, usdc, dexFactory, router, pair } = await connection.ignition.deploy(LocalChain, options);
  return {
    flock: await flock.getAddress(),
    usdc: await usdc.getAddress(),
    dexFactory: await dexFactory.getAddress(),
    router: await router.getAddress(),
    pair: await pair.getAddress(),
  };
}

/**
 * Deploys the protocol: contracts, links, roles. The same for the embedded chain, tests, forks and public networks.
 * @param connection Where to deploy; its first account pays and keeps nothing.
 * @param parameters A validated parameter file.
 * @param local The chain's contracts where the file says `local`; they are deployed if it does and this is missing.
 * @throws ParameterError if the parameters do not fit the chain.
 */
export async function deployProtocol(
  connection: NetworkConnection,
  parameters: Parameters,
  local?: { flock: string; usdc: string; dexFactory: string; pair: string },
  options: DeploymentOptions = {},
): Promise<ProtocolAddresses> {
  const { provider } = connection.ethers;
  const { chainId } = await provider.getNetwork();
  if (chainId !== BigInt(parameters.chainId)) {
    throw new ParameterError(`\`chainId\` is ${parameters.chainId}, but this is chain ${chainId}: use its own file.`);
  }
  const needsLocal = [parameters.flock, parameters.usdc, parameters.dexFactory].includes(LOCAL);
  const brought = local ?? (needsLocal ? await deployLocalChain(connection, options) : undefined);
  const pick = (key: "flock" | "usdc" | "dexFactory") => (parameters[key] === LOCAL ? brought![key] : parameters[key]);
  const addresses = { flock: pick("flock"), usdc: pick("usdc"), dexFactory: pick("dexFactory") };

  for (const [key, address] of Object.entries(addresses)) {
    if ((await provider.getCode(address)) === "0x") {
      throw new ParameterError(`\`${key}\` names ${address}, where this chain has no contract: correct the address.`);
    }
  }
  const flockDecimals = await IERC20Metadata__factory.connect(addresses.flock, provider).decimals();
  if (flockDecimals !== 18n) {
    throw new ParameterError(`\`flock\` has ${flockDecimals} decimals, but the curve needs 18: correct the address.`);
  }
  try {
    await IUniswapV2Factory__factory.connect(addresses.dexFactory, provider).allPairsLength();
  } catch {
    throw new ParameterError(
      `\`dexFactory\` names ${addresses.dexFactory}, which is no Uniswap v2 factory: correct it.`,
    );
  }
  const [deployer] = await connection.ethers.getSigners();
  if (deployer !== undefined && (await deployer.getAddress()) === parameters.administrator) {
    throw new ParameterError(
      "`administrator` is the deployer, which gives up its role at the end: name another account.",
    );
  }

  const usdcDecimals = await IERC20Metadata__factory.connect(addresses.usdc, provider).decimals();
  const chain: ChainContracts = {
    ...addresses,
    ...(brought === undefined ? {} : { pair: brought.pair }),
    usdcDecimals: Number(usdcDecimals),
  };
  const deployed = await connection.ignition.deploy(Fomo, {
    ...options,
    parameters: toIgnitionParameters(parameters, chain),
  });
  const addressOf = async (name: keyof typeof deployed) => await deployed[name].getAddress();
  return {
    accessManager: await addressOf("accessManager"),
    registry: await addressOf("registry"),
    tokenFactory: await addressOf("tokenFactory"),
    vault: await addressOf("vault"),
    locker: await addressOf("locker"),
    graduation: await addressOf("graduation"),
    offering: await addressOf("offering"),
    staking: await addressOf("staking"),
    meter: await addressOf("meter"),
    waterfall: await addressOf("waterfall"),
    buyback: await addressOf("buyback"),
    emissions: await addressOf("emissions"),
    ...addresses,
  };
}

/** The parameter file of a network, by its name in `hardhat.config.ts`. */
export function parametersFileOf(networkName: string): string {
  return join(PARAMETERS_DIR, `${networkName}.json5`);
}

/** The parameters of the local chain. */
export function localParameters(): Parameters {
  return readParameters(parametersFileOf("local"));
}
