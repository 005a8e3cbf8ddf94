import type { TaskDefinition } from "hardhat/types/tasks";

import { sendingCommand, text } from "../options.ts";

/** Observations of prices, and buybacks. */
export const buybackCommands: TaskDefinition[] = [
  sendingCommand("poke", "Observe the prices of the route and of every model's pool, where half an hour has passed")
    .addFlag({ name: "route", description: "Only the route from USDC to FLOCK" })
    .addOption(text("model", "Only the pool of this model (with --route: beside the route)"))
    .setAction(() => import("./poke.ts"))
    .build(),
  sendingCommand("buyback", "Buy back one lot and burn it, or watch and do every lot and poke that is due")
    .addFlag({ name: "flock", description: "Buy FLOCK with the FLOCK buyback's USDC and burn it" })
    .addOption(text("model", "Id of a model: buy FLOCK with its USDC, and burn MT bought with its FLOCK"))
    .addOption(text("step", "With --model: only flock or only mt"))
    .addFlag({ name: "watch", description: "Do every lot and poke that is due, until Ctrl-C" })
    .addFlag({ name: "once", description: "With --watch: one round only" })
    .addOption(
      text("slippageBps", "How far a lot may fall behind what is seen now, in hundredths of a percent (default: 50)"),
    )
    .addOption(text("maxMinutes", "How long a transaction may wait, in minutes (default: 5)"))
    .setAction(() => import("./buyback.ts"))
    .build(),
];
