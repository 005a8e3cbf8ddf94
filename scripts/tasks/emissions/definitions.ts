import type { TaskDefinition } from "hardhat/types/tasks";

import { command, model, sendingCommand, text } from "../options.ts";

/** Emissions and usage rewards. */
export const emissionsCommands: TaskDefinition[] = [
  sendingCommand("fund", "Add FLOCK to the budget of emissions")
    .addOption(text("flock", "FLOCK to add; nobody can take it back"))
    .setAction(() => import("./fund.ts"))
    .build(),
  command("emissions", "The budget, and one epoch: scores, shares and pools of its models")
    .addOption(text("epoch", "Number of the epoch, days since 1970 (default: the present one)"))
    .addOption(text("flockPrice", "USD for one FLOCK: say when washing one's own usage would pay"))
    .setAction(() => import("./emissions.ts"))
    .build(),
  command("rewards", "What an account can claim now, and how it came about")
    .addOption(text("account", "Whose rewards: index or address"))
    .addOption(text("days", "How far back to read events, in days (default: 30)"))
    .setAction(() => import("./rewards.ts"))
    .build(),
  sendingCommand("collect", "Pay an account's rewards of several models, or an issuer's bonus")
    .addOption(text("models", "Ids of models, separated by commas (default: all with something to claim)"))
    .addOption(text("account", "Whose rewards; they always go there: index or address (default: the signer)"))
    .addFlag({ name: "issuer", description: "Claim the issuer's bonus of one model, as the holder of its seat" })
    .addOption(text("model", "With --issuer: id of the model"))
    .addOption(text("to", "With --issuer: who receives it, index or address (default: the signer)"))
    .setAction(() => import("./collect.ts"))
    .build(),
  sendingCommand("roll", "Close the epochs that are over, which fills their pools; every claim does it too")
    .addOption(text("model", "Id of one model (default: all)"))
    .setAction(() => import("./roll.ts"))
    .build(),
  sendingCommand("sweep", "End the reserves of a model that nobody earned, 360 days after they have vested")
    .addOption(model)
    .setAction(() => import("./sweep.ts"))
    .build(),
];
