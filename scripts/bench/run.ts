import type { NetworkConnection } from "hardhat/types/network";

import { measureBuybacks } from "./buyback.ts";
import { measureCrowd } from "./crowd.ts";
import type { Crowd } from "./crowd.ts";
import { measureDeployment } from "./deployment.ts";
import { prepareGround } from "./ground.ts";
import type { Measurement } from "./measurement.ts";
import { measureOutcome } from "./outcome.ts";
import { measureRaise } from "./raise.ts";
import { measureUsage } from "./usage.ts";
import { measureUsageCrowd } from "./usageCrowd.ts";

/** Measures everything on a fresh chain. */
export async function runBench(
  connection: NetworkConnection,
  crowd: Crowd,
  tell: (what: string) => void,
): Promise<Measurement[]> {
  tell("Deploying the protocol on an embedded chain");
  const ground = await prepareGround(connection);
  const deployment = await measureDeployment(ground);
  tell("Launching and buying");
  const raise = await measureRaise(ground);
  tell("Graduating, claiming, releasing, refunding");
  const outcome = await measureOutcome(ground);
  tell("Going live, staking");
  const usage = await measureUsage(ground, tell);
  tell("Buying back");
  const buybacks = await measureBuybacks(ground);
  const inACrowd = await measureCrowd(ground, crowd, tell);
  const usageInACrowd = await measureUsageCrowd(ground, crowd, tell);
  return [...raise, ...outcome, ...usage, ...buybacks, ...inACrowd, ...usageInACrowd, ...deployment];
}
