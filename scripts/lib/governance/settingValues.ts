import { exact } from "../../../sdk/src/units/numbers.ts";

/** A value that a call replaces, as a parameter file writes it. */
export interface ChangedValue {
  key: string;
  /** What holds now; null if there is nothing yet. */
  from: string | null;
  to: string;
}

/** Settings of launches as the offering has them [FLOCK wei, bps, s]. */
export interface LaunchSettings {
  launchFee: bigint;
  creatorFeeBps: bigint;
  protocolFeeBps: bigint;
  antiSnipeStartBps: bigint;
  antiSnipeWindow: bigint;
  bundleCapBps: bigint;
}

/** Settings of the discount as staking has them [bps, times]. */
export interface DiscountSettings {
  capBps: bigint;
  multiplier: bigint;
}

/** Settings of buybacks as the buyback has them [bps, FLOCK wei, s]. */
export interface BuybackSettings {
  bucketBps: bigint;
  bandBps: bigint;
  modelMinReserve: bigint;
  routeRefillDuration: bigint;
  modelRefillDuration: bigint;
}

/** A pair of the route and its least reserve [wei of what goes in]. */
export interface RoutePair {
  pair: string;
  minReserve: bigint;
}

/** Settings of emissions that hold or were announced for the next epoch [FLOCK wei, WAD, bps]. */
export interface NextEmission {
  nextDailyRate: bigint;
  nextMaxFlockPerUsdc: bigint;
  nextMaxRewardBps: bigint;
}

/** Settings of emissions as a call names them [FLOCK wei, WAD, bps]. */
export interface WantedEmission {
  dailyEmission: bigint;
  maxFlockPerUsdc: bigint;
  maxRewardBps: bigint;
}

const whole = (value: bigint) => value.toString();

/** A value before and after, both written alike. */
const changed = (key: string, from: bigint, to: bigint, write: (value: bigint) => string): ChangedValue => ({
  key,
  from: write(from),
  to: write(to),
});

/** Settings of launches, now and then. */
export const launchSettings = (now: LaunchSettings, then: LaunchSettings): ChangedValue[] => [
  changed("launchFeeFlock", now.launchFee, then.launchFee, exact),
  changed("creatorFeeBps", now.creatorFeeBps, then.creatorFeeBps, whole),
  changed("protocolFeeBps", now.protocolFeeBps, then.protocolFeeBps, whole),
  changed("antiSnipeStartBps", now.antiSnipeStartBps, then.antiSnipeStartBps, whole),
  changed("antiSnipeWindowSeconds", now.antiSnipeWindow, then.antiSnipeWindow, whole),
  changed("bundleCapBps", now.bundleCapBps, then.bundleCapBps, whole),
];

/** Settings of the discount, now and then. */
export const discountSettings = (now: DiscountSettings, then: DiscountSettings): ChangedValue[] => [
  changed("discountCapBps", now.capBps, then.capBps, whole),
  changed("discountMultiplier", now.multiplier, then.multiplier, whole),
];

/** Settings of buybacks, now and then. */
export const buybackSettings = (now: BuybackSettings, then: BuybackSettings): ChangedValue[] => [
  changed("bucketBps", now.bucketBps, then.bucketBps, whole),
  changed("bandBps", now.bandBps, then.bandBps, whole),
  changed("modelMinReserveFlock", now.modelMinReserve, then.modelMinReserve, exact),
  changed("routeRefillSeconds", now.routeRefillDuration, then.routeRefillDuration, whole),
  changed("modelRefillSeconds", now.modelRefillDuration, then.modelRefillDuration, whole),
];

/** The route from USDC to FLOCK, now and then. */
export const routeSetting = (now: RoutePair[], then: RoutePair[]): ChangedValue[] => [
  { key: "route", from: writtenRoute(now), to: writtenRoute(then) },
];

const writtenRoute = (pairs: RoutePair[]) =>
  JSON.stringify(pairs.map(({ pair, minReserve }) => ({ pair, minReserveWei: minReserve.toString() })));

/** Rate and caps of emissions; what has been announced for the next epoch is what a change replaces. */
export const emissionSettings = (now: NextEmission, then: WantedEmission): ChangedValue[] => [
  changed("dailyEmissionFlock", now.nextDailyRate, then.dailyEmission, exact),
  changed("maxFlockPerUsdc", now.nextMaxFlockPerUsdc, then.maxFlockPerUsdc, exact),
  changed("maxRewardBps", now.nextMaxRewardBps, then.maxRewardBps, whole),
];

/** The minimum stake for rewards, now and then [MT wei]. */
export const minimumStakeSetting = (now: bigint, then: bigint): ChangedValue[] => [
  changed("minimumStakeMt", now, then, exact),
];
