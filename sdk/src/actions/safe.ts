import { keccakOfText } from "../codec/hash.ts";
import { callOf } from "./action.ts";
import type { Action, Call } from "./action.ts";
import { approvalOf } from "./payment.ts";

/** A call that a multisig makes. */
export interface SafeCall {
  /** What it does, for people. */
  what: string;
  to: string;
  data: string;
}

/** Actions as the calls of a Safe, which makes all of them or none: each with the approval that it needs before it. */
export const safeCallsOf = (actions: readonly Action[]): SafeCall[] =>
  actions.flatMap((action) => {
    const { what, payment } = action;
    const act = safeCall(what, callOf(action));
    return payment === undefined ? [act] : [safeCall(`Approve ${payment.asset}`, approvalOf(payment)), act];
  });

const safeCall = (what: string, { to, data }: Call): SafeCall => ({ what, to, data });

/** What Safe's Transaction Builder loads: calls that a Safe makes in one transaction. */
export interface SafeBatch {
  version: "1.0";
  chainId: string;
  /** [ms] since 1970. */
  createdAt: number;
  meta: {
    name: string;
    description: string;
    txBuilderVersion: string;
    createdFromSafeAddress: string;
    createdFromOwnerAddress: string;
    /** The builder warns if it does not fit the rest, so that nobody changes a call unseen. */
    checksum?: string;
  };
  transactions: SafeTransaction[];
}

/** One call in a batch. The builder takes `data` as it stands; it would encode named values itself if that were missing. */
export interface SafeTransaction {
  to: string;
  /** [wei] */
  value: string;
  data: string;
  contractMethod: null;
  contractInputsValues: null;
}

/** The version of the Transaction Builder whose format this is. */
const BUILDER_VERSION = "1.18.0";

/**
 * The file of a Safe's calls on a chain, for its Transaction Builder.
 * @param createdAt [ms] since 1970.
 */
export function safeBatch(
  { chainId, safe, name }: { chainId: number | bigint; safe: string; name: string },
  calls: readonly SafeCall[],
  createdAt: number,
): SafeBatch {
  const batch: SafeBatch = {
    version: "1.0",
    chainId: chainId.toString(),
    createdAt,
    meta: {
      name,
      description: calls.map(({ what }, index) => `${(index + 1).toString()}. ${what}`).join("\n"),
      txBuilderVersion: BUILDER_VERSION,
      createdFromSafeAddress: safe,
      createdFromOwnerAddress: "",
    },
    transactions: calls.map(({ to, data }) => ({
      to,
      value: "0",
      data,
      contractMethod: null,
      contractInputsValues: null,
    })),
  };
  return { ...batch, meta: { ...batch.meta, checksum: checksumOf(batch) } };
}

/** The checksum of a batch that has none yet, as the Transaction Builder computes it: without the name. */
export const checksumOf = (batch: SafeBatch): string =>
  keccakOfText(serialized({ ...batch, meta: { ...batch.meta, name: null } }));

/** The builder's own way to write a value, with the keys of an object in order. */
function serialized(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(serialized).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  const values = entries.map(([, part]) => `${serialized(part)},`).join("");
  return `{${JSON.stringify(entries.map(([key]) => key))}${values}}`;
}
