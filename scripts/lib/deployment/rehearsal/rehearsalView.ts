import { jsonAmount } from "../../command/amounts.ts";
import { show } from "../../../../sdk/src/units/show.ts";
import { pairsOf, tableOf } from "../../command/table.ts";
import type { DocumentOf } from "../../documents/index.ts";
import type { Check } from "../preflight/check.ts";
import { coinOf } from "../preflight/preflight.ts";
import type { Rehearsal } from "./rehearsal.ts";

/** The checks for a machine. */
export const preflightDocument = (checks: Check[]) => checks.map(({ what, note }) => ({ what, note: note ?? null }));

/** Decimals of a fee in gwei. */
const GWEI = 9;

/** The checks that have passed, with what is to be known about them. */
export function describeChecks(checks: Check[]): string {
  if (checks.length === 0) return "";
  const names = new Set(checks.map(({ what }) => what));
  const notes = checks.flatMap(({ note }) => (note === undefined ? [] : [`Note: ${note}`]));
  return [`Checked: ${[...names].join("; ")}.`, ...notes].join("\n");
}

/** Every transaction with gas and cost, their sums, and the addresses to come. */
export function describeRehearsal(rehearsal: Rehearsal, chainId: bigint): string {
  const { transactions, feePerGas, addresses } = rehearsal;
  const coin = coinOf(chainId);
  const { gas, cost } = sumsOf(rehearsal);
  const rows = transactions.map(({ what, gas, cost }, index) => [
    index + 1,
    what,
    gas.toLocaleString("en-US"),
    show(cost),
  ]);
  return [
    transactions.length === 0
      ? "Nothing is left to do."
      : tableOf([">no.", "transaction", ">gas", `>cost [${coin}]`], rows),
    `${transactions.length.toString()} transactions, ${gas.toLocaleString("en-US")} gas, ${show(cost)} ${coin} at ${show(feePerGas, GWEI)} gwei for one gas.`,
    "The addresses would be these; they become others if the deployer signs anything else, or if the deployment is interrupted:",
    pairsOf({ ...addresses }),
  ].join("\n");
}

/** The same for a machine. */
export function rehearsalDocument(rehearsal: Rehearsal, chainId: bigint): DocumentOf<"deploy">["rehearsal"] {
  const { transactions, feePerGas, addresses } = rehearsal;
  const { gas, cost } = sumsOf(rehearsal);
  return {
    coin: coinOf(chainId),
    ...jsonAmount("feePerGas", "", feePerGas),
    transactions: transactions.map(({ what, gas, cost }) => ({ what, gas: Number(gas), ...costOf(cost) })),
    gas: Number(gas),
    ...costOf(cost),
    addresses,
  };
}

const costOf = (wei: bigint) => jsonAmount("cost", "", wei);

const sumsOf = ({ transactions }: Rehearsal) => ({
  gas: transactions.reduce((sum, { gas }) => sum + gas, 0n),
  cost: transactions.reduce((sum, { cost }) => sum + cost, 0n),
});
