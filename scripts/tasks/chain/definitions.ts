import type { TaskDefinition } from "hardhat/types/tasks";

import { command, priorityFee, text, yes } from "../options.ts";

/** Chains: a local one, the deployment of the protocol on any, and what is played and measured on an embedded one. */
export const chainCommands: TaskDefinition[] = [
  command("node", "Start a local chain with the protocol deployed and funded accounts; Ctrl-C stops it")
    .addOption(text("port", "Port on 127.0.0.1 (default: 8545)"))
    .addOption(text("chainId", "Id of the chain (default: 31337); another id keeps a second node apart"))
    .addFlag({
      name: "liveModel",
      description: "Sell out a raise of the paper's example and graduate it: model 1, live as qwen-alice",
    })
    .setAction(() => {
      // Said before anything is loaded, which takes the first second; `Output` would be loaded, too.
      process.stderr.write("Starting a local chain …\n");
      return import("./node.ts");
    })
    .build(),
  command("warp", "Let time pass on a local chain")
    .addOption(text("days", "Days to pass"))
    .addOption(text("hours", "Hours to pass"))
    .addOption(text("minutes", "Minutes to pass"))
    .setAction(() => import("./warp.ts"))
    .build(),
  command("deploy", "Deploy the protocol, or go on where a deployment stopped")
    .addOption(text("parameters", "Parameter file (default: deploy/parameters/<network>.json5)"))
    .addFlag({
      name: "dryRun",
      description: "Check everything, rehearse on a fork, list the transactions with gas and cost, and send nothing",
    })
    .addFlag(yes)
    .addOption(priorityFee)
    .addOption(text("deployer", "With --dry-run: address that would deploy (default: the network's first account)"))
    .setAction(() => import("./deploy.ts"))
    .build(),
  command("check", "Read the deployment back and compare all of it with its parameters")
    .addOption(
      text("parameters", "Parameter file to compare with (default: the parameters in the deployment's record)"),
    )
    .setAction(() => import("./check.ts"))
    .build(),
  command("verify", "Publish the sources of a public network's deployment on its explorer")
    .setAction(() => import("./verify.ts"))
    .build(),
  command("demo", "Play the whitepaper's example on an embedded chain and compare every figure")
    .setAction(() => import("./demo.ts"))
    .build(),
  command("bench", "Measure what every action costs in gas and compare it with its budget")
    .setAction(() => import("./bench.ts"))
    .build(),
];
