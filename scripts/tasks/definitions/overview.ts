import type { TaskDefinition } from "hardhat/types/tasks";

import { command, text } from "../options.ts";

/** Commands about everything: state, story and measurements. */
export const overviewCommands: TaskDefinition[] = [
  command("status", "The protocol, one model, or one account")
    .addOption(text("model", "Id of one model"))
    .addOption(text("account", "One account: index or address"))
    .setAction(() => import("../overview/status.ts"))
    .build(),
  command("demo", "Play the whitepaper's example on an embedded chain and compare every figure")
    .setAction(() => import("../overview/demo.ts"))
    .build(),
  command("bench", "Measure what every action costs in gas and compare it with its budget")
    .setAction(() => import("../overview/bench.ts"))
    .build(),
];
