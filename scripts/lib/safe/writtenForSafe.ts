import type { Written } from "../documents/index.ts";

/** Ends a command whose calls were written into a file, for a multisig to make them. */
export class WrittenForSafe extends Error {
  readonly document: Written;

  constructor(document: Written) {
    super("Written for a Safe");
    this.document = document;
  }
}
