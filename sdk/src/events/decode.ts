import { addressOf } from "../codec/address.ts";
import { decodeEvent } from "../codec/codec.ts";
import type { Hex } from "../codec/hex.ts";
import { FomoError } from "../errors/fomoError.ts";
import { abiOf } from "../reads/abis.ts";
import type { EventContract, EventName, EventOf, ProtocolEvent } from "./event.ts";

/** A log as a node, ethers or viem gives it. */
export interface Log {
  address: string;
  topics: readonly string[];
  data: string;
  blockNumber?: number | bigint | string | null | undefined;
  transactionHash?: string | null | undefined;
  logIndex?: number | bigint | string | null | undefined;
  /** What ethers calls `logIndex`. */
  index?: number | undefined;
  removed?: boolean | undefined;
}

/** A receipt as a node, ethers or viem gives it. */
export interface Receipt {
  logs: readonly Log[];
}

/** Where the contracts are, such as a `Deployment`. */
export interface Addresses {
  addresses: Readonly<Partial<Record<EventContract, string>>>;
}

/** Contracts of models, which no deployment names. */
export interface ModelContracts {
  /** Model Tokens. */
  modelTokens?: readonly string[];
  /** Pairs: the pools of models, and those of the buyback's route. */
  pairs?: readonly string[];
}

/** Which contract each address is; addresses are compared in small letters. */
function contractsByAddress({ addresses }: Addresses, { modelTokens = [], pairs = [] }: ModelContracts) {
  const models = [
    ...modelTokens.map((address) => ["modelToken", address] as const),
    ...pairs.map((address) => ["pair", address] as const),
  ];
  const named = Object.entries(addresses) as [EventContract, string][];
  return new Map([...models, ...named].map(([contract, address]) => [address.toLowerCase(), contract]));
}

/** The values of an optional property, or no property at all. */
const withoutUndefined = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };

const numberOf = (value: number | bigint | string | null | undefined) =>
  value === null || value === undefined ? undefined : Number(value);

/**
 * Decodes logs; those of other contracts, and those that cannot be decoded, are left out. Text that is not well-formed is
 * decoded too, with U+FFFD where it is broken.
 */
export function decodeLogs(deployment: Addresses, logs: readonly Log[], models: ModelContracts = {}): ProtocolEvent[] {
  const contracts = contractsByAddress(deployment, models);
  return logs.flatMap((log) => {
    const contract = contracts.get(log.address.toLowerCase());
    const decoded = contract === undefined ? undefined : decodeEvent(abiOf(contract), log);
    if (contract === undefined || decoded === undefined) return [];
    const { blockNumber, transactionHash, logIndex = log.index, removed = false } = log;
    const place = withoutUndefined({
      blockNumber: numberOf(blockNumber),
      transactionHash: (transactionHash ?? undefined) as Hex | undefined,
      logIndex: numberOf(logIndex),
    });
    // What was decoded by a contract's ABI is one of its events.
    return [
      {
        contract,
        ...decoded,
        address: addressOf(log.address.toLowerCase()),
        ...place,
        removed,
      } as unknown as ProtocolEvent,
    ];
  });
}

/**
 * Decodes one log.
 * @returns Undefined if it is of another contract, or cannot be decoded. For many logs `decodeLogs` takes less time.
 */
export const decodeLog = (deployment: Addresses, log: Log, models?: ModelContracts): ProtocolEvent | undefined =>
  decodeLogs(deployment, [log], models)[0];

/** All events of the protocol in a transaction, in their order. */
export const eventsIn = (deployment: Addresses, receipt: Receipt, models?: ModelContracts): ProtocolEvent[] =>
  decodeLogs(deployment, receipt.logs, models);

/** The events with this name that a contract emitted in a transaction, in their order. */
export const eventsOf = <Contract extends EventContract, Name extends EventName<Contract>>(
  deployment: Addresses,
  receipt: Receipt,
  contract: Contract,
  name: Name,
  models?: ModelContracts,
) =>
  eventsIn(deployment, receipt, models).filter(
    (event) => event.contract === contract && event.name === name,
  ) as unknown as EventOf<Contract, Name>[];

/**
 * The first event with this name that a contract emitted in a transaction.
 * @throws FomoError `unknownAnswer` if there is none.
 */
export function eventOf<Contract extends EventContract, Name extends EventName<Contract>>(
  deployment: Addresses,
  receipt: Receipt,
  contract: Contract,
  name: Name,
  models?: ModelContracts,
): EventOf<Contract, Name> {
  const [event] = eventsOf(deployment, receipt, contract, name, models);
  if (event !== undefined) return event;
  throw new FomoError(
    "unknownAnswer",
    `The receipt has no event ${contract}.${name}: take that of the transaction that did it, with the deployment of its chain.`,
  );
}
