import type { TaskDefinition } from "hardhat/types/tasks";

import { command, governedCommand, model, permit, sendingCommand, text } from "../options.ts";

/** The raise: launch, purchases, outcome, and the fees that it leaves to be taken. */
export const offeringCommands: TaskDefinition[] = [
  sendingCommand("launch", "Launch a model offering from a launch file; shows the curve before it pays")
    .addOption(text("file", "Launch file in JSON5, such as deploy/launches/qwen-alice.json5"))
    .addOption(text("maxMinutes", "How long the transaction may wait, in minutes (default: 20)"))
    .addFlag(permit)
    .setAction(() => import("./launch.ts"))
    .build(),
  command("quote", "What a purchase would cost and yield now")
    .addOption(model)
    .addOption(text("flock", "FLOCK to pay, fee included"))
    .addOption(text("mt", "MT to get; instead of --flock"))
    .setAction(() => import("./quote.ts"))
    .build(),
  sendingCommand("buy", "Buy on the curve of an open offering")
    .addOption(model)
    .addOption(text("flock", "FLOCK to pay, fee included"))
    .addOption(text("mt", "MT to get; instead of --flock"))
    .addOption(
      text("slippageBps", "How far the result may fall behind the quote, in hundredths of a percent (default: 50)"),
    )
    .addOption(text("minMt", "Least MT to accept for all of --flock; instead of --slippage-bps"))
    .addOption(text("maxFlock", "Most FLOCK to pay, with --mt; instead of --slippage-bps"))
    .addFlag({ name: "acceptHighFee", description: "Buy although the anti-sniping fee has not fallen to the base yet" })
    .addOption(
      text("token", "Token that the launch announced; refuses another launch (default: the model's, as read now)"),
    )
    .addOption(text("recipient", "Whose position it becomes (default: the signer's)"))
    .addOption(text("maxMinutes", "How long the transaction may wait, in minutes (default: 20)"))
    .addOption(text("deadline", "Last moment as Unix time in seconds; instead of --max-minutes"))
    .addFlag(permit)
    .setAction(() => import("./buy.ts"))
    .build(),
  sendingCommand("graduate", "Graduate a raise that has succeeded")
    .addOption(model)
    .setAction(() => import("./graduate.ts"))
    .build(),
  sendingCommand("fail", "Settle that a raise has failed")
    .addOption(model)
    .setAction(() => import("./fail.ts"))
    .build(),
  sendingCommand("claim", "Send the MT of a position to its owner after graduation")
    .addOption(model)
    .addOption(text("account", "Whose position: index or address (default: the signer's)"))
    .setAction(() => import("./claim.ts"))
    .build(),
  sendingCommand("refund", "Send the net contribution of a position back to its owner after a failed raise")
    .addOption(model)
    .addOption(text("account", "Whose position: index or address (default: the signer's)"))
    .addFlag({ name: "bundle", description: "Refund the issuer's bundle instead, to the holder of the issuer's seat" })
    .setAction(() => import("./refund.ts"))
    .build(),
  governedCommand("fees", "See the fees that wait for their holders, or claim them")
    .addOption(text("model", "Id of the model, for creator and protocol fees"))
    .addOption(text("claim", "creator, protocol or launch: claim it (without this option nothing is sent)"))
    .addOption(text("to", "Who receives what is claimed: index or address (default: the signer)"))
    .setAction(() => import("./fees.ts"))
    .build(),
];
