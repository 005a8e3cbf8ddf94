import { DEPLOYED_CONTRACTS } from "../../../deploy/config/deployed.ts";
import type { ProtocolAddresses } from "../../../deploy/config/deployed.ts";
import type { Session } from "../chain/session.ts";

/** What is known of a contract without a connection to it. */
type Known = Pick<Session, "protocol">;

/** Which contract of the deployment an address is; undefined if it is none. */
export function contractAt({ protocol }: Known, address: string): keyof ProtocolAddresses | undefined {
  const names = Object.keys(DEPLOYED_CONTRACTS) as (keyof ProtocolAddresses)[];
  return names.find((name) => protocol.addresses[name] === address);
}

/** A function of a contract for people, such as `buyback.setRoute`; what is not known by its bytes. */
export function namedFunction(known: Known, target: string, selector: string): string {
  const name = contractAt(known, target);
  const fragment = name === undefined ? null : known.protocol[name].interface.getFunction(selector as never);
  return `${name ?? target}.${(fragment as { name: string } | null)?.name ?? selector}`;
}
