import type { NetworkConnection } from "hardhat/types/network";

import { measureCrowd } from "./crowd.ts";
import type { Crowd } from "./crowd.ts";
import { measureDeployment } from "./deployment.ts";
import { prepareGround } from "./ground.ts";
import type { Measurement } from "./measurement.ts";
import { measureOutcome } from "./outcome.ts";
import { measureRaise } from "./raise.ts";

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
  const inACrowd = await measureCrowd(ground, crowd, tell);
  return [...raise, ...outcome, ...inACrowd, ...deployment];
}
