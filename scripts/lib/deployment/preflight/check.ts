import { isError } from "ethers";

/** Something that is looked at before a deployment, and what was found. */
export interface Check {
  /** What should be so. */
  what: string;
  /** Why the deployment must not begin: a sentence that names the parameter's key and says what to change. */
  problem?: string;
  /** What people should know although it stops nothing. */
  note?: string;
}

/** Whether a contract refused a call or answered something else: it is not what it was taken for. */
export function answersOtherwise(error: unknown): boolean {
  if (isError(error, "BAD_DATA") || isError(error, "CALL_EXCEPTION")) return true;
  // Chains in this process throw errors of their own, with or without a place in the source.
  return error instanceof Error && (error.name === "SolidityError" || /\brevert(ed)?\b/i.test(error.message));
}

/** The answer of a contract that may not be what it is taken for; undefined if it is not. Other errors are the connection's. */
export async function answerOf<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (answersOtherwise(error)) return undefined;
    throw error;
  }
}
