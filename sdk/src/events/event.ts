import type { Events } from "../abi/types.ts";
import type { Address, Hex } from "../codec/hex.ts";
import type { Abis } from "../reads/abis.ts";

/** A contract that emits events, by its name in the SDK. */
export type EventContract = {
  [Contract in keyof Events]: keyof Events[Contract] extends never ? never : Contract;
}[keyof Events];

/** An event of a contract by its name. */
export type EventName<Contract extends EventContract> = keyof Events[Contract] & string;

/** One event of one contract. */
export interface EventOf<Contract extends EventContract, Name extends EventName<Contract>> {
  contract: Contract;
  name: Name;
  /** Its values by name: whole numbers as bigint, structs as objects. */
  args: Events[Contract][Name];
  /** The contract that emitted it. */
  address: Address;
  /** Where it stands on the chain, so far as the log says so: a pending one has no place yet. */
  blockNumber?: number;
  transactionHash?: Hex;
  logIndex?: number;
  /** Whether the block that had it is no part of the chain any more: what it did has to be taken back. */
  removed: boolean;
}

/**
 * Every event of every contract of a deployment, of model tokens and of pairs. `contract` and `name` together say which:
 * after `event.contract === "offering" && event.name === "Bought"`, `event.args.mtOut` is a bigint.
 */
export type ProtocolEvent = {
  [Contract in EventContract]: { [Name in EventName<Contract>]: EventOf<Contract, Name> }[EventName<Contract>];
}[EventContract];

/** The description of an event in its contract's ABI. */
type EventAbi<Contract extends EventContract, Name extends EventName<Contract>> = Extract<
  Abis[Contract][number],
  { type: "event"; name: Name }
>;

/** The values of an event by which a node can search. */
export type IndexedName<Contract extends EventContract, Name extends EventName<Contract>> = Extract<
  EventAbi<Contract, Name>["inputs"][number],
  { indexed: true }
>["name"];

/** Addresses and bytes may be any text that is one. */
type Searched<Value> = Value extends Hex ? string : Value;

/** What is searched for: one value, or one of several. What is left out may be anything. */
export type IndexedValues<Contract extends EventContract, Name extends EventName<Contract>> = {
  [Value in IndexedName<Contract, Name> & keyof Events[Contract][Name]]?:
    Searched<Events[Contract][Name][Value]> | readonly Searched<Events[Contract][Name][Value]>[];
};
