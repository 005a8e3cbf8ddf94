import { plain } from "../../../sdk/src/text/plainText.ts";
import { show, showCount } from "../../../sdk/src/units/show.ts";
import { jsonUsdc } from "../command/amounts.ts";
import type { ReducedOutcome } from "./settleReduced.ts";

/** What settling logs and a store has found, line by line. */
export function describeReduced(
  { reduced, survey, skippedCounts, skipped }: ReducedOutcome,
  usdcDecimals: number,
): string[] {
  const number = (value: number) => showCount(BigInt(value));
  const { rows, series, good, superseded, bad, examples } = reduced;
  const { collectedBefore, waiting, waitingOpen, hurried } = survey;
  const due = survey.due.reduce((sum, { vouchers }) => sum + vouchers.length, 0);
  return [
    `Read ${number(rows)} vouchers of ${number(series)} series: ${number(good)} are the newest good ones, ${number(superseded)} say less.`,
    ...Object.entries(bad).map(([reason, count]) => `Bad: ${number(count)} (${reason}).`),
    ...examples.map(({ file, row, sentence }) => `Bad: row ${number(row)} of ${plain(file)}: ${sentence}`),
    ...(collectedBefore === 0 ? [] : [`Of ${number(collectedBefore)} everything was collected before.`]),
    ...(waiting === 0
      ? []
      : [`${number(waiting)} wait, with ${show(waitingOpen, usdcDecimals)} USDC: their users owe too little for now.`]),
    `Due: ${number(due)}${hurried === 0 ? "" : `, ${number(hurried)} of them because a withdrawal or the end of a key is near`}.`,
    ...[...skippedCounts].map(([skip, count]) => `Skipped: ${number(count)} (${skip}).`),
    ...skipped.map(
      ({ modelId, user, key, reason }) =>
        `Skipped: voucher of ${user}${key === user ? "" : ` by the key ${key}`} of model ${modelId.toString()}: ${reason}.`,
    ),
  ];
}

/** The same in a JSON document. */
export function jsonReduced({ reduced, survey, skippedCounts, skipped }: ReducedOutcome, usdcDecimals: number) {
  const { rows, series, good, superseded, bad, examples } = reduced;
  const { collectedBefore, waiting, waitingOpen, hurried } = survey;
  const counts = (entries: Iterable<[string, number]>) => [...entries].map(([reason, count]) => ({ reason, count }));
  return {
    ...{ rows, series, good, superseded },
    bad: counts(Object.entries(bad)),
    badRows: examples,
    collectedBefore,
    waiting,
    ...jsonUsdc("waiting", waitingOpen, usdcDecimals),
    due: survey.due.reduce((sum, { vouchers }) => sum + vouchers.length, 0),
    hurried,
    skipped: counts(skippedCounts),
    skippedVouchers: skipped,
  };
}
