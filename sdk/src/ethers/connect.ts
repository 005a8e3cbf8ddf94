import { Contract } from "ethers";
import type { ContractRunner, InterfaceAbi } from "ethers";

import { LenientInterface } from "../codec/lenient.ts";

/** A contract with the types of its generated factory that decodes every text. */
export function connectLenient<Bound>(
  factory: { readonly abi: InterfaceAbi; connect(address: string, runner: ContractRunner): Bound },
  address: string,
  runner: ContractRunner,
): Bound {
  return new Contract(address, new LenientInterface(factory.abi), runner) as unknown as Bound;
}
