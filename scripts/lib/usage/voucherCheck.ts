import { jsonUsdc, show } from "../command/amounts.ts";
import { SKIPS, SKIP_WORDS, nameOf } from "../decode/names.ts";
import type { Session } from "../chain/session.ts";
import { tableOf } from "../command/table.ts";
import { shownPath } from "../command/textFile.ts";
import { readVouchers, requireSamePlace, rowOf, sumsOf } from "./voucherFile.ts";
import type { Voucher } from "./voucherFile.ts";

/** What settling each voucher would collect now, or why the meter would skip it, in their order. */
export async function previewVouchers({ protocol, context, now }: Session, vouchers: Voucher[]) {
  return await Promise.all(
    vouchers.map(async (voucher) => {
      const row = rowOf(voucher, context.usdcDecimals);
      const [reason, collected] = await protocol.meter.previewVoucher(voucher.modelId, row, now);
      return { voucher, skip: nameOf(SKIPS, reason), collected };
    }),
  );
}

/** Says what settling each voucher of a file would collect now, or why it would be skipped. */
export async function checkVouchers(session: Session, file: string) {
  const { context } = session;
  const decimals = context.usdcDecimals;
  const vouchers = readVouchers(file);
  requireSamePlace(session, file, vouchers);
  const found = await previewVouchers(session, vouchers);

  context.out.say(`What settling ${shownPath(file)} would collect now:`);
  context.out.say(
    tableOf(
      [">model", "user", "key", ">paid in all (USDC)", ">to be collected (USDC)", "because"],
      found.map(({ voucher, skip, collected }) => [
        voucher.modelId,
        voucher.user,
        voucher.key === voucher.user ? "its own" : voucher.key,
        voucher.paidUsdc,
        show(collected.paid, decimals),
        SKIP_WORDS[skip],
      ]),
    ),
  );
  return {
    file,
    vouchers: found.map(({ voucher: { user, key, modelId, ...sums }, skip, collected }) => ({
      modelId,
      user,
      key,
      ...jsonUsdc("paid", sumsOf(sums, decimals).paid, decimals),
      skipped: skip === "none" ? null : skip,
      reason: SKIP_WORDS[skip],
      units: collected.units.toString(),
      ...jsonUsdc("collectableList", collected.list, decimals),
      ...jsonUsdc("collectablePaid", collected.paid, decimals),
    })),
  };
}
