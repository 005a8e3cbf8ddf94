import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import { eventOf } from "../../sdk/src/events/decode.ts";
import { meterDomain } from "../../sdk/src/signing/domains.ts";
import { signVoucher } from "../../sdk/src/signing/voucher.ts";
import type { Voucher } from "../../sdk/src/signing/voucher.ts";
import { paidAt } from "../../sdk/src/staking/discount.ts";
import { DAY } from "./stage.ts";
import type { Stage } from "./stage.ts";

/** One USDC [USDC units]. */
export const USDC = 1_000_000n;
/** What list prices and compute costs are stated for [units]. */
export const MILLION = 1_000_000n;

/** The hour of a day at which scenes are played, so that none of them ends after midnight [s]. */
const MORNING = 6n * 3_600n;

/** What somebody uses of a model between two settlements. */
export interface Use {
  user: HardhatEthersSigner;
  /** The key that signs; without one the user does. */
  key?: HardhatEthersSigner;
  /** [units] */
  units: bigint;
  /** [USDC units] */
  list: bigint;
  /** [USDC units] */
  paid: bigint;
}

/** What a settlement came to [units, USDC units]. */
export interface Settled {
  units: bigint;
  list: bigint;
  paid: bigint;
  net: bigint;
  rows: Voucher[];
}

/** What a list spend costs a user at the discount that the chain quotes, rounded up [USDC units]. */
export async function discounted(
  stage: Stage,
  modelId: bigint,
  user: HardhatEthersSigner,
  list: bigint,
): Promise<bigint> {
  return paidAt(list, await stage.protocol.staking.discountOf(modelId, user));
}

/** Usage of so many USDC of list spend, at the model's price floor and the user's discount. */
export async function useOf(stage: Stage, modelId: bigint, user: HardhatEthersSigner, list: bigint): Promise<Use> {
  const { minimumPrice } = await stage.protocol.registry.usageTermsOf(modelId);
  return { user, list, units: (list * MILLION) / minimumPrice, paid: await discounted(stage, modelId, user, list) };
}

/** Everybody signs, on top of what was settled before, and the platform settles all vouchers in one transaction. */
export async function settle(stage: Stage, modelId: bigint, uses: Use[]): Promise<Settled> {
  const { meter, addresses } = stage.protocol;
  const { chainId } = await stage.connection.ethers.provider.getNetwork();
  const domain = meterDomain({ chainId, addresses });
  const rows: Voucher[] = [];
  for (const { user, key = user, units, list, paid } of uses) {
    const before = await meter.usageOf(user, key, modelId);
    rows.push(
      await signVoucher(key, domain, {
        user: user.address,
        key: key.address,
        modelId,
        units: before.units + units,
        list: before.list + list,
        paid: before.paid + paid,
      }),
    );
  }
  const sent = await meter.connect(stage.people.platform).settle(modelId, rows);
  const { args } = eventOf(stage.protocol, (await sent.wait())!, "meter", "UsageSettled");
  return { units: args.units, list: args.list, paid: args.paid, net: args.net, rows };
}

/** The morning of the day that is so many days after a model went live [s]. */
export async function morningOf(stage: Stage, modelId: bigint, age: bigint): Promise<bigint> {
  const { liveAt } = await stage.protocol.registry.usageTermsOf(modelId);
  return (liveAt / DAY + age) * DAY + MORNING;
}

/** What a deed adds to a balance. */
export async function gained(balance: () => Promise<bigint>, deed: () => Promise<unknown>): Promise<bigint> {
  const before = await balance();
  await deed();
  return (await balance()) - before;
}
