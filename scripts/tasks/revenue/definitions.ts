import type { TaskDefinition } from "hardhat/types/tasks";

import { governedCommand, text } from "../options.ts";

/** What becomes of revenue: the credits of seats. */
export const revenueCommands: TaskDefinition[] = [
  governedCommand("credits", "See what revenue has been credited to the seats, or claim a seat's credit")
    .addOption(text("seat", "issuer, treasury, provider, buyback-flock, buyback-model, or the 32 bytes of a seat"))
    .addOption(text("model", "Id of the model, for the seats issuer and buyback-model"))
    .addOption(text("tier", "Id of the hosting tier, for the seat provider"))
    .addFlag({ name: "claim", description: "Claim the seat's credit as its holder" })
    .addOption(text("usdc", "With --claim: USDC to claim (default: all)"))
    .addOption(text("to", "With --claim: who receives it, index or address (default: the signer)"))
    .setAction(() => import("./credits.ts"))
    .build(),
];
