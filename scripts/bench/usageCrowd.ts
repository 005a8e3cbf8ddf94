import { parseEther } from "ethers";

import { CROWD_TOLERANCE } from "./budgets.ts";
import { launchMany } from "./crowd.ts";
import type { Crowd } from "./crowd.ts";
import { DEADLINE, passAntiSnipeWindow, undone } from "./ground.ts";
import type { Ground } from "./ground.ts";
import { gatherMembers, goLive, passDays, prepay, settleFor, vouchersOf, walletOf } from "./live.ts";
import type { Live } from "./live.ts";
import { gasOf, rowsOf } from "./measurement.ts";
import type { Measurement } from "./measurement.ts";

/** More than a raise is missing [FLOCK]. */
const EVERYTHING = parseEther("60000");
/** How many calls fit into one transaction, with room to spare. */
const BUYS_PER_BATCH = 100;
const GRADUATIONS_PER_BATCH = 3;
const VOUCHERS_PER_BATCH = 100;
const BATCH_GAS = 16_000_000n;
/** Where the wallets of the crowd begin, after those of members. */
const FIRST_OF_CROWD = 1_000;

/** That a voucher and a claim cost the same whoever else is there. Everything is real; it leaves the chain as it was. */
export async function measureUsageCrowd(
  ground: Ground,
  crowd: Crowd,
  tell: (what: string) => void,
): Promise<Measurement[]> {
  return await undone(ground, async () => {
    const model = await goLive(ground);
    const live = { ...model, members: await gatherMembers(ground, model, 2) };
    const alone = await costOf(ground, live);

    tell(`Graduating ${crowd.offerings.toLocaleString("en-US")} models`);
    const amongModels = await undone(ground, async () => {
      await graduateMany(ground, crowd.offerings);
      return await costOf(ground, live);
    });
    tell(`Settling vouchers of ${crowd.supporters.toLocaleString("en-US")} users`);
    await useByMany(ground, live, crowd.supporters);
    const amongUsers = await costOf(ground, live);

    const row = rowsOf("A voucher, batch of 1, and a claim in a crowd");
    const count = (many: number) => many.toLocaleString("en-US");
    const rows = (where: string, cost: Cost, budget?: Cost) =>
      (Object.keys(WHAT) as (keyof Cost)[]).map((key) =>
        row(`${WHAT[key]}, ${where}`, cost[key], budget === undefined ? null : budget[key] + CROWD_TOLERANCE),
      );
    return [
      ...rows("1 model, 2 users", alone),
      ...rows(`${count(crowd.offerings)} models live`, amongModels, alone),
      ...rows(`${count(crowd.supporters)} users`, amongUsers, alone),
    ];
  });
}

/** What is measured of one user. */
interface Cost {
  voucher: bigint;
  nextDay: bigint;
  claim: bigint;
}

const WHAT: Record<keyof Cost, string> = {
  voucher: "voucher, repeat",
  nextDay: "first voucher of a day",
  claim: "claim that rolls",
};

/** The same deeds of the same user, taken back afterwards. */
async function costOf(ground: Ground, live: Live): Promise<Cost> {
  const { emissions } = ground.protocol;
  const [user] = live.members;
  return await undone(ground, async () => {
    // Two days before, so that every slot of this user has been used.
    for (let day = 0; day < 2; day++) {
      await passDays(ground, 1);
      await settleFor(ground, live, [user!]);
    }
    const voucher = await gasOf(settleFor(ground, live, [user!]));
    await passDays(ground, 1);
    const nextDay = await gasOf(settleFor(ground, live, [user!]));
    await passDays(ground, 1);
    return { voucher, nextDay, claim: await gasOf(emissions.claim(user!.account, [live.modelId])) };
  });
}

/** Launches, fills and graduates models until there are so many, and lets all of them go live. */
async function graduateMany(ground: Ground, many: number): Promise<void> {
  const { offering, registry } = ground.protocol;
  const [buyer] = ground.users;
  await launchMany(ground, many - 1);
  await passAntiSnipeWindow(ground);
  const others = Array.from({ length: many - 1 }, (_, index) => BigInt(index + 2));
  await ground.flock.transfer(buyer!, EVERYTHING * BigInt(many));
  await inBatches(others, BUYS_PER_BATCH, async (ids) => {
    const calls = ids.map((id) =>
      offering.interface.encodeFunctionData("buyExactIn", [id, EVERYTHING, 0n, buyer!.address, DEADLINE]),
    );
    await offering.connect(buyer).multicall(calls, { gasLimit: BATCH_GAS });
  });
  await inBatches(others, GRADUATIONS_PER_BATCH, async (ids) => {
    const calls = ids.map((id) => offering.interface.encodeFunctionData("graduate", [id]));
    await offering.multicall(calls, { gasLimit: BATCH_GAS });
  });
  for (const id of others) await registry.connect(ground.platform).setApiId(id, `crowd-${id.toString()}`);
  const { liveAt } = await registry.usageTermsOf(BigInt(many));
  if (liveAt === 0n) throw new Error(`The last of ${many} models is not live.`);
}

/** Lets users without a stake settle one voucher each. */
async function useByMany(ground: Ground, live: Live, many: number): Promise<void> {
  const { meter } = ground.protocol;
  const wallets = Array.from({ length: many }, (_, index) => walletOf(FIRST_OF_CROWD + index));
  await prepay(
    ground,
    wallets.map(({ address }) => address),
  );
  await inBatches(wallets, VOUCHERS_PER_BATCH, async (some) => {
    const rows = await vouchersOf(
      ground,
      live,
      some.map((signer) => ({ user: signer.address, signer })),
    );
    await meter.connect(ground.platform).settle(live.modelId, rows, { gasLimit: BATCH_GAS });
  });
  const last = wallets.at(-1)!.address;
  const { paid } = await meter.usageOf(last, last, live.modelId);
  if (paid === 0n) throw new Error(`The last of ${many} users has not paid.`);
}

async function inBatches<T>(all: T[], size: number, act: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let done = 0; done < all.length; done += size) await act(all.slice(done, done + size));
}
