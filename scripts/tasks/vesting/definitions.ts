import type { TaskDefinition } from "hardhat/types/tasks";

import { model, sendingCommand, text } from "../options.ts";

/** What vests after a graduation. */
export const vestingCommands: TaskDefinition[] = [
  sendingCommand("release", "Release what has vested, or liquidity whose lock has ended, to the holder of the seat")
    .addOption(model)
    .addOption(text("share", "issuer (MT), treasury (MT), protocol (FLOCK) or liquidity (LP tokens)"))
    .setAction(() => import("./release.ts"))
    .build(),
];
