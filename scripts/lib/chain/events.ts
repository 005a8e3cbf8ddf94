import type { ContractTransactionReceipt, LogDescription } from "ethers";

import type { TypedContractEvent, TypedEventLog } from "../../../typechain-types/common.ts";

/** A contract with typed events, as the generated bindings describe it. */
interface Emitter<Events> {
  filters: Events;
  interface: { parseLog(log: { topics: readonly string[]; data: string }): LogDescription | null };
  getAddress(): Promise<string>;
  target: unknown;
}

/** The typed arguments of an event of the bindings. */
type ArgumentsOf<Event> = Event extends TypedContractEvent ? TypedEventLog<Event>["args"] : never;

/** The events with this name that a contract emitted in a transaction, in their order. */
export function eventsOf<Events extends object, Name extends keyof Events & string>(
  contract: Emitter<Events>,
  receipt: ContractTransactionReceipt,
  name: Name,
): ArgumentsOf<Events[Name]>[] {
  return receipt.logs
    .map((log) => (log.address === contract.target ? contract.interface.parseLog(log) : null))
    .filter((parsed) => parsed?.name === name)
    .map((parsed) => parsed!.args as unknown as ArgumentsOf<Events[Name]>);
}

/** The event with this name that a contract emitted in a transaction. */
export function eventOf<Events extends object, Name extends keyof Events & string>(
  contract: Emitter<Events>,
  receipt: ContractTransactionReceipt,
  name: Name,
): { args: ArgumentsOf<Events[Name]> } {
  const [args] = eventsOf(contract, receipt, name);
  if (args !== undefined) return { args };
  throw new Error(`The transaction ${receipt.hash} has no event ${name}`);
}
