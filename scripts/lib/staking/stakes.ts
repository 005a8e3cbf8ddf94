import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { jsonMt, jsonRate, jsonTime } from "../command/amounts.ts";
import { showMt, showPercent, showTime } from "../../../sdk/src/units/show.ts";
import { CommandError } from "../command/commandError.ts";
import type { Session } from "../chain/session.ts";

/** A user's stake in one model and what it brings, as of now. */
export async function stakeOf({ protocol: { staking }, now }: Session, modelId: bigint, user: string) {
  const [counts, record, discountWad, circulating, settings] = await Promise.all([
    staking.stakeOf(modelId, user, now),
    staking.stakeRecordOf(modelId, user, now),
    staking.discountOf(modelId, user, now),
    staking.circulatingSupply(modelId, now),
    staking.discountSettings(),
  ]);
  return { counts, record, discountWad, circulating, capBps: settings.capBps, multiplier: settings.multiplier };
}

/** A stake and the circulating supply [MT wei], its discount [WAD], and the settings of the discount [bps, M]. */
export type StakeView = Awaited<ReturnType<typeof stakeOf>>;

/** A stake in words, one pair a line. */
export function describeStake(view: StakeView): Record<string, string> {
  const { record, counts, discountWad } = view;
  return {
    "counts now": showMt(counts),
    ...(record.warming === 0n ? {} : { "warming up": `${showMt(record.warming)} until ${showTime(record.warmAt)}` }),
    ...(record.exiting === 0n
      ? {}
      : { "on its way out": `${showMt(record.exiting)}, to be withdrawn from ${showTime(record.withdrawableAt)} on` }),
    discount: showPercent(discountWad),
  };
}

/** A stake in a JSON document. */
export function jsonStake({ record, counts, discountWad }: StakeView) {
  return {
    ...jsonMt("stake", counts),
    ...jsonMt("warming", record.warming),
    ...jsonTime("warmAt", record.warming === 0n ? null : record.warmAt),
    ...jsonMt("exiting", record.exiting),
    ...jsonTime("withdrawableAt", record.exiting === 0n ? null : record.withdrawableAt),
    ...jsonRate("discount", discountWad),
  };
}

/** The token of a graduated model. */
export async function tokenOf({ protocol, connection }: Session, modelId: bigint) {
  const [address, graduatedAt] = await protocol.vault.recordOf(modelId);
  if (graduatedAt === 0n) {
    throw new CommandError(`Model ${modelId.toString()} has not graduated, so there is nothing to stake.`);
  }
  return connectAs("modelToken", address, connection.ethers.provider);
}
