import type { Address, Hex } from "../../../../sdk/src/codec/hex.ts";
import { voucherChecker } from "../../../../sdk/src/signing/checkVoucher.ts";
import { USAGE_RULES, usageOf } from "../../../../sdk/src/signing/entries.ts";
import { flaw } from "../../../../sdk/src/signing/flaw.ts";
import type { Flaw } from "../../../../sdk/src/signing/flaw.ts";
import { readSignature } from "../../../../sdk/src/signing/signature.ts";
import type { FastCryptography } from "../signatures/cryptography.ts";
import type { LogRow } from "./logRow.ts";
import type { Meter } from "./request.ts";

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

const ADDRESS = /^0x[0-9a-f]{40}$/i;
const IN_ONE_CASE = /^0x(?:[0-9a-f]*|[0-9A-F]*)$/;

/** Makes a function that judges rows as the SDK's `voucherOfJson` and `checkVoucher` do, but many in a short time. */
export function judgeOf(meter: Meter, cryptography: FastCryptography): (row: LogRow) => Verdict {
  const { keccak256, recoverLower, withChecksum } = cryptography;
  const where = { chainId: meter.chainId, addresses: { meter: meter.meter } };
  const check = voucherChecker(where, { keccak256, recover: recoverLower });
  const addressIn = (text: string): Address | undefined => {
    if (!ADDRESS.test(text)) return undefined;
    const lower = `0x${text.slice(2).toLowerCase()}` as const;
    return IN_ONE_CASE.test(text) || text === withChecksum(lower) ? lower : undefined;
  };
  return ({ user, key, modelId, units, listUsdc, paidUsdc, signature }) => {
    const [userAddress, keyAddress] = [addressIn(user), addressIn(key)];
    if (userAddress === undefined) return unreadable("`user` must be an address with a valid checksum");
    if (keyAddress === undefined) return unreadable("`key` must be an address with a valid checksum");
    const entry = { modelId: Number(modelId), units, listUsdc, paidUsdc };
    for (const [name, rule] of RULES) {
      const problem = rule(entry[name]);
      if (problem !== undefined) return unreadable(`\`${name}\` ${problem}`);
    }
    const usage = usageOf(entry, meter.usdcDecimals);
    if (!usage.ok) return usage;
    const forms = readSignature(signature);
    if (!forms.ok) return forms;
    const { r, vs } = forms;
    const found = check({ user: userAddress, key: keyAddress, modelId: BigInt(entry.modelId), ...usage.used, r, vs });
    if (!found.ok) return found;
    const sums = {
      units: usage.used.units.toString(),
      list: usage.used.list.toString(),
      paid: usage.used.paid.toString(),
    };
    const voucher = { user: userAddress, key: keyAddress, modelId: entry.modelId, ...sums, r, vs };
    return { ok: true, voucher };
  };
}

const RULES = (["modelId", "units", "listUsdc", "paidUsdc"] as const).map((name) => [name, USAGE_RULES[name]] as const);

const unreadable = (problem: string): Flaw => flaw("unreadable", `${problem}.`);
