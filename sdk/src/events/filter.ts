import { addressOf } from "../codec/address.ts";
import { encodeTopics } from "../codec/codec.ts";
import type { Address, Hex } from "../codec/hex.ts";
import { abiOf } from "../reads/abis.ts";
import type { DeployedContract } from "../reads/read.ts";
import type { ModelContracts } from "./decode.ts";
import type { EventContract, EventName, IndexedValues } from "./event.ts";

/** Where the contracts of a deployment are, such as a `Deployment`. */
interface DeployedAddresses {
  addresses: Readonly<Record<DeployedContract, string>>;
}

/** What `eth_getLogs` and `eth_subscribe` search for, as ethers' `getLogs` takes it too; blocks are added to it. */
export interface EventFilter {
  address: Address | Address[];
  topics: (Hex | Hex[] | null)[];
}

/**
 * Searches for one event of a contract of a deployment, such as
 * `eventFilter(deployment, "offering", "Bought", { modelId: 1n })`.
 * @param values What is searched for: for each indexed value one, or one of several.
 * @throws FomoError `badValue` if a value is not indexed or cannot be one.
 */
export const eventFilter = <Contract extends DeployedContract & EventContract, Name extends EventName<Contract>>(
  { addresses }: DeployedAddresses,
  contract: Contract,
  name: Name,
  values: IndexedValues<Contract, Name> = {},
): EventFilter => ({ address: addresses[contract] as Address, topics: encodeTopics(abiOf(contract), name, values) });

/**
 * Searches for one event of a contract that each model has for itself: its token or its pool.
 * @throws FomoError `badAddress`; `badValue` if a value is not indexed or cannot be one.
 */
export const eventFilterAt = <Contract extends "modelToken" | "pair", Name extends EventName<Contract>>(
  address: string,
  contract: Contract,
  name: Name,
  values: IndexedValues<Contract, Name> = {},
): EventFilter => ({
  address: addressOf(address, contract === "pair" ? "The pair" : "The token"),
  topics: encodeTopics(abiOf(contract), name, values),
});

/** What the chain had before the protocol; everybody's transfers are theirs. */
const OF_EVERYBODY: readonly DeployedContract[] = ["flock", "usdc", "dexFactory"];

/**
 * Searches for everything that the protocol's own contracts emit, with the tokens and pairs of models that are named.
 * `decodeLogs` reads what is found.
 * @throws FomoError `badAddress`
 */
export function protocolFilter(
  { addresses }: DeployedAddresses,
  { modelTokens = [], pairs = [] }: ModelContracts = {},
): EventFilter & { address: Address[] } {
  const names = (Object.keys(addresses) as DeployedContract[]).filter((name) => !OF_EVERYBODY.includes(name));
  const own = names.map((name) => addresses[name] as Address);
  const tokens = modelTokens.map((address) => addressOf(address, "The token"));
  return { address: [...own, ...tokens, ...pairs.map((address) => addressOf(address, "The pair"))], topics: [] };
}
