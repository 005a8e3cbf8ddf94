import { toIgnitionParameters } from "../../../deploy/config/parameters.ts";
import type { Parameters } from "../../../deploy/config/parameters.ts";
import { chainContractsOf } from "../deployment/preflight/chainContracts.ts";
import type { Session } from "../chain/session.ts";
import {
  buybackSettings,
  discountSettings,
  emissionSettings,
  launchSettings,
  minimumStakeSetting,
  routeSetting,
} from "./settingValues.ts";
import type { ChangedValue } from "./settingValues.ts";

/** One call that governance makes, behind its delay. */
export interface Change {
  /** What it does, for people. */
  title: string;
  target: string;
  /** The call. */
  data: string;
  values: ChangedValue[];
}

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

  const discountWanted = { capBps: wanted.discountCapBps, multiplier: wanted.discountMultiplier };
  const changes = [
    change("Settings of launches", addresses.offering, {
      settings: launchSettings(launches, wanted),
      data: offering.interface.encodeFunctionData("setOfferingSettings", [wanted]),
    }),
    change("Settings of the discount", addresses.staking, {
      settings: discountSettings(discount, discountWanted),
      data: staking.interface.encodeFunctionData("setDiscountSettings", [discountWanted]),
    }),
    change("Settings of buybacks", addresses.buyback, {
      settings: buybackSettings(lots, wanted),
      data: buyback.interface.encodeFunctionData("setBuybackSettings", [wanted]),
    }),
    change("Route from USDC to FLOCK", addresses.buyback, {
      settings: routeSetting(route, wanted.route),
      data: buyback.interface.encodeFunctionData("setRoute", [wanted.route]),
    }),
    change("Rate and caps of emissions", addresses.emissions, {
      settings: emissionSettings(emission, wanted),
      data: emissions.interface.encodeFunctionData("setEmissionSettings", [
        wanted.dailyEmission,
        wanted.maxFlockPerUsdc,
        wanted.maxRewardBps,
      ]),
    }),
    change("Minimum stake for rewards", addresses.emissions, {
      settings: minimumStakeSetting(minimumStake, wanted.minimumStake),
      data: emissions.interface.encodeFunctionData("setMinimumStake", [wanted.minimumStake]),
    }),
  ];
  return changes.filter((found) => found !== null);
}

/** A call that sets several settings at once; null if all of them agree already. */
function change(title: string, target: string, call: { settings: ChangedValue[]; data: string }): Change | null {
  const values = call.settings.filter(({ from, to }) => from !== to);
  return values.length === 0 ? null : { title, target, data: call.data, values };
}
