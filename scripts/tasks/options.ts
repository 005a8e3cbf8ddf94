import { task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";

/** A command under `npx hardhat fomo`, with the options that every command has. */
export function command(name: string, description: string) {
  return task(["fomo", name], description).addFlag({
    name: "json",
    description: "Print one JSON document on stdout and nothing else; prose goes to stderr",
  });
}

/** A command that sends transactions: as `command`, who signs, and how it sends. */
export function sendingCommand(name: string, description: string) {
  return command(name, description)
    .addOption(
      text(
        "from",
        "Who signs: index or address of one of the network's accounts, on a local chain also its name (default: the first)",
      ),
    )
    .addFlag({ name: "dryRun", description: "Check everything and show what would be sent, but send nothing" })
    .addFlag(yes)
    .addOption(priorityFee);
}

/** A command whose steps a multisig can take: as `sendingCommand`, and a file of calls instead. */
export function governedCommand(name: string, description: string) {
  return sendingCommand(name, description).addOption(
    text(
      "safeFile",
      "Write the calls into this file for Safe's Transaction Builder and send nothing; --from is the Safe, any address (default: who holds the role or seat)",
    ),
  );
}

/** An option with a text value that may be left out. Each command checks it and says in one sentence what is wrong. */
export function text<NameT extends string>(name: NameT, description: string) {
  return {
    name,
    description,
    type: ArgumentType.STRING_WITHOUT_DEFAULT,
    defaultValue: undefined,
  } as const;
}

/** The flag of commands that send: not to be asked. */
export const yes = {
  name: "yes",
  description: "Do not ask before sending; nobody is asked without a terminal, or with --json",
} as const;

/** The option of commands that send: what to pay for being early. */
export const priorityFee = text(
  "priorityFeeGwei",
  "What to add to the chain's base fee, in gwei (default: what the node suggests)",
);

/** The option that names a model. */
export const model = text("model", "Id of the model, as `fomo status` lists it");

/** The flag that saves an approval. */
export const permit = {
  name: "permit",
  description: "Sign a permit and pay in one transaction, instead of an approval before it",
} as const;
