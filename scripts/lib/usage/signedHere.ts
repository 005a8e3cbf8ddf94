import type { Session } from "../chain/session.ts";
import { CommandError } from "../command/commandError.ts";

/** Why what was signed is not good here: it is for another chain or another meter. Undefined if it is good. */
export function foreignWhy(
  { chainId, protocol, networkName }: Session,
  signed: { chainId: number; meter: string },
): string | undefined {
  if (BigInt(signed.chainId) !== chainId) {
    return `it is for chain ${signed.chainId.toString()}, and ${networkName} is chain ${chainId.toString()}`;
  }
  if (signed.meter !== protocol.addresses.meter) {
    return `it is for the meter ${signed.meter}, and that of ${networkName} is ${protocol.addresses.meter}`;
  }
  return undefined;
}

/**
 * Refuses what was signed for another chain or another meter.
 * @param what What was signed, as the sentence begins.
 */
export function requireSignedHere(session: Session, what: string, signed: { chainId: number; meter: string }): void {
  const why = foreignWhy(session, signed);
  if (why !== undefined) {
    throw new CommandError(`${what} cannot be used: ${why}; name the right network, or have it signed again.`);
  }
}
