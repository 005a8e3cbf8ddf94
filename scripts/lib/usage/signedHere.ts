import type { Session } from "../chain/session.ts";
import { CommandError } from "../command/commandError.ts";

/**
 * Refuses what was signed for another chain or another meter.
 * @param what What was signed, as the sentence begins.
 */
export function requireSignedHere(
  { chainId, protocol, networkName }: Session,
  what: string,
  signed: { chainId: number; meter: string },
): void {
  if (BigInt(signed.chainId) !== chainId) {
    throw new CommandError(
      `${what} is for chain ${signed.chainId.toString()}, and ${networkName} is chain ${chainId.toString()}: name the right network.`,
    );
  }
  if (signed.meter !== protocol.addresses.meter) {
    throw new CommandError(
      `${what} is for the meter ${signed.meter}, and that of ${networkName} is ${protocol.addresses.meter}: have it signed again.`,
    );
  }
}
