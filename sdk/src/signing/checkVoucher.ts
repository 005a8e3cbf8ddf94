import { SKIP_WORDS } from "../names/enums.ts";
import { hasUnits, keepsDiscountCap, keepsPriceFloor } from "../usage/row.ts";
import type { UsageRow } from "../usage/row.ts";
import type { Cryptography } from "./cryptography.ts";
import type { MeterPlace } from "./domains.ts";
import { flaw } from "./flaw.ts";
import type { Flaw, Signed } from "./flaw.ts";
import { checkSigner } from "./recover.ts";
import { readCompact } from "./signature.ts";
import type { Domain } from "./typedData.ts";
import { valuesFlaw } from "./values.ts";
import { VOUCHER_FIELDS, uncheckedHasher } from "./voucher.ts";
import type { Voucher } from "./voucher.ts";

/** What is known of the model of a voucher. */
export interface VoucherTerms {
  /** [USDC units per million units]: what the registry's `usageTermsOf` says. Without it no price floor is compared. */
  minimumPrice?: bigint | undefined;
}

/** Checks a voucher. It throws for none, whatever stands in its place. */
export type VoucherChecker = (voucher: Voucher, terms?: VoucherTerms) => Signed | Flaw;

/**
 * Makes a function that checks vouchers, for many of them: what they have in common is worked out once. It knows all that
 * the meter looks at and that stands in the voucher: values, bounds, and the signature. It does not know what was collected
 * before, what the user has prepaid, and whether the key is authorised. Nearly all of the time goes into finding out who
 * has signed, so of many vouchers of one user, key and model check the newest alone.
 * @param where The deployment, or the domain of its meter.
 * @param cryptography Faster than that of ethers, if there is one.
 */
export function voucherChecker(where: MeterPlace | Domain, cryptography?: Cryptography): VoucherChecker {
  const hash = uncheckedHasher(where, cryptography);
  return (voucher, terms = {}) => {
    const found = valuesFlaw(VOUCHER_FIELDS, voucher) ?? boundsFlaw(voucher, terms);
    if (found !== undefined) return found;
    return checkSigner(hash(voucher), readCompact(voucher.r, voucher.vs), voucher.key, "the key", cryptography);
  };
}

/** Checks one voucher: see `voucherChecker`. */
export const checkVoucher = (where: MeterPlace | Domain, voucher: Voucher, terms: VoucherTerms = {}): Signed | Flaw =>
  voucherChecker(where)(voucher, terms);

/** What is wrong with sums that their types hold. The meter would collect more than the list spend; nobody owes that. */
function boundsFlaw(used: UsageRow, { minimumPrice }: VoucherTerms): Flaw | undefined {
  const skipped = (reason: "belowPriceFloor" | "aboveDiscountCap" | "noUnits") =>
    flaw(reason, `The meter would skip it: ${SKIP_WORDS[reason]}.`);
  if (minimumPrice !== undefined && !keepsPriceFloor(used, minimumPrice)) return skipped("belowPriceFloor");
  if (!keepsDiscountCap(used)) return skipped("aboveDiscountCap");
  if (!hasUnits(used)) return skipped("noUnits");
  if (used.paid <= used.list) return undefined;
  return flaw("aboveList", "More is paid than the list spend: nobody pays more than list price.");
}
