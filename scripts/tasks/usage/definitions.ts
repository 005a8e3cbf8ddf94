import type { TaskDefinition } from "hardhat/types/tasks";

import { command, governedCommand, model, permit, sendingCommand, text } from "../options.ts";

/** Prepaid USDC, keys, vouchers and their settlement. */
export const usageCommands: TaskDefinition[] = [
  sendingCommand("deposit", "Prepay inference in USDC, or bring what a user paid by card")
    .addOption(text("usdc", "USDC to deposit"))
    .addOption(text("creditFor", "As the platform: the user who paid by card; the credit cannot be withdrawn"))
    .addOption(text("signTo", "Sign the deposit into this file, for anybody to submit within a day, and send nothing"))
    .addOption(text("signed", "Submit the deposit that its user has signed into this file"))
    .addFlag(permit)
    .setAction(() => import("./deposit.ts"))
    .build(),
  governedCommand("withdraw", "Ask prepaid USDC back, and take it between 48 and 96 hours later")
    .addOption(text("usdc", "USDC to request back; replaces an earlier request"))
    .addFlag({ name: "execute", description: "Take what was requested, once it has matured" })
    .addFlag({ name: "cancel", description: "Cancel the request" })
    .addOption(text("to", "With --execute: who receives it, index or address (default: the signer)"))
    .setAction(() => import("./withdraw.ts"))
    .build(),
  sendingCommand("authorize", "Let a key sign vouchers for the signer, take that back, or show it")
    .addOption(text("key", "The key: index or address"))
    .addOption(text("capUsdc", "The most USDC that may ever be collected with it"))
    .addOption(text("expiresDays", "In how many days it expires"))
    .addOption(text("signTo", "Sign that into this file, for anybody to submit within a day, and send nothing"))
    .addOption(text("signed", "Submit what a key's user has signed into this file"))
    .addFlag({ name: "cancelSigned", description: "Cancel all that the signer has signed and nobody has submitted" })
    .addFlag({ name: "revoke", description: "Let it expire now; what it has signed is collected for 48 hours more" })
    .addFlag({ name: "show", description: "Show what it may do and send nothing" })
    .addOption(text("account", "With --show: whose key, index or address (default: the signer's)"))
    .setAction(() => import("./authorize.ts"))
    .build(),
  sendingCommand("voucher", "Sign for usage into a file of vouchers, or check such a file; sends nothing")
    .addFlag({
      name: "sign",
      description: "Sign a voucher; it takes the place of the signer's earlier one in the file",
    })
    .addFlag({
      name: "check",
      description: "Say what settling each voucher would collect now, or why it would be skipped",
    })
    .addOption(text("file", "File of vouchers in JSON or JSON5"))
    .addOption(model)
    .addOption(text("user", "Who pays, if the signer is a key: index or address (default: the signer)"))
    .addOption(text("units", "Units of inference that were used"))
    .addOption(text("listUsdc", "What they cost at list price, in USDC"))
    .addOption(text("paidUsdc", "What is paid for them, in USDC (default: the list price less the discount of now)"))
    .addFlag({ name: "total", description: "The three sums are cumulative already, not what was used on top" })
    .setAction(() => import("./voucher.ts"))
    .build(),
  sendingCommand(
    "settle",
    "Collect vouchers of files, logs and a store, and usage that was paid by card, as the platform",
  )
    .addOption(text("file", "File of vouchers in JSON or JSON5, as `fomo voucher --sign` writes it"))
    .addOption(text("log", "Logs of vouchers, patterns with commas between them: JSON lines, CSV or Parquet"))
    .addOption(text("store", "A gateway's store: postgres://…, or the gateway's address and FOMO_OPERATOR_TOKEN"))
    .addOption(text("minUsdc", "With --log or --store: collect from users who owe this much, or are in a hurry"))
    .addOption(text("maxAgeHours", "With --store: also from users who have owed something for so long"))
    .addOption(text("receipts", "With --log or --store: file for what became of each voucher, a transaction a line"))
    .addOption(text("cards", "File of card rows in JSON or JSON5: id, modelId, units, listUsdc, paidUsdc"))
    .addOption(text("maxGas", "The most that one transaction may take (default: 16777216); batches are cut by it"))
    .setAction(() => import("./settle.ts"))
    .build(),
  command("usage", "Say what was used, signed, paid, settled and is open, by day, model and user")
    .addOption(text("store", "A gateway's store: postgres://…, or the gateway's address and FOMO_OPERATOR_TOKEN"))
    .addOption(text("model", "Only this model (default: all)"))
    .addOption(text("user", "Only this user: index or address (default: all)"))
    .addOption(text("fromDay", "First day (UTC), such as 2027-01-31 (default: a week with the last one)"))
    .addOption(text("toDay", "Last day (UTC) (default: today)"))
    .setAction(() => import("./usage.ts"))
    .build(),
  command("receipts", "Check a folder of a gateway's receipts against their signatures and the chain")
    .addOption(text("folder", "Folder in which a gateway's client remembers, as `folderMemory` of the SDK makes it"))
    .addOption(text("gateway", "Also ask this gateway, such as https://api.example.org, what it knows; --from signs"))
    .addOption(text("store", "Also ask a gateway's store: postgres://…, or its address and FOMO_OPERATOR_TOKEN"))
    .addOption(text("from", "With --gateway: the key of the receipts, index, address or name"))
    .setAction(() => import("./receipts.ts"))
    .build(),
];
