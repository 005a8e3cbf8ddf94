import { HardhatError } from "@nomicfoundation/hardhat-errors";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Result } from "hardhat/types/utils";
import { errorResult, successfulResult } from "hardhat/utils/result";

import { ParameterError } from "../../deploy/config/parameters.ts";
import { CommandError } from "../lib/command/commandError.ts";
import { DEFAULT_NETWORK, namedNetwork } from "../lib/command/context.ts";
import type { CommandContext } from "../lib/command/context.ts";
import { Output } from "../lib/command/output.ts";
import { harmless, quoted } from "../lib/command/plainText.ts";
import { asRevert } from "../lib/decode/revert.ts";
import type { CommandName, DocumentOf } from "../lib/documents/index.ts";

/**
 * Makes a task's action of a command. The command says on `out` what it does and returns its JSON document, as
 * scripts/lib/documents describes it; whatever the user can put right is shown as one sentence and ends in a non-zero exit
 * code.
 */
export function runCommand<Name extends CommandName, Arguments extends { json: boolean }>(
  run: (args: Arguments, context: CommandContext) => Promise<DocumentOf<Name> | undefined>,
) {
  return async (args: Arguments, hre: HardhatRuntimeEnvironment): Promise<Result<undefined, undefined>> => {
    const context: CommandContext = { hre, out: new Output(args.json), usdcDecimals: undefined };
    try {
      const document = await run(args, context);
      if (document !== undefined) context.out.document(document);
      return successfulResult();
    } catch (error) {
      // Even with --show-stack-traces, which Hardhat turns on by itself wherever CI is set: scripts there read the JSON.
      const expected = asCommandError(error, context);
      if (expected === undefined) throw harmlessly(error);
      context.out.complain(expected.message);
      const { name, values } = expected.contractError ?? { name: null, values: null };
      context.out.document({ error: { message: expected.message, name, values } });
      return errorResult();
    }
  };
}

/** A defect, whose stack Hardhat prints, with words of a chain or a node that no terminal obeys. */
function harmlessly(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  error.message = harmless(error.message);
  if (error.stack !== undefined) error.stack = harmless(error.stack);
  return error;
}

/** What the user is told about an error; undefined if it is a defect, which shows its stack. */
function asCommandError(error: unknown, { usdcDecimals, hre }: CommandContext): CommandError | undefined {
  if (error instanceof CommandError) return error;
  if (error instanceof ParameterError) return new CommandError(error.message);
  const revert = asRevert(error, usdcDecimals);
  if (revert !== undefined) return revert;
  if (HardhatError.isHardhatError(error, HardhatError.ERRORS.CORE.NETWORK.CONNECTION_REFUSED)) {
    const network = namedNetwork(hre) ?? DEFAULT_NETWORK;
    const hint = network === DEFAULT_NETWORK ? "start a local chain with `npm run node`" : "check its RPC URL";
    return new CommandError(`Nothing answers on the network ${network}: ${hint}.`);
  }
  if (HardhatError.isHardhatError(error, HardhatError.ERRORS.CORE.GENERAL.ENV_VAR_NOT_FOUND)) {
    const { name } = error.messageArguments as { name: string };
    return new CommandError(
      `${name} is not known: set it with \`npx hardhat keystore set ${name}\` or in the environment.`,
    );
  }
  if (HardhatError.isHardhatError(error)) return new CommandError(quoted(error.formattedMessage));
  if (isProviderError(error)) return new CommandError(`The node refuses this: ${quoted(error.message)}.`);
  return undefined;
}

/** An error of JSON-RPC: the node's own words, such as too little ether for gas. */
function isProviderError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && typeof error.code === "number";
}
