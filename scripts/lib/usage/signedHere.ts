import { writeFileSync } from "node:fs";

import type { Flaw } from "../../../sdk/src/signing/flaw.ts";
import type { VoucherPlace } from "../../../sdk/src/signing/voucherJson.ts";
import type { Session } from "../chain/session.ts";
import { CommandError } from "../command/commandError.ts";
import { shownPath } from "../command/textFile.ts";

/** Where what is signed here is good. */
export const placeOf = ({ chainId, networkName, protocol, usdcDecimals }: Session): VoucherPlace => ({
  ...{ chainId, network: networkName, usdcDecimals },
  addresses: protocol.addresses,
});

/** What is wrong with something, as a part of another sentence. */
export const clauseOf = ({ sentence }: Flaw): string =>
  sentence.replace(/^(It|The) /, (word) => word.toLowerCase()).replace(/\.$/, "");

/** Why what a file holds cannot be used. */
export const flawed = (what: "deposit" | "authorisation", file: string, found: Flaw): CommandError =>
  new CommandError(
    `The signed ${what} ${shownPath(file)} cannot be used: ${clauseOf(found)}; name the right network, or have it signed again.`,
  );

/**
 * Writes what was signed into a new file. What was signed before and not submitted stays good, so no file is written over.
 * @throws CommandError if the file exists or cannot be written.
 */
export function writeSigned(file: string, signed: object): void {
  try {
    writeFileSync(file, `${JSON.stringify(signed, null, 2)}\n`, { flag: "wx" });
  } catch {
    throw new CommandError(`The file ${shownPath(file)} exists or cannot be written: name another one.`);
  }
}
