import type { Address, Hex } from "../../../../sdk/src/codec/hex.ts";
import { voucherChecker } from "../../../../sdk/src/signing/checkVoucher.ts";
import { flaw } from "../../../../sdk/src/signing/flaw.ts";
import type { Flaw } from "../../../../sdk/src/signing/flaw.ts";
import { readSignature } from "../../../../sdk/src/signing/signature.ts";
import type { FastCryptography } from "../signatures/cryptography.ts";
import type { LogRow } from "./logRow.ts";
import type { Meter } from "./request.ts";
import type { Sums } from "./packedRows.ts";

/**
 * A voucher that is good as far as can be known without the chain. Addresses are in small letters, amounts are text of whole
 * USDC units.
 */
export interface GoodVoucher {
  user: Address;
  key: Address;
  modelId: number;
  units: string;
  list: string;
  paid: string;
  r: Hex;
  vs: Hex;
}

/** What was found out about a row. */
export type Verdict = { ok: true; voucher: GoodVoucher } | Flaw;

const IN_ONE_CASE = /^0x(?:[0-9a-f]*|[0-9A-F]*)$/;

/**
 * Makes a function that judges rows, with the sums that they say, as the SDK's `voucherOfJson` and `checkVoucher` do, but many in a
 * short time.
 */
export function judgeOf(meter: Meter, cryptography: FastCryptography): (row: LogRow, sums: Sums) => Verdict {
  const { keccak256, recoverLower, withChecksum } = cryptography;
  const where = { chainId: meter.chainId, addresses: { meter: meter.meter } };
  const check = voucherChecker(where, { keccak256, recover: recoverLower });
  const addressIn = (text: string): Address | undefined => {
    const lower = `0x${text.slice(2).toLowerCase()}` as const;
    return IN_ONE_CASE.test(text) || text === withChecksum(lower) ? lower : undefined;
  };
  return ({ user, key, modelId, signature }, { units, list, paid }) => {
    const [userAddress, keyAddress] = [addressIn(user), addressIn(key)];
    if (userAddress === undefined) return unreadable("`user` must be an address with a valid checksum");
    if (keyAddress === undefined) return unreadable("`key` must be an address with a valid checksum");
    const forms = compactIn(signature) ?? readSignature(signature);
    if (!forms.ok) return forms;
    const { r, vs } = forms;
    const signer = { user: userAddress, key: keyAddress };
    const found = check({ ...signer, modelId: BigInt(modelId), units, list, paid, r, vs });
    if (!found.ok) return found;
    const sums = { units: units.toString(), list: list.toString(), paid: paid.toString() };
    return { ok: true, voucher: { ...signer, modelId, ...sums, r, vs } };
  };
}

/**
 * The compact form of a signature as nearly all are written: 65 bytes that end with 27 or 28, with the low s. Its check
 * reads it once more, so nothing else is looked at; of all others `readSignature` says what they are.
 */
function compactIn(signature: string): { ok: true; r: Hex; vs: Hex } | undefined {
  if (!USUAL_SIGNATURE.test(signature)) return undefined;
  const s = signature.slice(66, 130);
  const first = signature.endsWith("b") ? s[0]! : (Number(s[0]) + 8).toString(16); // it has a digit below 8
  return { ok: true, r: signature.slice(0, 66) as Hex, vs: `0x${first}${s.slice(1)}` };
}

const USUAL_SIGNATURE = /^0x[0-9a-f]{64}[0-7][0-9a-f]{63}1[bc]$/;

const unreadable = (problem: string): Flaw => flaw("unreadable", `${problem}.`);
