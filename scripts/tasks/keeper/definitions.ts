import type { TaskDefinition } from "hardhat/types/tasks";

import { sendingCommand, text } from "../options.ts";

/** Everything that anybody can do for the protocol. */
export const keeperCommands: TaskDefinition[] = [
  sendingCommand("keeper", "Do all that is due: graduations, failures, rolls, observations, lots, until Ctrl-C")
    .addFlag({ name: "once", description: "One round only" })
    .addOption(text("maxGasPerDay", "Gas that may be spent in a day of UTC (default: no limit)"))
    .addOption(text("maxUsdPerDay", "USD that may be spent on gas in a day of UTC (default: no limit)"))
    .addOption(text("ethUsd", "What one of the chain's currency costs, in USD; without it everything is worth its gas"))
    .addOption(
      text("minWorth", "With --eth-usd: how many times its gas a lot or a roll must be worth to be done (default: 1)"),
    )
    .addOption(
      text("store", "As the platform: also settle from this gateway's store, postgres://… or the gateway's address"),
    )
    .addOption(text("minUsdc", "With --store: collect from users who owe this much, or are in a hurry"))
    .addOption(text("maxAgeHours", "With --store: also from users who have owed something for so long"))
    .addOption(text("settleMinutes", "With --store: from one settlement to the next, in minutes (default: 60)"))
    .addOption(text("intervalSeconds", "From the end of a round to the next one, in seconds (default: 15)"))
    .addOption(text("metricsPort", "Port on 127.0.0.1 for /metrics and /healthz (default: none)"))
    .addOption(
      text("slippageBps", "How far a lot may fall behind what is seen now, in hundredths of a percent (default: 50)"),
    )
    .addOption(text("maxMinutes", "How long the transaction of a lot may wait, in minutes (default: 5)"))
    .setAction(() => import("./keeper.ts"))
    .build(),
];
