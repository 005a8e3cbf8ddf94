import { harmless } from "../../../../sdk/src/text/plainText.ts";

/** What the operator can put right: one sentence that says what to change. */
export class OperatorError extends Error {
  constructor(message: string) {
    super(harmless(message));
    this.name = "OperatorError";
  }
}
