import { getAddress, parseEther, toBeHex } from "ethers";

import { BUDGETS, CROWD_TOLERANCE } from "./budgets.ts";
import { DEADLINE, TERMS, buy, launch, passAntiSnipeWindow, payment, undone } from "./ground.ts";
import type { Ground } from "./ground.ts";
import { gasOf, rowsOf } from "./measurement.ts";
import type { Measurement } from "./measurement.ts";

/** How large the crowd is. */
export interface Crowd {
  offerings: number;
  supporters: number;
}

/** The crowd that was promised. */
export const FULL_CROWD: Crowd = { offerings: 1_000, supporters: 10_000 };

/** How many calls fit into one transaction of at most 2^24 gas (EIP-7825), with room to spare. */
const LAUNCHES_PER_BATCH = 40;
const GIFTS_PER_BATCH = 250;
const BATCH_GAS = 16_000_000n;

/** The first address of the crowd; the others follow. Above the precompiles, and without zero bytes. */
const FIRST_SUPPORTER = 0xfeedfeedfeedfeedfeedfeedfeedfeedfeed0000n;

/** What a purchase costs. */
interface Cost {
  first: bigint;
  repeat: bigint;
}

/** That a purchase costs the same whoever else is there. Launches and purchases are real; it leaves the chain as it was. */
export async function measureCrowd(ground: Ground, crowd: Crowd, tell: (what: string) => void): Promise<Measurement[]> {
  return await undone(ground, async () => {
    await launch(ground);
    await passAntiSnipeWindow(ground);
    await buy(ground, 1n, ground.users[0]!, "100");
    const alone = await costOfBuy(ground, 1n);

    tell(`Launching ${crowd.offerings.toLocaleString("en-US")} offerings`);
    await launchMany(ground, crowd.offerings - 1);
    await passAntiSnipeWindow(ground);
    const amongOfferings = await costOfBuy(ground, 1n);
    const lastModel = await ground.protocol.registry.modelCount();
    await buy(ground, lastModel, ground.users[0]!, "100");
    const ofLastOffering = await costOfBuy(ground, lastModel);

    tell(`Buying for ${crowd.supporters.toLocaleString("en-US")} supporters`);
    await supportByMany(ground, crowd.supporters - 1);
    const amongSupporters = await costOfBuy(ground, 1n);

    const row = rowsOf("A purchase in a crowd");
    const count = (many: number) => many.toLocaleString("en-US");
    const both = (where: string, cost: Cost, budget: Cost) => [
      row(`first, ${where}`, cost.first, budget.first),
      row(`repeat, ${where}`, cost.repeat, budget.repeat),
    ];
    const asAlone = { first: alone.first + CROWD_TOLERANCE, repeat: alone.repeat + CROWD_TOLERANCE };
    return [
      ...both("1 offering, 1 supporter", alone, { first: BUDGETS.firstBuy, repeat: BUDGETS.repeatBuy }),
      ...both(`${count(crowd.offerings)} offerings`, amongOfferings, asAlone),
      ...both(`in the last of ${count(crowd.offerings)} offerings`, ofLastOffering, asAlone),
      ...both(`${count(crowd.supporters)} supporters`, amongSupporters, asAlone),
    ];
  });
}

/** The same two purchases by the same user, taken back afterwards. */
async function costOfBuy(ground: Ground, modelId: bigint): Promise<Cost> {
  return await undone(ground, async () => ({
    first: await gasOf(buy(ground, modelId, ground.users[1]!, "100")),
    repeat: await gasOf(buy(ground, modelId, ground.users[1]!, "100")),
  }));
}

async function launchMany(ground: Ground, many: number): Promise<void> {
  const { offering } = ground.protocol;
  const call = offering.interface.encodeFunctionData("launch", [TERMS, payment()]);
  for (let done = 0; done < many; done += LAUNCHES_PER_BATCH) {
    const calls = Array.from({ length: Math.min(LAUNCHES_PER_BATCH, many - done) }, () => call);
    await offering.connect(ground.issuer).multicall(calls, { gasLimit: BATCH_GAS });
  }
  const launched = await ground.protocol.registry.modelCount();
  if (launched !== BigInt(many + 1)) throw new Error(`${many + 1} offerings were wanted, but there are ${launched}.`);
}

async function supportByMany(ground: Ground, many: number): Promise<void> {
  const { offering } = ground.protocol;
  const supporter = (index: number) => getAddress(toBeHex(FIRST_SUPPORTER + BigInt(index), 20));
  for (let done = 0; done < many; done += GIFTS_PER_BATCH) {
    const calls = Array.from({ length: Math.min(GIFTS_PER_BATCH, many - done) }, (_, index) =>
      offering.interface.encodeFunctionData("buyExactIn", [1n, parseEther("1"), 0n, supporter(done + index), DEADLINE]),
    );
    await offering.connect(ground.users[2]).multicall(calls, { gasLimit: BATCH_GAS });
  }
  const { mt } = await offering.positionOf(1n, supporter(many - 1));
  if (mt === 0n) throw new Error(`The last of ${many} supporters has no position.`);
}
