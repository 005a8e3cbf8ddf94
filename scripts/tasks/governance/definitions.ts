import type { TaskDefinition } from "hardhat/types/tasks";

import { sendingCommand, text } from "../options.ts";

/** What governance and the guardian decide. */
export const governanceCommands: TaskDefinition[] = [
  sendingCommand("propose", "Schedule a change of settings, tiers or seats as governance, 48 hours ahead")
    .addOption(
      text("parameters", "Parameter file: propose whatever differs from it, such as deploy/parameters/base.json5"),
    )
    .addOption(
      text("tierFile", "Tier file in JSON5, such as deploy/tiers/large.json5: a new tier, or with --tier other terms"),
    )
    .addOption(text("tier", "Id of the hosting tier, with --tier-file or --provider"))
    .addOption(text("provider", "Compute provider of a new tier, or with --tier alone its next: index or address"))
    .addOption(text("seat", "buyback-flock or buyback-model: name another holder for it"))
    .addOption(text("model", "Id of the model, for the seat buyback-model"))
    .addOption(text("holder", "With --seat: who is to hold it, index or address"))
    .setAction(() => import("./propose.ts"))
    .build(),
  sendingCommand("operations", "See what governance has scheduled; execute what is due, or cancel one")
    .addOption(text("operation", "The operation to execute or cancel, as this command lists it"))
    .addFlag({ name: "execute", description: "Execute the operation, or all of the signer's that are due" })
    .addFlag({ name: "cancel", description: "Cancel the operation, as who scheduled it or as the guardian" })
    .setAction(() => import("./operations.ts"))
    .build(),
  sendingCommand("pause", "See what is paused, pause it or lift the pause, as the guardian")
    .addOption(text("what", "launches, buys, deposits or buybacks; exits cannot be paused"))
    .addFlag({ name: "lift", description: "End the pause before it ends by itself" })
    .setAction(() => import("./pause.ts"))
    .build(),
];
