import { jsonAmount } from "../command/amounts.ts";
import { highestPrice } from "./fees.ts";
import type { Planned } from "./sending.ts";

/** A transaction of a dry run, in a JSON document. */
export function jsonPlanned({ what, to, data, gas, fees }: Planned) {
  const price = highestPrice(fees);
  return {
    what,
    to,
    data,
    gasLimit: gas === null ? null : Number(gas),
    ...jsonAmount("feePerGas", "Ether", price),
    ...jsonAmount("maxCost", "Ether", gas === null ? null : gas * price),
  };
}
