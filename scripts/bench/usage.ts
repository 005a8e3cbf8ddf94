import { parseEther } from "ethers";

import { BUDGETS } from "./budgets.ts";
import { undone } from "./ground.ts";
import type { Ground } from "./ground.ts";
import { DAY, gatherMembers, goLive, passDays, settleFor } from "./live.ts";
import type { Live, Member } from "./live.ts";
import { gasOf, rowsOf } from "./measurement.ts";
import type { Measurement } from "./measurement.ts";
import { measureClaims } from "./rewards.ts";
import { gasWithin } from "./trace.ts";

/** The batch for which vouchers have a budget. */
const BATCH = 100;

/** Stakes, vouchers and rewards of a live model. Leaves the chain as it was. */
export async function measureUsage(ground: Ground, tell: (what: string) => void): Promise<Measurement[]> {
  return await undone(ground, async () => {
    const model = await goLive(ground);
    const stakes = await undone(ground, async () => await measureStakes(ground, model));
    tell(`Letting ${BATCH} users stake and sign`);
    const live = { ...model, members: await gatherMembers(ground, model, BATCH) };
    return [
      ...stakes,
      ...(await undone(ground, async () => await measureVouchers(ground, live, "wallet"))),
      ...(await undone(ground, async () => await measureVouchers(ground, live, "key"))),
      ...(await undone(ground, async () => await measureClaims(ground, live))),
    ];
  });
}

async function measureStakes(ground: Ground, { modelId, token }: Omit<Live, "members">): Promise<Measurement[]> {
  const { staking, addresses } = ground.protocol;
  const [holder, other] = ground.users;
  const { time } = ground.connection.networkHelpers;
  const row = rowsOf("Stakes");
  await token.approve(addresses.staking, parseEther("1000000"));
  const amount = parseEther("100");
  await token.transfer(other!, amount);
  // The contract's own balance is no longer zero.
  await token.connect(other).approve(addresses.staking, parseEther("1000000"));
  await staking.connect(other).stake(modelId, amount);

  const stake = async () => await gasOf(staking.connect(holder).stake(modelId, amount));
  const first = await stake();
  const warming = await stake();
  await time.increase(DAY);
  const warm = await stake();
  const exit = await gasOf(staking.connect(holder).requestExit(modelId, amount));
  await time.increase(7 * DAY);
  return [
    row("stake, first", first, BUDGETS.firstStake),
    row("stake, repeat, while the first warms up", warming, BUDGETS.repeatStake),
    row("stake, repeat, after that", warm, BUDGETS.repeatStake),
    row("request an exit", exit),
    row("withdraw", await gasOf(staking.connect(holder).withdraw(modelId))),
  ];
}

/** Vouchers in batches; the users of all of them stake, so every row has its rewards to keep account of. */
async function measureVouchers(ground: Ground, live: Live, signedBy: "wallet" | "key"): Promise<Measurement[]> {
  const { emissions } = ground.protocol.addresses;
  const byKey = signedBy === "key";
  const row = rowsOf(byKey ? "Voucher of an authorised key, gas each" : "Voucher of a user, gas each");
  const each = async (members: Member[]) => {
    const { total, within } = await gasWithin(ground, settleFor(ground, live, members, signedBy), emissions);
    const share = (gas: bigint) => (gas + BigInt(members.length) - 1n) / BigInt(members.length);
    return { all: share(total), before: share(total - within) };
  };

  const first = await each(live.members);
  await passDays(ground, 1);
  const newRewards = await each(live.members);
  const repeat = await each(live.members);
  const ten = await each(live.members.slice(0, 10));
  const one = await each(live.members.slice(0, 1));
  await passDays(ground, 1);
  const nextDay = await each(live.members);
  return [
    row("batch of 100, repeat, before reward bookkeeping *", repeat.before, byKey ? BUDGETS.keyVoucher : BUDGETS.ownVoucher),
    row("batch of 100, repeat, everything", repeat.all, byKey ? null : BUDGETS.voucherWithRewards),
    row("batch of 100, first of a day, before rewards *", nextDay.before, byKey ? BUDGETS.keyVoucher : BUDGETS.ownVoucher),
    row("batch of 100, first of a day, everything", nextDay.all, byKey ? null : BUDGETS.firstVoucherOfDay),
    row("batch of 100, the same, no rewards waiting before", newRewards.all),
    row("batch of 100, first ever of everybody", first.all),
    row("batch of 10, repeat, before reward bookkeeping *", ten.before),
    row("batch of 10, repeat, everything", ten.all),
    row("batch of 1, repeat, before reward bookkeeping *", one.before),
    row("batch of 1, repeat, everything", one.all),
  ]; // prettier-ignore
}
