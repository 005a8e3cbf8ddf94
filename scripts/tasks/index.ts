import { emptyTask, task } from "hardhat/config";

/** The commands: `npx hardhat fomo …`. One file per command; each is loaded only when it runs. */
export const tasks = [
  emptyTask("fomo", "FOMO: launch, fund and graduate AI models").build(),
  task(["fomo", "demo"], "Play the whitepaper's examples on an embedded chain and compare every figure")
    .addFlag({ name: "json", description: "Print the figures as one JSON document and nothing else" })
    .setAction(async () => await import("./demo.ts"))
    .build(),
  task(["fomo", "bench"], "Measure what every action costs in gas and compare it with its budget")
    .addFlag({ name: "json", description: "Print the measurements as one JSON document and nothing else" })
    .setAction(async () => await import("./bench.ts"))
    .build(),
];
