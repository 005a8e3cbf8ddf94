import { readFileSync } from "node:fs";
import { join, relative } from "node:path";

import { ZeroAddress, formatUnits, getAddress, isAddress, parseUnits } from "ethers";
import { z } from "zod";

import { plain } from "../../sdk/src/text/plainText.ts";
import { Json5Error, parseJson5 } from "./json5.ts";
import { MAX_MIN_RESERVE, unitsOfDecimal } from "../../sdk/src/units/numbers.ts";

/** Decimals of FLOCK and of every Model Token. */
export const FLOCK_DECIMALS = 18;

/** Where the parameter files are: one for each network, named like the network. */
export const PARAMETERS_DIR = join(import.meta.dirname, "..", "parameters");

/** The value in a parameter file that stands for a contract which the deployment of an empty chain brings along. */
export const LOCAL = "local";

const address = z
  .string({ error: "is not known: put the address here before you deploy" })
  .refine(isAddress, { error: "must be an address with a valid checksum", abort: true })
  .refine((value) => value !== ZeroAddress, "must not be the zero address")
  .overwrite((value) => getAddress(value))
  .meta({ pattern: "^0x[0-9a-fA-F]{40}$" }); // for JSON Schema, which knows no checksum
const chainContract = z.union([z.literal(LOCAL), address], {
  error: "is not known on this network: put the address here before you deploy",
});
const DECIMAL_IN_QUOTES = 'must be a decimal number in quotes, such as "1000" or "0.20"';
// What is no number is not compared with the bounds as well.
const amount = z
  .string({ error: DECIMAL_IN_QUOTES })
  .regex(/^\d+(\.\d{1,18})?$/, { error: DECIMAL_IN_QUOTES, abort: true });
/** Of any length: a schema compares what another check of it has refused, too. */
const inWei = (value: string): bigint => unitsOfDecimal(value, FLOCK_DECIMALS);
const amountFrom = (min: string, max: string) =>
  amount.refine((value) => {
    const units = inWei(value);
    return parseUnits(min) <= units && units <= parseUnits(max);
  }, `must be from ${min} to ${max}`);
const WEI_IN_QUOTES = "must be a whole number of wei in quotes";
const minReserve = z
  .string({ error: WEI_IN_QUOTES })
  .regex(/^\d+$/, { error: WEI_IN_QUOTES, abort: true })
  .refine((value) => BigInt(value) <= MAX_MIN_RESERVE, `must be at most ${MAX_MIN_RESERVE.toString()}`);
const whole = (min: number, max: number, sentence?: string) => {
  const error = sentence ?? `must be a whole number from ${min.toString()} to ${max.toString()}`;
  return z.int({ error }).min(min, error).max(max, error);
};
const UNPUBLISHED = "is not known: publish the tier's guarantees and put it here before you deploy";

/** The largest target of a raise, in FLOCK. */
const MAX_TARGET = "500000000";

/** What is wrong with a route: which of its values if it is a list, and otherwise that it is none. */
function routeMistake({ input, errors }: { input?: unknown; errors?: z.core.$ZodIssue[][] }): string {
  const inList = Array.isArray(input) ? errors?.flat().find(({ path }) => path.length !== 0) : undefined;
  return inList === undefined
    ? "is not known on this network: list up to three pairs from USDC to FLOCK before you deploy, or [] to let money wait"
    : `has a mistake: \`${inList.path.join(".")}\` ${inList.message}`;
}

/** A pair of the route. */
const pairOfRoute = z.strictObject({
  pair: address.describe("A pair of Uniswap v2."),
  minReserveWei: minReserve.describe("Below which reserve nothing is bought [wei of the token that goes in]."),
});

/** The terms of a hosting tier. */
const tierTerms = {
  computeCostUsdcPerMillionUnits: amountFrom("0.001", "1000").describe(
    "What inference costs the provider [USDC for a million units].",
  ),
  minMinimumRaiseFlock: amountFrom("1", MAX_TARGET).describe("The least minimum of a raise [FLOCK]."),
  maxTargetFlock: amountFrom("1", MAX_TARGET).describe("The largest target of a raise [FLOCK]."),
  guaranteesUri: z
    .string({ error: UNPUBLISHED })
    .min(1, UNPUBLISHED)
    .describe("Where the tier's guarantees can be read."),
  guaranteesSha256: z
    .string({ error: UNPUBLISHED })
    .regex(/^0x[0-9a-fA-F]{64}$/, "must be 0x and 64 hexadecimal digits")
    .describe("The SHA-256 of exactly that document."),
};

/** Whether a tier allows any raise at all. */
function raiseBoundsAgree(tier: { minMinimumRaiseFlock: string; maxTargetFlock: string }): boolean {
  return inWei(tier.minMinimumRaiseFlock) <= inWei(tier.maxTargetFlock);
}
const RAISE_BOUNDS_DISAGREE = { path: ["minMinimumRaiseFlock"], error: "must not be above maxTargetFlock" };

/** A tier file: what governance proposes for a hosting tier, new or changed. */
export const tierSchema = z
  .strictObject({
    ...tierTerms,
    open: z
      .boolean({ error: "must say whether new models may choose the tier, true or false" })
      .describe("Whether new models may choose the tier."),
  })
  .refine(raiseBoundsAgree, RAISE_BOUNDS_DISAGREE);

/** A validated tier file. */
export type TierFile = z.infer<typeof tierSchema>;

/** A parameter file: addresses, and amounts in the unit that the key names. Bounds are those of the contracts. */
export const parametersSchema = z
  .strictObject({
    chainId: z
      .int({ error: "must be the chain's id" })
      .positive("must be the chain's id")
      .describe("EIP-155 id of the chain."),
    flock: chainContract.describe("The FLOCK token."),
    usdc: chainContract.describe("The USDC token."),
    dexFactory: chainContract.describe("The factory of Uniswap v2, or of a fork with the same pair."),
    administrator: address.describe("Who changes roles and their delays, with 48 hours' notice."),
    governor: address.describe("Who changes settings inside their bounds, with 48 hours' notice."),
    guardian: address.describe("Who pauses what comes in, and cancels what the governor has scheduled."),
    platform: address.describe("Who submits vouchers and records API ids."),
    treasury: address.describe("Who holds the treasury's seat at first."),
    launchFeeFlock: amountFrom("0", "100000").describe("What a launch costs [FLOCK]."),
    creatorFeeBps: whole(0, 100).describe("The issuer's part of each purchase [bps]."),
    protocolFeeBps: whole(0, 200).describe("The protocol's part of each purchase [bps]."),
    antiSnipeStartBps: whole(0, 9_900).describe("The fee on purchases at the start of a sale [bps]."),
    antiSnipeWindowSeconds: whole(0, 21_600).describe("In what time it falls to creator and protocol fee [s]."),
    bundleCapBps: whole(0, 2_500).describe("The largest bundle, of what the minimum raise would sell [bps]."),
    discountCapBps: whole(0, 3_000).describe("The largest discount of a staker [bps]."),
    discountMultiplier: whole(1, 10).describe("A stake's part of all that circulates, times this, is its discount."),
    dailyEmissionFlock: amountFrom("0", "1000000").describe("The emission of a day at most [FLOCK]."),
    maxFlockPerUsdc: amountFrom("0", "1000").describe(
      "What one USDC of own net revenue earns at most [FLOCK per USDC].",
    ),
    maxRewardBps: whole(0, 10_000).describe(
      "The same as a part of its worth at the route's average price; 0 for no such cap [bps].",
    ),
    minimumStakeMt: amountFrom("0", "1000").describe("The least stake with which use is rewarded [MT]."),
    route: z
      .union([z.literal(LOCAL), z.array(pairOfRoute).max(3)], { error: routeMistake })
      .describe("The pairs from USDC to FLOCK; none lets the money wait."),
    flockBurns: z
      .boolean({ error: "is not known: say whether FLOCK has a burn function, true or false" })
      .describe("Whether FLOCK has `burn(uint256)` for every holder; otherwise it goes to the dead address."),
    pairFeeBps: whole(0, 30).describe("The fee of the chain's pairs [bps]."),
    bucketBps: whole(0, 25).describe("The largest lot, of a pair's reserve [bps]."),
    bandBps: whole(9_500, 9_940).describe("The least that a lot brings, of its worth at the average price [bps]."),
    modelMinReserveFlock: amountFrom("0", formatUnits(MAX_MIN_RESERVE)).describe(
      "Below which reserve of a model's pool nothing is bought [FLOCK].",
    ),
    routeRefillSeconds: whole(60, 3_600).describe("In which time a pair of the route lets a whole lot through [s]."),
    modelRefillSeconds: whole(3_600, 86_400).describe("In which time a model's pool lets a whole lot through [s]."),
    firstTier: z
      .strictObject({ provider: address.describe("Who is paid the compute cost."), ...tierTerms })
      .refine(raiseBoundsAgree, RAISE_BOUNDS_DISAGREE)
      .describe("The first hosting tier."),
  })
  .refine(
    ({ antiSnipeStartBps, creatorFeeBps, protocolFeeBps }) => antiSnipeStartBps >= creatorFeeBps + protocolFeeBps,
    {
      path: ["antiSnipeStartBps"],
      error: "must not be below creatorFeeBps and protocolFeeBps together",
    },
  )
  .refine(
    ({ modelMinReserveFlock, firstTier }) => 2n * inWei(modelMinReserveFlock) <= inWei(firstTier.minMinimumRaiseFlock),
    {
      path: ["modelMinReserveFlock"],
      error: "must be at most half of firstTier.minMinimumRaiseFlock, with which a pool may open",
    },
  );

/** A validated parameter file. */
export type Parameters = z.infer<typeof parametersSchema>;

/** The contracts of the chain on which the protocol is deployed. */
export interface ChainContracts {
  flock: string;
  usdc: string;
  dexFactory: string;
  /** The chain's own USDC/FLOCK pair, the zero address if it has none. */
  usdcFlockPair: string;
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
  const shown = plain(relative(process.cwd(), file));
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    throw new ParameterError(`${shown} cannot be read: name an existing parameter file.`);
  }
  let raw: unknown;
  try {
    raw = parseJson5(bytes);
  } catch (error) {
    if (!(error instanceof Json5Error)) throw error;
    throw new ParameterError(`${shown} ${error.message}.`);
  }
  const parsed = parametersSchema.safeParse(raw);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => plain(`${shown}: \`${path.join(".")}\` ${message}.`));
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
  if (chain.usdcFlockPair === ZeroAddress) {
    throw new ParameterError('`route` is "local", but this chain has no USDC/FLOCK pair: list the pairs, or [].');
  }
  return [{ pair: chain.usdcFlockPair, minReserve: parseUnits(LOCAL_MIN_RESERVE_USDC, chain.usdcDecimals) }];
}

/**
 * The terms of a hosting tier as the registry takes them.
 * @throws ParameterError if the compute cost has more decimals than USDC.
 */
export function toTierTerms(tier: TierFile, usdcDecimals: number) {
  const cost = tier.computeCostUsdcPerMillionUnits;
  if ((cost.split(".")[1]?.length ?? 0) > usdcDecimals) {
    throw new ParameterError(
      `\`computeCostUsdcPerMillionUnits\` is ${cost}, but USDC has ${usdcDecimals} decimals here: shorten it.`,
    );
  }
  return {
    computeCost: parseUnits(cost, usdcDecimals),
    minMinimumRaise: parseUnits(tier.minMinimumRaiseFlock, FLOCK_DECIMALS),
    open: tier.open,
    maxTarget: parseUnits(tier.maxTargetFlock, FLOCK_DECIMALS),
    guaranteesHash: tier.guaranteesSha256,
  };
}

/**
 * The parameters in the form that the Ignition modules take: wei, USDC units, seconds. They are global because several
 * modules use the same address.
 */
export function toIgnitionParameters(parameters: Parameters, chain: ChainContracts) {
  const flock = (value: string) => parseUnits(value, FLOCK_DECIMALS);
  const firstTier = toTierTerms({ ...parameters.firstTier, open: true }, chain.usdcDecimals);
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
      maxFlockPerUsdc: flock(parameters.maxFlockPerUsdc),
      maxRewardBps: BigInt(parameters.maxRewardBps),
      minimumStake: flock(parameters.minimumStakeMt),
      route: routeOf(parameters, chain),
      flockBurns: parameters.flockBurns,
      pairFeeBps: BigInt(parameters.pairFeeBps),
      bucketBps: BigInt(parameters.bucketBps),
      bandBps: BigInt(parameters.bandBps),
      modelMinReserve: flock(parameters.modelMinReserveFlock),
      routeRefillDuration: BigInt(parameters.routeRefillSeconds),
      modelRefillDuration: BigInt(parameters.modelRefillSeconds),
      provider: parameters.firstTier.provider,
      tierComputeCost: firstTier.computeCost,
      tierMinMinimumRaise: firstTier.minMinimumRaise,
      tierMaxTarget: firstTier.maxTarget,
      tierGuaranteesHash: firstTier.guaranteesHash,
      tierGuaranteesUri: parameters.firstTier.guaranteesUri,
    },
  };
}
