import { harmless } from "../text/plainText.ts";

/**
 * What somebody who calls the SDK can put right. Its message is one sentence that says what to change, with escapes for what
 * a terminal would obey or nobody would see, whoever brought it.
 */
export class FomoError extends Error {
  /** What kind of mistake it is, for programs. */
  readonly code: FomoErrorCode;

  constructor(code: FomoErrorCode, message: string) {
    super(harmless(message));
    this.name = "FomoError";
    this.code = code;
  }
}

/** The kinds of mistakes. */
export type FomoErrorCode =
  /** A text that is no address. */
  | "badAddress"
  /** An amount, a price or a time that no contract could hold, or that makes no sense where it stands. */
  | "badValue"
  /** Terms of a launch that give no curve. */
  | "infeasibleCurve"
  /** A payment that is too little to buy anything. */
  | "yieldsNothing"
  /** A sale that is over, or a raise that is not open. */
  | "saleClosed"
  /** Purchases are paused. */
  | "buysPaused"
  /** There is no deployment of the protocol on that chain, as far as this version knows. */
  | "unknownChain"
  /** A contract answered or emitted something that this version does not know. */
  | "unknownAnswer"
  /** A signature that is none. */
  | "badSignature"
  /** A gateway's receipt that is not borne out by what its client has sent and got. */
  | "doubtfulReceipt"
  /** A gateway that does not do what its client asks for itself. */
  | "gatewayRefuses"
  /** An answer of a gateway that did not come, or not to its end. */
  | "noAnswer"
  /** A memory that another process has open. */
  | "inUse"
  /** What the person at a command can put right. */
  | "command";
