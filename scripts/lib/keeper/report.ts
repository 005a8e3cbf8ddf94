import { dayOf, epochAt } from "../../../sdk/src/emissions/epochs.ts";
import { exact } from "../../../sdk/src/units/numbers.ts";
import { show, showCount, showEther } from "../../../sdk/src/units/show.ts";
import { jsonAmount } from "../command/amounts.ts";
import { jsonReduced } from "../settlement/report.ts";
import type { ReducedOutcome } from "../settlement/settleReduced.ts";
import { usdOfWei } from "./budget.ts";
import type { Waiting } from "./plan.ts";
import type { Done, Keeper, Round } from "./round.ts";
import type { Worth } from "./worth.ts";

/** What became of a work, in a JSON document. */
export function jsonDone(done: Done) {
  const about = jsonWork(done);
  switch (done.outcome) {
    case "executed":
      return { ...about, outcome: done.outcome, sent: done.sent };
    case "raced":
      return { ...about, outcome: done.outcome, reason: done.reason };
    case "inVain":
      return { ...about, outcome: done.outcome, reason: done.reason, transactionHash: done.transactionHash };
  }
}

/** What became of a work, in words. */
export function describeDone({ work, ...done }: Done): string {
  const { what } = work.action;
  switch (done.outcome) {
    case "executed":
      return `${what}: done in block ${done.sent.blockNumber.toString()}.`;
    case "raced":
      return `${what}: somebody else was faster. ${done.reason}`;
    case "inVain":
      return `${what}: somebody else was faster, and it has cost gas. ${done.reason}`;
  }
}

/** What was collected from a gateway's store, in a JSON document. */
export const jsonSettlement = (outcome: ReducedOutcome, usdcDecimals: number) => ({
  collected: outcome.collected,
  reduced: jsonReduced(outcome, usdcDecimals),
  transactions: outcome.transactions,
});

/** What a round has found, in a JSON document. */
export const jsonFound = (keeper: Keeper, round: Round) => ({
  signer: keeper.signer.address,
  models: round.models,
  unreadable: round.unreadable.map(Number),
  waiting: round.waiting.map(jsonWaiting),
  spent: jsonSpent(keeper, round),
});

/** What still waits, a sentence each, and what was spent. */
export function describeFound(keeper: Keeper, round: Round): string[] {
  const { spent, unreadable } = round;
  const { ethUsd, ledger } = keeper;
  const { gas, wei } = spent.all;
  const of = (limit: string | undefined) => (limit === undefined ? "" : ` of ${limit}`);
  const dollars =
    ethUsd === undefined
      ? ""
      : `, ${show(usdOfWei(wei, ethUsd))} USD${of(keeper.maxUsd === undefined ? undefined : show(keeper.maxUsd))}`;
  const maxGas = ledger.limits.gas === undefined ? undefined : showCount(ledger.limits.gas);
  return [
    ...unreadable.map((modelId) => `The chain does not tell what is due for model ${modelId.toString()}.`),
    ...round.waiting.map((one) => `Waits: ${one.work.action.what}, ${reasonOf(one, ethUsd)}.`),
    `Spent on ${dayOf(epochAt(round.time))}: ${showCount(gas)} gas${of(maxGas)}, ${showEther(wei)}${dollars}.`,
  ];
}

function reasonOf({ reason, worth, cost, refusal }: Waiting, ethUsd: bigint | undefined): string {
  switch (reason) {
    case "refused":
      return `because it is refused: ${(refusal ?? "").replace(/\.$/, "")}`;
    case "unworthy":
      return `because its gas costs ${show(usdOfWei(cost!, ethUsd!))} USD and it is worth ${show(usdOf(worth) ?? 0n)} USD`; // it was compared
    case "gasPerDay":
      return "because today's limit of gas leaves no room for it";
    case "usdPerDay":
      return "because today's limit of USD leaves no room for it";
    case "upkeepPerDay":
      return "because observations have used up their half of today's limit";
    case "graduates":
      return "because its raise can be graduated";
    case "afterAnotherLot":
      return "because another lot passes through the route before it";
    case "leftToAnother":
      return "because another keeper is at work at this moment";
  }
}

const jsonWork = ({ work: { kind, modelId } }: Pick<Done, "work">) => ({
  kind,
  modelId: modelId === 0n ? null : Number(modelId),
});

function jsonWaiting({ work, reason, worth, cost, refusal }: Waiting) {
  const usd = usdOf(worth);
  return {
    ...jsonWork({ work }),
    reason,
    worthUsd: usd === undefined ? null : exact(usd),
    ...jsonAmount("cost", "Ether", cost ?? null),
    refusal: refusal ?? null,
  };
}

const usdOf = (worth: Worth): bigint | undefined => (worth.kind === "value" ? worth.usd : undefined);

function jsonSpent({ ethUsd, ledger, maxUsd }: Keeper, { spent: { all }, time }: Round) {
  const { gas } = ledger.limits;
  return {
    day: dayOf(epochAt(time)),
    gas: Number(all.gas),
    ...jsonAmount("spent", "Ether", all.wei),
    usd: ethUsd === undefined ? null : exact(usdOfWei(all.wei, ethUsd)),
    maxGas: gas === undefined ? null : Number(gas),
    maxUsd: maxUsd === undefined ? null : exact(maxUsd),
  };
}
