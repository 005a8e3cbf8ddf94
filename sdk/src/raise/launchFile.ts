import type { Hex } from "../codec/hex.ts";
import { FomoError } from "../errors/fomoError.ts";
import { OPENING_MODES } from "../names/enums.ts";
import { DECIMALS, MAX_AMOUNT, exact, unitsOfDecimal } from "../units/numbers.ts";
import type { OpeningMode } from "./curve.ts";
import type { LaunchPlan } from "./launch.ts";

/** What a launch file says: what an issuer decides, amounts as decimal text in the unit that the key names. */
export interface LaunchFileTerms {
  name: string;
  symbol: string;
  tierId: number;
  minimumPriceUsdcPerMillionUnits: string;
  targetFlock: string;
  minimumRaiseFlock: string;
  startPriceFlockPerMt: string;
  /** 7 if left out. */
  saleDurationDays?: number;
  openingMode: OpeningMode;
  /** No bundle if left out. */
  bundleFlock?: string;
  bundleMinimumMt?: string;
  maximumLaunchFeeFlock: string;
  /** Where the document can be read that describes the deployment. */
  metadata: { uri: string };
}

/** [s] */
const DAY = 86_400n;

/**
 * The plan of a launch file for a network whose USDC has that many decimals. Whether the contracts accept it,
 * `checkLaunch` says.
 * @param metadataHash The SHA-256 of the metadata document.
 * @throws FomoError `badValue` whose sentence begins with the key to change.
 */
export function launchPlanOf(terms: LaunchFileTerms, metadataHash: string, usdcDecimals: number): LaunchPlan {
  const { name, symbol, openingMode, metadata, saleDurationDays = 7 } = terms;
  const amount = (key: keyof LaunchFileTerms, typed: unknown, decimals = DECIMALS) => unitsIn(key, typed, decimals);
  if (!Number.isSafeInteger(terms.tierId) || terms.tierId < 1) refuse("`tierId` must be a whole number from 1 on.");
  if (!Number.isSafeInteger(saleDurationDays) || saleDurationDays < 1) {
    refuse("`saleDurationDays` must be a whole number of days, at least 1.");
  }
  if (!OPENING_MODES.includes(openingMode)) {
    refuse(`\`openingMode\` must be ${OPENING_MODES.map((mode) => `"${mode}"`).join(" or ")}.`);
  }
  if (!/^0x[0-9a-f]{64}$/i.test(metadataHash)) {
    refuse("The hash of the metadata document must be 0x and 64 hexadecimal digits.");
  }
  return {
    ...{ name, symbol, openingMode },
    tierId: BigInt(terms.tierId),
    minimumPrice: amount("minimumPriceUsdcPerMillionUnits", terms.minimumPriceUsdcPerMillionUnits, usdcDecimals),
    target: amount("targetFlock", terms.targetFlock),
    minimumRaise: amount("minimumRaiseFlock", terms.minimumRaiseFlock),
    startPriceWad: amount("startPriceFlockPerMt", terms.startPriceFlockPerMt),
    saleDuration: BigInt(saleDurationDays) * DAY,
    bundleFlock: amount("bundleFlock", terms.bundleFlock ?? "0"),
    bundleMtMin: amount("bundleMinimumMt", terms.bundleMinimumMt ?? "0"),
    launchFeeMax: amount("maximumLaunchFeeFlock", terms.maximumLaunchFeeFlock),
    metadataHash: metadataHash as Hex,
    metadataUri: metadata.uri,
  };
}

/** A decimal number of a launch file in the smallest unit of its token. */
function unitsIn(key: string, typed: unknown, decimals: number): bigint {
  if (typeof typed !== "string" || !/^\d+(\.\d+)?$/.test(typed)) {
    return refuse(`\`${key}\` must be a decimal number in quotes, such as "1000" or "0.25".`);
  }
  if ((typed.split(".")[1] ?? "").length > decimals) {
    return refuse(`\`${key}\` must have at most ${decimals} decimals on this network.`);
  }
  const units = unitsOfDecimal(typed, decimals);
  return units <= MAX_AMOUNT
    ? units
    : refuse(`\`${key}\` must be at most ${exact(MAX_AMOUNT, decimals)}: no contract holds more.`);
}

function refuse(sentence: string): never {
  throw new FomoError("badValue", sentence);
}
