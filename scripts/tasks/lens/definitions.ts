import type { TaskDefinition } from "hardhat/types/tasks";

import { command, text } from "../options.ts";

/** What reads across the domains. */
export const lensCommands: TaskDefinition[] = [
  command("status", "The protocol, one model, or one account")
    .addOption(text("model", "Id of one model"))
    .addOption(text("account", "One account: index or address"))
    .setAction(() => import("./status.ts"))
    .build(),
];
