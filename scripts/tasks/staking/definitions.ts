import type { TaskDefinition } from "hardhat/types/tasks";

import { command, model, permit, sendingCommand, text } from "../options.ts";

/** Stakes, and the discount that they bring. */
export const stakingCommands: TaskDefinition[] = [
  sendingCommand("stake", "Stake MT of a graduated model, for a discount and for rewards; it counts in 24 hours")
    .addOption(model)
    .addOption(text("amount", "MT to stake (default: all that the signer has)"))
    .addFlag({ name: "claim", description: "Claim the signer's position of the raise first" })
    .addFlag(permit)
    .setAction(() => import("./stake.ts"))
    .build(),
  sendingCommand("unstake", "Ask a stake back; after 7 days it can be withdrawn")
    .addOption(model)
    .addOption(text("amount", "MT to ask back or put back (default: all)"))
    .addFlag({ name: "cancel", description: "Put back what is on its way out; it warms up anew" })
    .addFlag({ name: "withdraw", description: "Withdraw all that is on its way out, after the cooldown" })
    .setAction(() => import("./unstake.ts"))
    .build(),
  command("discount", "A user's discount on a model as an API gateway reads it, and what it is made of")
    .addOption(model)
    .addOption(text("account", "Whose discount: index or address"))
    .setAction(() => import("./discount.ts"))
    .build(),
];
