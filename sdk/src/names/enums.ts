import { FomoError } from "../errors/fomoError.ts";

/** The values of the enum `Outcome` in their order, as are the lists below. */
export const OUTCOMES = ["none", "open", "graduated", "failed"] as const;
/** The values of `OpeningMode`: at which price a pool opens. */
export const OPENING_MODES = ["averagePrice", "curvePrice"] as const;
/** The values of `Share`: what vests after a graduation. */
export const SHARES = ["issuerMt", "treasuryMt", "incentiveReserve", "protocolFlock", "stakingFund"] as const;
/** The values of `Skip`: why the meter skips a row; `SKIP_WORDS` says it in words. */
export const SKIPS = [
  "none",
  "modelNotLive",
  "badSignature",
  "keyNotAuthorized",
  "keyExpired",
  "belowPriceFloor",
  "aboveDiscountCap",
  "nothingNew",
  "keyCapReached",
  "noBalance",
  "noUnits",
] as const;
/** The values of `Wait`: why the buyback buys nothing; `WAIT_WORDS` says it in words. */
export const WAITS = [
  "none",
  "paused",
  "noRoute",
  "noCredit",
  "shallowPool",
  "noObservation",
  "bucketEmpty",
  "priceOff",
] as const;

/** Why a row of a settlement is skipped, in words. */
export const SKIP_WORDS: Record<(typeof SKIPS)[number], string> = {
  none: "it can be collected",
  modelNotLive: "the model has no API id, or has not graduated",
  badSignature: "the signature is not that of the key for exactly these values on this chain",
  keyNotAuthorized: "the user never authorised this key",
  keyExpired: "the key expired 48 hours ago or earlier",
  belowPriceFloor: "the list spend is below the model's minimum price for these units",
  aboveDiscountCap: "what is paid is below the list spend less the largest discount of 30%",
  nothingNew: "everything in it has been collected",
  keyCapReached: "the key has spent its cap",
  noBalance: "the user has no prepaid balance",
  noUnits: "it has list spend and no units, so the compute provider would get nothing",
};

/** Why nothing can be bought back now, in words. */
export const WAIT_WORDS: Record<(typeof WAITS)[number], string> = {
  none: "a lot can be bought",
  paused: "buybacks are paused",
  noRoute: "governance has named no route from USDC to FLOCK",
  noCredit: "nothing waits to be spent",
  shallowPool: "a pool on the way holds less than the least reserve",
  noObservation: "a pool on the way has no usable price observation yet: it takes two, half an hour apart",
  bucketEmpty: "the latest lot has used up what may pass through a pool for now",
  priceOff: "a pool's price is too far from its average",
};

/**
 * The name of an enum's value.
 * @throws FomoError if it is none of them.
 */
export function nameOf<Names extends readonly string[]>(names: Names, value: bigint): Names[number] {
  const name = names[Number(value)];
  if (name === undefined) {
    const shown = value.toString();
    throw new FomoError("unknownAnswer", `The contract returned ${shown}, which this version does not know.`);
  }
  return name;
}
