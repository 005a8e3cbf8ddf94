import { toIgnitionParameters } from "../../../deploy/config/parameters.ts";
import type { Parameters } from "../../../deploy/config/parameters.ts";
import { exact } from "../command/amounts.ts";
import { chainContractsOf } from "../deployment/preflight/chainContracts.ts";
import type { Session } from "../chain/session.ts";

/** A value that a change replaces, as a parameter file writes it. */
export interface ChangedValue {
  key: string;
  /** What holds now; null if there is nothing yet. */
  from: string | null;
  to: string;
}

/** One call that governance makes, behind its delay. */
export interface Change {
  /** What it does, for people. */
  title: string;
  target: string;
  /** The call. */
  data: string;
  values: ChangedValue[];
}

/** A setting of a contract and how a parameter file writes it. */
interface Setting {
  key: string;
  from: bigint;
  to: bigint;
  show: (value: bigint) => string;
}

const plain = (value: bigint) => value.toString();

/**
 * The calls that bring the settings of the chain to those of a parameter file, in the order of the contracts; none for
 * what agrees already. Tiers, people and what is immutable are not compared.
 */
export async function settingChanges(session: Session, parameters: Parameters): Promise<Change[]> {
  const { offering, staking, buyback, emissions, addresses } = session.protocol;
  const chain = await chainContractsOf(session.connection.ethers.provider, addresses);
  const { $global: wanted } = toIgnitionParameters(parameters, chain);
  const [launches, discount, lots, route, emission, minimumStake] = await Promise.all([
    offering.offeringSettings(),
    staking.discountSettings(),
    buyback.buybackSettings(),
    buyback.routePairs(),
    emissions.emissionSettings(),
    emissions.minimumStake(),
  ]);

  const changes = [
    change("Settings of launches", addresses.offering, {
      settings: [
        { key: "launchFeeFlock", from: launches.launchFee, to: wanted.launchFee, show: exact },
        { key: "creatorFeeBps", from: launches.creatorFeeBps, to: wanted.creatorFeeBps, show: plain },
        { key: "protocolFeeBps", from: launches.protocolFeeBps, to: wanted.protocolFeeBps, show: plain },
        { key: "antiSnipeStartBps", from: launches.antiSnipeStartBps, to: wanted.antiSnipeStartBps, show: plain },
        { key: "antiSnipeWindowSeconds", from: launches.antiSnipeWindow, to: wanted.antiSnipeWindow, show: plain },
        { key: "bundleCapBps", from: launches.bundleCapBps, to: wanted.bundleCapBps, show: plain },
      ],
      data: offering.interface.encodeFunctionData("setOfferingSettings", [wanted]),
    }),
    change("Settings of the discount", addresses.staking, {
      settings: [
        { key: "discountCapBps", from: discount.capBps, to: wanted.discountCapBps, show: plain },
        { key: "discountMultiplier", from: discount.multiplier, to: wanted.discountMultiplier, show: plain },
      ],
      data: staking.interface.encodeFunctionData("setDiscountSettings", [
        { capBps: wanted.discountCapBps, multiplier: wanted.discountMultiplier },
      ]),
    }),
    change("Settings of buybacks", addresses.buyback, {
      settings: [
        { key: "bucketBps", from: lots.bucketBps, to: wanted.bucketBps, show: plain },
        { key: "bandBps", from: lots.bandBps, to: wanted.bandBps, show: plain },
        { key: "modelMinReserveFlock", from: lots.modelMinReserve, to: wanted.modelMinReserve, show: exact },
        { key: "routeRefillSeconds", from: lots.routeRefillDuration, to: wanted.routeRefillDuration, show: plain },
        { key: "modelRefillSeconds", from: lots.modelRefillDuration, to: wanted.modelRefillDuration, show: plain },
      ],
      data: buyback.interface.encodeFunctionData("setBuybackSettings", [wanted]),
    }),
    routeChange(),
    // What has been announced for the next epoch is what a change replaces.
    change("Rate and caps of emissions", addresses.emissions, {
      settings: [
        { key: "dailyEmissionFlock", from: emission.nextDailyRate, to: wanted.dailyEmission, show: exact },
        { key: "maxFlockPerUsdc", from: emission.nextMaxFlockPerUsdc, to: wanted.maxFlockPerUsdc, show: exact },
        { key: "maxRewardBps", from: emission.nextMaxRewardBps, to: wanted.maxRewardBps, show: plain },
      ],
      data: emissions.interface.encodeFunctionData("setEmissionSettings", [
        wanted.dailyEmission,
        wanted.maxFlockPerUsdc,
        wanted.maxRewardBps,
      ]),
    }),
    change("Minimum stake for rewards", addresses.emissions, {
      settings: [{ key: "minimumStakeMt", from: minimumStake, to: wanted.minimumStake, show: exact }],
      data: emissions.interface.encodeFunctionData("setMinimumStake", [wanted.minimumStake]),
    }),
  ];
  return changes.filter((found) => found !== null);

  function routeChange(): Change | null {
    const write = (pairs: { pair: string; minReserve: bigint }[]) =>
      JSON.stringify(pairs.map(({ pair, minReserve }) => ({ pair, minReserveWei: minReserve.toString() })));
    const [from, to] = [write(route), write(wanted.route)];
    if (from === to) return null;
    return {
      title: "Route from USDC to FLOCK",
      target: addresses.buyback,
      data: buyback.interface.encodeFunctionData("setRoute", [wanted.route]),
      values: [{ key: "route", from, to }],
    };
  }
}

/** A call that sets several settings at once; null if all of them agree already. */
function change(title: string, target: string, call: { settings: Setting[]; data: string }): Change | null {
  const values = call.settings
    .filter(({ from, to }) => from !== to)
    .map(({ key, from, to, show }) => ({ key, from: show(from), to: show(to) }));
  return values.length === 0 ? null : { title, target, data: call.data, values };
}
