import type { Session } from "../chain/session.ts";
import { exact, jsonUsdc, show } from "../command/amounts.ts";
import { tableOf } from "../command/table.ts";
import { shownPath } from "../command/textFile.ts";
import { SKIPS, SKIP_WORDS, nameOf } from "../decode/names.ts";
import type { Voucher } from "./voucher.ts";
import { vouchersIn } from "./voucherFile.ts";
import type { VoucherFile } from "./voucherFile.ts";

/** What settling each voucher would collect now, or why the meter would skip it, in their order. */
export async function previewVouchers({ protocol, now }: Session, vouchers: Voucher[]) {
  return await Promise.all(
    vouchers.map(async (voucher) => {
      const [reason, collected] = await protocol.meter.previewVoucher(voucher.modelId, voucher, now);
      return { voucher, skip: nameOf(SKIPS, reason), collected };
    }),
  );
}

/** Says what settling each voucher of a file would collect now, or why it would be skipped. */
export async function checkVouchers(session: Session, file: VoucherFile) {
  const { out, usdcDecimals: decimals } = session;
  const found = await previewVouchers(session, vouchersIn(session, file));

  out.say(`What settling ${shownPath(file.path)} would collect now:`);
  out.say(
    tableOf(
      [">model", "user", "key", ">paid in all (USDC)", ">to be collected (USDC)", "because"],
      found.map(({ voucher, skip, collected }) => [
        voucher.modelId.toString(),
        voucher.user,
        voucher.key === voucher.user ? "its own" : voucher.key,
        exact(voucher.paid, decimals),
        show(collected.paid, decimals),
        SKIP_WORDS[skip],
      ]),
    ),
  );
  return {
    file: file.path,
    vouchers: found.map(({ voucher: { user, key, modelId, paid }, skip, collected }) => ({
      modelId: Number(modelId),
      user,
      key,
      ...jsonUsdc("paid", paid, decimals),
      skipped: skip === "none" ? null : skip,
      reason: SKIP_WORDS[skip],
      units: collected.units.toString(),
      ...jsonUsdc("collectableList", collected.list, decimals),
      ...jsonUsdc("collectablePaid", collected.paid, decimals),
    })),
  };
}
