import type { Result } from "ethers";

import type { Session } from "../chain/session.ts";
import { describeSeat } from "../../../sdk/src/names/seats.ts";
import type { DecodedCall } from "./decodedCall.ts";
import {
  buybackSettings,
  discountSettings,
  emissionSettings,
  launchSettings,
  minimumStakeSetting,
  routeSetting,
} from "./settingValues.ts";
import type { BuybackSettings, DiscountSettings, LaunchSettings, RoutePair } from "./settingValues.ts";
import { tierValues } from "./tierValues.ts";
import type { TierTerms } from "./tierValues.ts";

/** Reads what a call of governance would change. */
type Reader = (session: Session, values: Result) => Promise<DecodedCall>;

/** The calls of governance, each with what holds now, in the units of a parameter file. */
export const SETTING_CALLS: Record<string, Reader> = {
  async "offering.setOfferingSettings"({ protocol: { offering } }, { settings }) {
    const now = await offering.offeringSettings();
    return { title: "Settings of launches", values: launchSettings(now, settings as LaunchSettings) };
  },

  async "staking.setDiscountSettings"({ protocol: { staking } }, { settings }) {
    const now = await staking.discountSettings();
    return { title: "Settings of the discount", values: discountSettings(now, settings as DiscountSettings) };
  },

  async "buyback.setBuybackSettings"({ protocol: { buyback } }, { settings }) {
    const now = await buyback.buybackSettings();
    return { title: "Settings of buybacks", values: buybackSettings(now, settings as BuybackSettings) };
  },

  async "buyback.setRoute"({ protocol: { buyback } }, { route }) {
    const now = await buyback.routePairs();
    return { title: "Route from USDC to FLOCK", values: routeSetting(now, [...(route as RoutePair[])]) };
  },

  async "emissions.setEmissionSettings"({ protocol: { emissions } }, values) {
    const { dailyRate, maxFlockPerUsdc, maxRewardBps } = values as unknown as Record<string, bigint>;
    const then = { dailyEmission: dailyRate!, maxFlockPerUsdc: maxFlockPerUsdc!, maxRewardBps: maxRewardBps! };
    return {
      title: "Rate and caps of emissions",
      values: emissionSettings(await emissions.emissionSettings(), then),
    };
  },

  async "emissions.setMinimumStake"({ protocol: { emissions } }, values) {
    const now = await emissions.minimumStake();
    return { title: "Minimum stake for rewards", values: minimumStakeSetting(now, values[0] as bigint) };
  },

  async "registry.addTier"(session, { terms, provider, guaranteesUri }) {
    return await Promise.resolve({
      title: "New hosting tier",
      values: [
        ...tierValues(undefined, terms as TierTerms, guaranteesUri as string, session.usdcDecimals),
        { key: "provider", from: null, to: provider as string },
      ],
    });
  },

  async "registry.changeTier"({ protocol: { registry }, usdcDecimals }, { tierId, terms, guaranteesUri }) {
    const now = await registry.tierOf(tierId as bigint);
    return {
      title: `Terms of hosting tier ${String(tierId)}`,
      values: tierValues(now, terms as TierTerms, guaranteesUri as string, usdcDecimals),
    };
  },

  async "registry.nameProvider"(session, { tierId, provider }) {
    const { registry } = session.protocol;
    const now = await registry.holderOf(await registry.providerSeatOf(tierId as bigint));
    return {
      title: `Compute provider of hosting tier ${String(tierId)}`,
      values: [{ key: "provider", from: now, to: provider as string }],
    };
  },

  async "registry.nameBuybackHolder"(session, { seat, holder }) {
    const now = await session.protocol.registry.holderOf(seat as string);
    return {
      title: `Holder of ${describeSeat(BigInt(seat as string))}`,
      values: [{ key: "holder", from: now, to: holder as string }],
    };
  },

  async "registry.setApiId"({ protocol: { registry } }, { modelId, apiId }) {
    const now = await registry.apiIdOf(modelId as bigint);
    return {
      title: `API id of model ${String(modelId)}`,
      values: [{ key: "apiId", from: now === "" ? null : now, to: apiId as string }],
    };
  },
};
