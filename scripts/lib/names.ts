import { CommandError } from "./commandError.ts";

/** The contracts' enums in the order of their values. */
export const OUTCOMES = ["none", "open", "graduated", "failed"] as const;
export const OPENING_MODES = ["averagePrice", "curvePrice"] as const;
export const SHARES = ["issuerMt", "treasuryMt", "incentiveReserve", "protocolFlock", "stakingFund"] as const;

/** The name of an enum's value. */
export function nameOf<Names extends readonly string[]>(names: Names, value: bigint): Names[number] {
  const name = names[Number(value)];
  if (name === undefined)
    throw new CommandError(`The contract returned ${value.toString()}, which this version does not know.`);
  return name;
}
