import { readFileSync } from "node:fs";
import { join, relative } from "node:path";

import { ZeroAddress, getAddress, isAddress, parseUnits } from "ethers";
import JSON5 from "json5";
import { z } from "zod";

/** Decimals of FLOCK and of every Model Token. */
export const FLOCK_DECIMALS = 18;

/** Where the parameter files are: one for each network, named like the network. */
export const PARAMETERS_DIR = join(import.meta.dirname, "..", "parameters");

/** The value in a parameter file that stands for a contract which the deployment of an empty chain brings along. */
export const LOCAL = "local";

const address = z
  .string({ error: "is not known: put the address here before you deploy" })
  .refine(isAddress, "must be an address with a valid checksum")
  .refine((value) => value !== ZeroAddress, "must not be the zero address")
  .transform((value) => getAddress(value));
const chainContract = z.union([z.literal(LOCAL), address], {
  error: "is not known on this network: put the address here before you deploy",
});
const amount = z.string().regex(/^\d+(\.\d+)?$/, 'must be a decimal number in quotes, such as "1000" or "0.20"');
const whole = (least: number, most: number) => z.int().min(least).max(most);

/** A parameter file: addresses, and amounts in the unit that the key names. Bounds are those of the contracts. */
export const parametersSchema = z.strictObject({
  chainId: z.int().positive(),
  flock: chainContract,
  usdc: chainContract,
  dexFactory: chainContract,
  administrator: address,
  governor: address,
  guardian: address,
  platform: address,
  treasury: address,
  launchFeeFlock: amount,
  creatorFeeBps: whole(0, 100),
  protocolFeeBps: whole(0, 200),
  antiSnipeStartBps: whole(0, 9_900),
  antiSnipeWindowSeconds: whole(0, 21_600),
  bundleCapBps: whole(0, 2_500),
  discountCapBps: whole(0, 3_000),
  discountMultiplier: whole(1, 10),
  dailyEmissionFlock: amount,
  maxFlockPerUsdc: z
    .int({ error: "is required: it decides when washing one's own usage pays, see docs/wash-trading.md" })
    .min(0)
    .max(1_000),
  minimumStakeMt: amount,
  route: z.union([z.literal(LOCAL), z.array(z.strictObject({ pair: address, minReserveWei: amount })).max(3)], {
    error: "is not known on this network: list the pairs from USDC to FLOCK before you deploy, or [] to let money wait",
  }),
  flockBurns: z.boolean({ error: "must say whether FLOCK has a burn function, true or false" }),
  pairFeeBps: whole(0, 100),
  bucketBps: whole(0, 25),
  bandBps: whole(9_500, 9_940),
  modelMinReserveFlock: amount,
  firstTier: z.strictObject({
    provider: address,
    computeCostUsdcPerMillionUnits: amount,
    smallestMinimumFlock: amount,
    largestTargetFlock: amount,
    guaranteesUri: z.string().min(1),
    guaranteesSha256: z.string().regex(/^0x[0-9a-f]{64}$/i, "must be 0x and 64 hexadecimal digits"),
  }),
});

/** A validated parameter file. */
export type Parameters = z.infer<typeof parametersSchema>;

/** The contracts of the chain on which the protocol is deployed. */
export interface ChainContracts {
  flock: string;
  usdc: string;
  dexFactory: string;
  /** The USDC/FLOCK pair of a local chain. */
  pair?: string;
  /** Decimals of USDC: 6 on Base, 18 on BSC. */
  usdcDecimals: number;
}

/** A parameter file that cannot be used; its message has one line per cause. */
export class ParameterError extends Error {}

/**
 * Reads and checks a parameter file.
 * @throws ParameterError naming the file, the key and what to change.
 */
export function readParameters(file: string): Parameters {
  const shown = relative(process.cwd(), file);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    throw new ParameterError(`${shown} cannot be read: name an existing parameter file.`);
  }
  let raw: unknown;
  try {
    raw = JSON5.parse(text);
  } catch (error) {
    throw new ParameterError(`${shown} is not valid JSON5: ${(error as Error).message}`);
  }
  const parsed = parametersSchema.safeParse(raw);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${shown}: \`${issue.path.join(".")}\` ${issue.message}.`);
    throw new ParameterError(lines.join("\n"));
  }
  return parsed.data;
}

/** The least reserve with which the local chain's own pair is used: 1,000 USDC. */
const LOCAL_MIN_RESERVE_USDC = "1000";

/** The route from USDC to FLOCK as the buyback takes it. */
function routeOf(parameters: Parameters, chain: ChainContracts) {
  if (parameters.route !== LOCAL) {
    return parameters.route.map(({ pair, minReserveWei }) => ({ pair, minReserve: BigInt(minReserveWei) }));
  }
  if (chain.pair === undefined)
    throw new ParameterError('`route` is "local", but this chain brings no pair along: list its pairs.');
  return [{ pair: chain.pair, minReserve: parseUnits(LOCAL_MIN_RESERVE_USDC, chain.usdcDecimals) }];
}

/**
 * The parameters in the form that the Ignition modules take: wei, USDC units, seconds. They are global because several
 * modules use the same address.
 */
export function toIgnitionParameters(parameters: Parameters, chain: ChainContracts) {
  const flock = (value: string) => parseUnits(value, FLOCK_DECIMALS);
  return {
    $global: {
      flock: chain.flock,
      usdc: chain.usdc,
      dexFactory: chain.dexFactory,
      administrator: parameters.administrator,
      governor: parameters.governor,
      guardian: parameters.guardian,
      platform: parameters.platform,
      treasury: parameters.treasury,
      launchFee: flock(parameters.launchFeeFlock),
      creatorFeeBps: BigInt(parameters.creatorFeeBps),
      protocolFeeBps: BigInt(parameters.protocolFeeBps),
      antiSnipeStartBps: BigInt(parameters.antiSnipeStartBps),
      antiSnipeWindow: BigInt(parameters.antiSnipeWindowSeconds),
      bundleCapBps: BigInt(parameters.bundleCapBps),
      discountCapBps: BigInt(parameters.discountCapBps),
      discountMultiplier: BigInt(parameters.discountMultiplier),
      usdcUnit: 10n ** BigInt(chain.usdcDecimals),
      dailyEmission: flock(parameters.dailyEmissionFlock),
      maxFlockPerUsdc: BigInt(parameters.maxFlockPerUsdc),
      minimumStake: flock(parameters.minimumStakeMt),
      route: routeOf(parameters, chain),
      flockBurns: parameters.flockBurns,
      pairFeeBps: BigInt(parameters.pairFeeBps),
      bucketBps: BigInt(parameters.bucketBps),
      bandBps: BigInt(parameters.bandBps),
      modelMinReserve: flock(parameters.modelMinReserveFlock),
      provider: parameters.firstTier.provider,
      tierComputeCost: parseUnits(parameters.firstTier.computeCostUsdcPerMillionUnits, chain.usdcDecimals),
      tierSmallestMinimum: flock(parameters.firstTier.smallestMinimumFlock),
      tierLargestTarget: flock(parameters.firstTier.largestTargetFlock),
      tierGuaranteesHash: parameters.firstTier.guaranteesSha256,
      tierGuaranteesUri: parameters.firstTier.guaranteesUri,
    },
  };
}
