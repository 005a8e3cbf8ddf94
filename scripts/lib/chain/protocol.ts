import { join } from "node:path";

import type { NetworkConnection } from "hardhat/types/network";
import { isError } from "ethers";
import type { ContractRunner } from "ethers";

import type { ProtocolAddresses } from "../../../deploy/config/deployed.ts";
import {
  FLOCK_DECIMALS,
  LOCAL,
  PARAMETERS_DIR,
  ParameterError,
  readParameters,
  toIgnitionParameters,
} from "../../../deploy/config/parameters.ts";
import type { ChainContracts, Parameters } from "../../../deploy/config/parameters.ts";
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
import { connectLenient } from "../decode/lenient.ts";
import { chainJournalOf } from "../deployment/place.ts";
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

/** How Ignition goes about a deployment. */
export interface DeploymentOptions {
  /** Name of the deployment's journal; without it nothing is written and nothing can be resumed. */
  deploymentId?: string;
  /** Whether Ignition draws its progress. */
  displayUi?: boolean;
}

/** Deploys what a public chain has already (FLOCK, USDC, Uniswap v2) on an empty chain. The deployer holds both supplies. */
export async function deployLocalChain(connection: NetworkConnection, options: DeploymentOptions = {}) {
  // Ignition takes a third of a second to load: commands that do not deploy are spared it.
  const { default: LocalChain } = await import("../../../deploy/modules/LocalChain.ts");
  const { flock, usdc, dexFactory, router } = await connection.ignition.deploy(LocalChain, options);
  return {
    flock: await flock.getAddress(),
    usdc: await usdc.getAddress(),
    dexFactory: await dexFactory.getAddress(),
    router: await router.getAddress(),
  };
}

/**
 * The chain's contracts have a journal of their own: in a shared one Ignition takes what is left to do of the protocol
 * for a failure of the chain, and never gets to it.
 */
function chainOptions({ deploymentId, ...options }: DeploymentOptions): DeploymentOptions {
  return deploymentId === undefined ? options : { ...options, deploymentId: chainJournalOf(deploymentId) };
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
  local?: { flock: string; usdc: string; dexFactory: string },
  options: DeploymentOptions = {},
): Promise<ProtocolAddresses> {
  await requireUsable(connection, parameters);
  const needsLocal = CHAIN_CONTRACTS.some((key) => parameters[key] === LOCAL);
  const brought = local ?? (needsLocal ? await deployLocalChain(connection, chainOptions(options)) : undefined);
  const pick = (key: ChainContract) => (parameters[key] === LOCAL ? brought![key] : parameters[key]);
  const addresses = { flock: pick("flock"), usdc: pick("usdc"), dexFactory: pick("dexFactory") };
  const { provider } = connection.ethers;

  const chain = await chainContractsOf(provider, addresses);
  const { default: Fomo } = await import("../../../deploy/modules/Fomo.ts");
  const deployed = await connection.ignition.deploy(Fomo, {
    ...options,
    parameters: toIgnitionParameters(parameters, chain),
  });
  const contracts = Object.entries(deployed) as [keyof typeof deployed, { getAddress(): Promise<string> }][];
  return Object.fromEntries(
    await Promise.all(contracts.map(async ([name, contract]) => [name, await contract.getAddress()])),
  ) as ProtocolAddresses;
}

/** What a deployment takes from its chain. */
export async function chainContractsOf(
  provider: ContractRunner,
  { flock, usdc, dexFactory }: { flock: string; usdc: string; dexFactory: string },
): Promise<ChainContracts> {
  const factory = IUniswapV2Factory__factory.connect(dexFactory, provider);
  return {
    flock,
    usdc,
    dexFactory,
    usdcFlockPair: await factory.getPair(usdc, flock),
    usdcDecimals: await decimalsOf("usdc", usdc, provider),
  };
}

/** Checks what the parameters say about the chain, before anything is sent. */
async function requireUsable(connection: NetworkConnection, parameters: Parameters): Promise<void> {
  const { provider } = connection.ethers;
  const { chainId } = await provider.getNetwork();
  if (chainId !== BigInt(parameters.chainId) && parameters.flock !== LOCAL) {
    throw new ParameterError(
      `\`chainId\` is ${parameters.chainId.toString()}, but this is chain ${chainId.toString()}: use the file of this network.`,
    );
  }
  for (const key of CHAIN_CONTRACTS) {
    const address = parameters[key];
    if (address !== LOCAL && (await provider.getCode(address)) === "0x") {
      throw new ParameterError(`\`${key}\` names ${address}, where this chain has no contract: correct the address.`);
    }
  }
  if (parameters.usdc !== LOCAL) await decimalsOf("usdc", parameters.usdc, provider);
  if (parameters.flock !== LOCAL) {
    const flockDecimals = await decimalsOf("flock", parameters.flock, provider);
    if (flockDecimals !== FLOCK_DECIMALS) {
      throw new ParameterError(`\`flock\` has ${flockDecimals} decimals, but the curve needs 18: correct the address.`);
    }
  }
  if (parameters.dexFactory !== LOCAL) await requireFactory(parameters.dexFactory, provider);
  const [deployer] = await connection.ethers.getSigners();
  if (deployer?.address === parameters.administrator) {
    throw new ParameterError(
      "`administrator` is the deployer, which gives up its role at the end: name another account.",
    );
  }
}

/** A wrong factory would make every graduation revert, and its address is immutable. */
async function requireFactory(address: string, provider: ContractRunner): Promise<void> {
  try {
    await IUniswapV2Factory__factory.connect(address, provider).allPairsLength();
  } catch (error) {
    if (!answersOtherwise(error)) throw error;
    throw new ParameterError(`\`dexFactory\` names ${address}, which is no Uniswap v2 factory: correct the address.`);
  }
}

/** Decimals of a token that a parameter names. */
async function decimalsOf(key: ChainContract, address: string, provider: ContractRunner): Promise<number> {
  try {
    return Number(await IERC20Metadata__factory.connect(address, provider).decimals());
  } catch (error) {
    // What answers otherwise than a token would is no token; other errors are the connection's.
    if (!answersOtherwise(error)) throw error;
    throw new ParameterError(`\`${key}\` names ${address}, which is no ERC-20 token: correct the address.`);
  }
}

/** Whether a contract refused a call or answered something else: it is not what it was taken for. */
function answersOtherwise(error: unknown): boolean {
  const isEmbedded = error instanceof Error && error.name === "SolidityError";
  return isEmbedded || isError(error, "BAD_DATA") || isError(error, "CALL_EXCEPTION");
}

/** The parameters that name contracts of the chain. */
const CHAIN_CONTRACTS = ["flock", "usdc", "dexFactory"] as const;
type ChainContract = (typeof CHAIN_CONTRACTS)[number];

/** The parameter file of a network, by its name in `hardhat.config.ts`. */
export function parametersFileOf(networkName: string): string {
  return join(PARAMETERS_DIR, `${networkName}.json5`);
}

/** The parameters of the local chain. */
export function localParameters(): Parameters {
  return readParameters(parametersFileOf("local"));
}
