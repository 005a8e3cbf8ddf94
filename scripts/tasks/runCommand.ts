import { HardhatError } from "@nomicfoundation/hardhat-errors";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Result } from "hardhat/types/utils";
import { errorResult, successfulResult } from "hardhat/utils/result";

import { MAX_AMOUNT } from "../../sdk/src/units/numbers.ts";
import { ParameterError } from "../../deploy/config/parameters.ts";
import { parseAmount } from "../lib/command/amounts.ts";
import { CommandError } from "../lib/command/commandError.ts";
import { DEFAULT_NETWORK, namedNetwork } from "../lib/command/context.ts";
import type { CommandContext } from "../lib/command/context.ts";
import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import { Output } from "../lib/command/output.ts";
import { harmless, quoted } from "../../sdk/src/text/plainText.ts";
import { asRevert } from "../lib/command/revert.ts";
import { nodeFailureOf, sentenceOf } from "../lib/rpc/failures.ts";
import { WrittenForSafe } from "../lib/safe/writtenForSafe.ts";
import { nameOfCommand } from "../lib/sending/commandName.ts";
import { jsonPlanned } from "../lib/sending/planned.ts";
import { DoneBefore, EndOfDryRun, Sending } from "../lib/sending/sending.ts";
import type { SendingOptions } from "../lib/sending/sending.ts";
import type { CommandName, Done, DocumentOf, Refusal, Rehearsed } from "../lib/documents/index.ts";

/**
 * Makes a task's action of a command. The command says on `out` what it does and returns its JSON document, as
 * scripts/lib/documents describes it; whatever the user can put right is shown as one sentence and ends in a non-zero exit
 * code.
 */
export function runCommand<Name extends CommandName, Arguments extends { json: boolean }>(
  name: Name,
  run: (args: Arguments, context: CommandContext) => Promise<DocumentOf<Name> | undefined>,
) {
  return async (args: Arguments, hre: HardhatRuntimeEnvironment): Promise<Result<undefined, undefined>> => {
    const out = new Output(args.json);
    let sending: Sending | undefined;
    let context: CommandContext | undefined;
    try {
      sending = new Sending(nameOfCommand(name, args), sendingOptionsOf(args));
      context = { hre, out, usdcDecimals: undefined, sending, outcome: "all" };
      const document = await run(args, context);
      const hasOwn = document !== undefined && "dryRun" in document;
      if (sending.planned.length !== 0 && !hasOwn) throw new EndOfDryRun();
      if (document !== undefined) out.document(document);
      sending.end();
      if (context.outcome === "part") process.exitCode = EXIT_PARTIAL;
      return context.outcome === "nothing" ? errorResult() : successfulResult();
    } catch (error) {
      if (error instanceof WrittenForSafe) {
        out.document(error.document);
        return successfulResult();
      }
      if (sending !== undefined && (error instanceof EndOfDryRun || error instanceof DoneBefore)) {
        finish(out, sending, error);
        return successfulResult();
      }
      // Even with --show-stack-traces, which Hardhat turns on by itself wherever CI is set: scripts there read the JSON.
      const expected = asCommandError(error, context?.usdcDecimals, hre);
      if (expected === undefined) throw harmlessly(error);
      complain(out, expected, sending);
      sending?.end();
      return errorResult();
    }
  };
}

/** The exit code of a command that has left out a part of what it was asked for. */
const EXIT_PARTIAL = 2;

/** How a command is to send, from the options that every sending command has. */
function sendingOptionsOf(args: object): SendingOptions {
  const { dryRun = false, yes = false, priorityFeeGwei } = args as Partial<Record<string, unknown>>;
  return {
    dryRun: dryRun === true,
    yes: yes === true,
    priorityFee:
      typeof priorityFeeGwei === "string"
        ? parseAmount("--priority-fee-gwei", priorityFeeGwei, MAX_AMOUNT, GWEI_DECIMALS)
        : undefined,
  };
}

/** Decimals of a gwei. */
const GWEI_DECIMALS = 9;

/** Ends a command that had nothing to send itself. */
function finish(out: Output, sending: Sending, end: EndOfDryRun | DoneBefore): void {
  if (end instanceof DoneBefore) {
    out.document({ doneBefore: true, transactions: sending.executed } satisfies Done);
    sending.end();
    return;
  }
  out.say("This was a dry run: nothing was sent.");
  out.document({ dryRun: true, transactions: sending.planned.map(jsonPlanned) } satisfies Rehearsed);
}

/** Says what went wrong, and what had been done until then: nobody should have to find that out. */
function complain(out: Output, error: CommandError, sending: Sending | undefined): void {
  const message = out.inFull(error.message);
  out.complain(message);
  const { executed = [], unclear = [] } = sending ?? {};
  for (const { what, transactionHash } of executed) out.complain(`Done before that: ${what}, ${transactionHash}.`);
  const { name, values } = error.contractError ?? { name: null, values: null };
  out.document({ error: { message, name, values }, transactions: executed, unclear } satisfies Refusal);
}

/** A defect, whose stack Hardhat prints, with words of a chain or a node that no terminal obeys. */
function harmlessly(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  error.message = harmless(error.message);
  if (error.stack !== undefined) error.stack = harmless(error.stack);
  return error;
}

/** What the user is told about an error; undefined if it is a defect, which shows its stack. */
function asCommandError(
  error: unknown,
  usdcDecimals: number | undefined,
  hre: HardhatRuntimeEnvironment,
): CommandError | undefined {
  if (error instanceof CommandError) return error;
  if (error instanceof FomoError || error instanceof ParameterError) return new CommandError(error.message);
  const revert = asRevert(error, usdcDecimals);
  if (revert !== undefined) return revert;
  const failure = nodeFailureOf(error);
  if (failure !== undefined) {
    const network = namedNetwork(hre) ?? DEFAULT_NETWORK;
    return new CommandError(sentenceOf(failure, network, network === DEFAULT_NETWORK));
  }
  if (HardhatError.isHardhatError(error, HardhatError.ERRORS.CORE.GENERAL.ENV_VAR_NOT_FOUND)) {
    const { name } = error.messageArguments as { name: string };
    return new CommandError(
      `${name} is not known: set it with \`npx hardhat keystore set ${name}\` or in the environment.`,
    );
  }
  if (HardhatError.isHardhatError(error)) return new CommandError(quoted(error.formattedMessage));
  return undefined;
}
