import { FomoError } from "../../../sdk/src/errors/fomoError.ts";

/** What the user can put right: shown as one sentence, without a stack trace, with a non-zero exit code. */
export class CommandError extends FomoError {
  /** The contract's named error, where one is the cause. */
  readonly contractError: { name: string; values: Record<string, string> } | undefined;

  constructor(message: string, contractError?: { name: string; values: Record<string, string> }) {
    super("command", message);
    this.name = "CommandError";
    this.contractError = contractError;
  }
}
