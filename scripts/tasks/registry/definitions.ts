import type { TaskDefinition } from "hardhat/types/tasks";

import { model, governedCommand, text } from "../options.ts";

/** Seats, and under which API id a model is served. */
export const registryCommands: TaskDefinition[] = [
  governedCommand("endpoint", "Show the API id under which a model is served, or record it as the platform")
    .addOption(model)
    .addOption(text("apiId", "The API id to record, of 1 to 64 bytes (without it nothing is sent)"))
    .setAction(() => import("./endpoint.ts"))
    .build(),
  governedCommand("seat", "See who holds a seat, offer it, or accept it")
    .addOption(text("seat", "issuer, treasury, provider, buyback-flock, buyback-model, or the 32 bytes of a seat"))
    .addOption(text("model", "Id of the model, for the seats issuer and buyback-model"))
    .addOption(text("tier", "Id of the hosting tier, for the seat provider"))
    .addOption(text("offer", "Offer it to an index or address, or to nobody"))
    .addFlag({ name: "accept", description: "Accept the seat, with what it has not claimed yet" })
    .setAction(() => import("./seat.ts"))
    .build(),
];
