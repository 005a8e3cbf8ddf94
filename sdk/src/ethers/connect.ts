import { Contract } from "ethers";
import type { ContractRunner } from "ethers";

import { flockAbi } from "../abi/flock.ts";
import { interfaceOf } from "../codec/codec.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { abiOf } from "../reads/abis.ts";
import type { AnyToken, Contracts } from "./contracts.ts";
import { lazily } from "./lazily.ts";

/** The contracts of a deployment, typed. */
export type Protocol = { readonly addresses: Readonly<Addresses> } & {
  readonly [Name in keyof Addresses]: Contracts[Name];
};

/** Where the contracts of a deployment are, such as `deployment.addresses`. */
type Addresses = Record<keyof Deployment["addresses"], string>;

/**
 * A contract by its name in the SDK, such as `connectAs("pair", address, provider)`. Text that is not well-formed is
 * decoded too, with U+FFFD where it is broken.
 * @param runner A provider for reading, or a signer for writing.
 */
export const connectAs = <Name extends keyof Contracts>(
  name: Name,
  address: string,
  runner?: ContractRunner | null,
): Contracts[Name] => new Contract(address, interfaceOf(abiOf(name)), runner) as unknown as Contracts[Name];

/** The functions, events and errors of a contract by its name in the SDK, typed: to encode and decode them. */
export const interfaceAs = <Name extends keyof Contracts>(name: Name): Contracts[Name]["interface"] =>
  interfaceOf(abiOf(name)) as unknown as Contracts[Name]["interface"];

/** A token of which nothing is known but that it is an ERC-20. */
export const connectToken = (address: string, runner?: ContractRunner | null): AnyToken =>
  new Contract(address, interfaceOf(flockAbi), runner) as unknown as AnyToken;

/**
 * All contracts of a deployment, each bound when it is first used: ABIs are long.
 * @param runner A provider for reading, or a signer for writing; `protocol.offering.connect(signer)` gives one contract
 * another.
 */
export function connectProtocol(addresses: Readonly<Addresses>, runner?: ContractRunner | null): Protocol {
  const names = Object.keys(addresses) as (keyof Addresses)[];
  const contracts = names.map((name) => [name, () => connectAs(name, addresses[name], runner)] as const);
  return lazily({ addresses: () => addresses, ...Object.fromEntries(contracts) }) as unknown as Protocol;
}
