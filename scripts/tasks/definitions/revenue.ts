import type { TaskDefinition } from "hardhat/types/tasks";

import { sendingCommand, text } from "../options.ts";

/** What becomes of revenue: credits of seats, and the buyback. */
export const revenueCommands: TaskDefinition[] = [
  sendingCommand("credits", "See what revenue has been credited to the seats, or claim a seat's credit")
    .addOption(text("seat", "issuer, treasury, provider, buyback-flock, buyback-model, or the 32 bytes of a seat"))
    .addOption(text("model", "Id of the model, for the seats issuer and buyback-model"))
    .addOption(text("tier", "Id of the hosting tier, for the seat provider"))
    .addFlag({ name: "claim", description: "Claim the seat's credit as its holder" })
    .addOption(text("usdc", "With --claim: USDC to claim (default: all)"))
    .addOption(text("to", "With --claim: who receives it, index or address (default: the signer)"))
    .setAction(() => import("../revenue/credits.ts"))
    .build(),
  sendingCommand("seat", "See who holds a seat, offer it, or accept it")
    .addOption(text("seat", "issuer, treasury, provider, buyback-flock, buyback-model, or the 32 bytes of a seat"))
    .addOption(text("model", "Id of the model, for the seats issuer and buyback-model"))
    .addOption(text("tier", "Id of the hosting tier, for the seat provider"))
    .addOption(text("offer", "Offer it to an index or address, or to nobody"))
    .addFlag({ name: "accept", description: "Accept the seat, with what it has not claimed yet" })
    .setAction(() => import("../registry/seat.ts"))
    .build(),
  sendingCommand("poke", "Observe the prices of the route and of every model's pool, where half an hour has passed")
    .addFlag({ name: "route", description: "Only the route from USDC to FLOCK" })
    .addOption(text("model", "Only the pool of this model (with --route: beside the route)"))
    .setAction(() => import("../buyback/poke.ts"))
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
    .setAction(() => import("../buyback/buyback.ts"))
    .build(),
];
