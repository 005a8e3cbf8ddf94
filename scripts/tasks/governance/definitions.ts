import type { TaskDefinition } from "hardhat/types/tasks";

import { command, governedCommand, text } from "../options.ts";

/** What governance and the guardian decide. */
export const governanceCommands: TaskDefinition[] = [
  governedCommand("propose", "Schedule a change of settings, tiers or seats as governance, 48 hours ahead")
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
  governedCommand("operations", "See what governance has scheduled; execute what is due, or cancel one")
    .addOption(text("operation", "The operation to execute or cancel, as this command lists it"))
    .addFlag({ name: "execute", description: "Execute the operation, or all of the signer's that are due" })
    .addFlag({ name: "cancel", description: "Cancel the operation, as who scheduled it or as the guardian" })
    .setAction(() => import("./operations.ts"))
    .build(),
  governedCommand("pause", "See what is paused, pause it or lift the pause, as the guardian")
    .addOption(text("what", "launches, buys, deposits or buybacks; exits cannot be paused"))
    .addFlag({ name: "lift", description: "End the pause before it ends by itself" })
    .setAction(() => import("./pause.ts"))
    .build(),
  command("roles", "See who holds which role with which delay, what it may call, and what differs from the role table")
    .setAction(() => import("./roles.ts"))
    .build(),
  governedCommand(
    "handover-roles",
    "Move every role to its final holder, as far as possible now, and prove it at the end",
  )
    .addOption(text("parameters", "Parameter file whose administrator, governor, guardian and platform are final"))
    .addOption(text("administrator", "Final administrator, index or address (default: who holds the role now)"))
    .addOption(text("governor", "Final governor, index or address (default: who holds the role now)"))
    .addOption(text("guardian", "Final guardian, index or address (default: who holds the role now)"))
    .addOption(text("platform", "Final platform, index or address (default: who holds the role now)"))
    .setAction(() => import("./handoverRoles.ts"))
    .build(),
];
