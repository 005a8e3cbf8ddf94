import { FunctionFragment } from "ethers";
import type { Interface } from "ethers";

/** All functions of an interface. */
export function functionsOf(abi: Interface): FunctionFragment[] {
  return abi.fragments.filter((fragment) => FunctionFragment.isFragment(fragment));
}

/** Functions of an interface that change state. */
export function changing(abi: Interface): FunctionFragment[] {
  return functionsOf(abi).filter(({ constant }) => !constant);
}
