import { SKIP_WORDS } from "../../../sdk/src/names/enums.ts";
import { show, showCount } from "../../../sdk/src/units/show.ts";
import { jsonUsdc } from "../command/amounts.ts";
import { tableOf } from "../command/table.ts";
import type { OpenUsage } from "./openSeries.ts";
import type { UsageDay } from "./servedDays.ts";
import type { SkippedDay } from "./settledDays.ts";

/** How many lines of a table people are shown; a document has all. */
const MAX_LINES = 50;

/** What was found out about usage. */
export interface UsageReport {
  days: UsageDay[];
  skips: SkippedDay[];
  /** Undefined without a store. */
  open: OpenUsage | undefined;
}

/** The report as tables. */
export function describeUsage(
  { days, skips, open }: UsageReport,
  usdcDecimals: number,
  inFull: (text: string) => string,
) {
  const usdc = (amount: bigint | undefined) => (amount === undefined ? "-" : show(amount, usdcDecimals));
  const lines = [
    days.length === 0
      ? "Nothing was used or settled on these days."
      : tableOf(
          ["day", ">model", "user", ">requests", ">units", ">list (USDC)", ">paid (USDC)", ">settled (USDC)"],
          days
            .slice(0, MAX_LINES)
            .map(({ day, modelId, user, served, settled }) => [
              ...[
                day,
                modelId.toString(),
                inFull(user),
                served === undefined ? "-" : showCount(BigInt(served.requests)),
              ],
              served === undefined ? showCount(settled.units) : showCount(served.units),
              ...[usdc(served?.list), usdc(served?.paid), usdc(settled.paid)],
            ]),
        ),
    ...more(days.length),
  ];
  if (open !== undefined) {
    lines.push(
      "\nWhat is signed, settled and open now:",
      tableOf(
        [">model", ">series", ">signed (USDC)", ">settled (USDC)", ">open (USDC)", ">collectable (USDC)"],
        [...open.models].map(([modelId, { series, signed, collected, open: rest, collectable }]) => [
          ...[
            modelId.toString(),
            showCount(BigInt(series)),
            usdc(signed),
            usdc(collected),
            usdc(rest),
            usdc(collectable),
          ],
        ]),
      ),
    );
    const stuck = open.open.filter(({ skip }) => skip !== "none");
    for (const { voucher, open: rest, skip } of stuck.slice(0, MAX_LINES)) {
      const by = voucher.key === voucher.user ? "" : ` by the key ${voucher.key}`;
      lines.push(
        `${usdc(rest)} USDC of ${voucher.user}${by} on model ${voucher.modelId.toString()} cannot be collected: ${SKIP_WORDS[skip]}.`,
      );
    }
    lines.push(...more(stuck.length));
  }
  for (const { day, modelId, user, reason } of skips.slice(0, MAX_LINES)) {
    lines.push(`On ${day} a voucher of ${user} on model ${modelId.toString()} was skipped: ${reason}.`);
  }
  return [...lines, ...more(skips.length)];
}

const more = (count: number): string[] =>
  count <= MAX_LINES ? [] : [`… and ${showCount(BigInt(count - MAX_LINES))} more: --json lists them.`];

/** The report in a JSON document. */
export function jsonUsage({ days, skips, open }: UsageReport, decimals: number) {
  return {
    days: days.map(({ day, modelId, user, served, settled }) => ({
      ...{ day, modelId: Number(modelId), user },
      requests: served?.requests ?? null,
      inputTokens: served?.inputTokens.toString() ?? null,
      cachedTokens: served?.cachedTokens.toString() ?? null,
      outputTokens: served?.outputTokens.toString() ?? null,
      usedUnits: served?.units.toString() ?? null,
      ...jsonUsdc("usedList", served?.list ?? null, decimals),
      ...jsonUsdc("usedPaid", served?.paid ?? null, decimals),
      settledUnits: settled.units.toString(),
      ...jsonUsdc("settledList", settled.list, decimals),
      ...jsonUsdc("settledPaid", settled.paid, decimals),
    })),
    skips: skips.map(({ modelId, ...skip }) => ({ ...skip, modelId: Number(modelId) })),
    models:
      open === undefined
        ? null
        : [...open.models].map(([modelId, { series, signed, collected, open: rest, collectable }]) => ({
            ...{ modelId: Number(modelId), series },
            ...jsonUsdc("signed", signed, decimals),
            ...jsonUsdc("settled", collected, decimals),
            ...jsonUsdc("open", rest, decimals),
            ...jsonUsdc("collectable", collectable, decimals),
          })),
    openSeries:
      open === undefined
        ? null
        : open.open.map(({ voucher: { modelId, user, key, paid }, collectedPaid, open: rest, skip, collectable }) => ({
            ...{ modelId: Number(modelId), user, key },
            ...jsonUsdc("signed", paid, decimals),
            ...jsonUsdc("settled", collectedPaid, decimals),
            ...jsonUsdc("open", rest, decimals),
            ...jsonUsdc("collectable", collectable, decimals),
            skipped: skip === "none" ? null : skip,
            reason: SKIP_WORDS[skip],
          })),
  };
}
