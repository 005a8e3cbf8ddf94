import type { ParamType, Result } from "ethers";

import type { Session } from "../chain/session.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";
import { revertDataOf } from "../../../sdk/src/errors/explain.ts";
import { ACCESS_CALLS } from "./accessCalls.ts";
import { contractAt } from "./contractNames.ts";
import { parseCall } from "./parseCall.ts";
import { SETTING_CALLS } from "./settingCalls.ts";
import type { ChangedValue } from "./settingValues.ts";

/** What a call would change, for people: names and units, and what holds now. */
export interface DecodedCall {
  title: string;
  values: ChangedValue[];
}

/**
 * What a call would change on this chain, one entry for each call that is in it. Anybody with a role can schedule any bytes,
 * so what is not known is shown as it stands, and what the chain cannot answer leaves only what would be set.
 */
export async function decodeCall(session: Session, target: string, data: string): Promise<DecodedCall[]> {
  const contract = contractAt(session, target);
  const parsed = contract === undefined ? null : parseCall(session.protocol[contract].interface, data);
  if (parsed === null) return [unknownCall(target, data)];
  if (contract === "accessManager" && parsed.name === "multicall") {
    const calls = await Promise.all(
      (parsed.args[0] as string[]).map(async (call) => await decodeCall(session, target, call)),
    );
    return calls.flat();
  }
  const name = `${contract!}.${parsed.name}`;
  const read = contract === "accessManager" ? ACCESS_CALLS[parsed.name] : SETTING_CALLS[name];
  const plainly = { title: name, values: namedValues(parsed.fragment.inputs, parsed.args) };
  if (read === undefined) return [plainly];
  try {
    return [await read(session, parsed.args)];
  } catch (error) {
    // A tier or model that does not exist: the call will fail, and the list must still be shown.
    if (revertDataOf(error) === undefined) throw error;
    return [plainly];
  }
}

/** Bytes that are no call of the protocol: the selector, and all of it. */
const unknownCall = (target: string, data: string): DecodedCall => ({
  title: `A call of ${target} that this version does not know`,
  values: [
    { key: "selector", from: null, to: data.slice(0, 10) },
    { key: "data", from: null, to: data },
  ],
});

/** The values of a call by their names, as the contract takes them. */
function namedValues(types: readonly ParamType[], values: Result): ChangedValue[] {
  return types.map((type, index) => ({
    key: type.name === "" ? `value ${(index + 1).toString()}` : type.name,
    from: null,
    to: describeValue(type, values[index]),
  }));
}

/** Values with their names; numbers as the contract takes them. */
export const describeValues = (types: readonly ParamType[], values: readonly unknown[]): string =>
  types.map((type, index) => `${type.name} = ${describeValue(type, values[index])}`).join(", ");

function describeValue(type: ParamType, value: unknown): string {
  if (type.isArray()) {
    return `[${(value as unknown[]).map((one) => describeValue(type.arrayChildren, one)).join(", ")}]`;
  }
  if (type.isTuple()) return `{ ${describeValues(type.components, value as unknown[])} }`;
  return plain(String(value));
}
