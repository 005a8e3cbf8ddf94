import type { Session } from "../chain/session.ts";
import { exact } from "../../../sdk/src/units/numbers.ts";
import { jsonUsdc } from "../command/amounts.ts";
import { show } from "../../../sdk/src/units/show.ts";
import { tableOf } from "../command/table.ts";
import { shownPath } from "../command/textFile.ts";
import { SKIPS, SKIP_WORDS, nameOf } from "../../../sdk/src/names/enums.ts";
import { byModel, describeSkipped } from "./rows.ts";
import type { Placed } from "./rows.ts";
import type { UsageRow } from "../../../sdk/src/usage/row.ts";
import type { Voucher } from "../../../sdk/src/signing/voucher.ts";
import { vouchersIn } from "./voucherFile.ts";
import type { VoucherFile } from "./voucherFile.ts";

/** How many vouchers are asked about at once: a public node answers a call that takes so much gas. */
const AT_ONCE = 300;

/** A voucher with what settling it would do now. */
export interface Previewed extends Placed<Voucher> {
  /** Why the meter would skip it; "none" if it would not. */
  skip: (typeof SKIPS)[number];
  /** What it would collect. */
  collected: UsageRow;
}

/** What settling each voucher would collect now, or why the meter would skip it, in their order. */
export async function previewVouchers({ protocol, now }: Session, rows: Placed<Voucher>[]): Promise<Previewed[]> {
  const found = new Map<Placed<Voucher>, Previewed>();
  for (const [modelId, group] of byModel(rows)) {
    for (let from = 0; from < group.length; from += AT_ONCE) {
      const some = group.slice(from, from + AT_ONCE);
      const vouchers = some.map(({ value }) => value);
      const [reasons, collected] = await protocol.lens.previewVouchers(modelId, vouchers, now);
      for (const [index, placed] of some.entries()) {
        found.set(placed, { ...placed, skip: nameOf(SKIPS, reasons[index]!), collected: collected[index]! }); // one each
      }
    }
  }
  return rows.map((placed) => found.get(placed)!); // each has a model
}

/** Says what settling each voucher of a file would collect now, or why it would be skipped. */
export async function checkVouchers(session: Session, file: VoucherFile) {
  const { out, usdcDecimals: decimals } = session;
  const { rows, skipped } = vouchersIn(session, file);
  const found = await previewVouchers(session, rows);

  out.say(`What settling ${shownPath(file.path)} would collect now:`);
  out.say(
    tableOf(
      [">row", ">model", "user", "key", ">paid in all (USDC)", ">to be collected (USDC)", "because"],
      found.map(({ row, value, skip, collected }) => [
        row,
        value.modelId.toString(),
        out.inFull(value.user),
        value.key === value.user ? "its own" : out.inFull(value.key),
        exact(value.paid, decimals),
        show(collected.paid, decimals),
        SKIP_WORDS[skip],
      ]),
    ),
  );
  for (const row of skipped) out.say(describeSkipped(row));
  return {
    file: file.path,
    vouchers: found.map(({ row, value: { user, key, modelId, paid }, skip, collected }) => ({
      row,
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
    skipped,
  };
}
