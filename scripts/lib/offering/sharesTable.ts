import { jsonFlock, jsonMt } from "../command/amounts.ts";
import { show } from "../../../sdk/src/units/show.ts";
import { tableOf } from "../command/table.ts";
import { sumOf } from "../../../sdk/src/raise/shares.ts";
import type { RaiseShares } from "../../../sdk/src/raise/shares.ts";

/** What the parts are called. */
const MT_WORDS: Record<keyof RaiseShares["mt"], string> = {
  claimable: "supporters, to be claimed",
  bundle: "the issuer's bundle, vests",
  issuer: "the issuer's part, vests",
  pool: "the pool, locked",
  treasury: "the treasury, vests",
  incentiveReserve: "reserve for usage rewards, vests",
  burned: "burned",
};
const FLOCK_WORDS: Record<keyof RaiseShares["flock"], string> = {
  pool: "the pool, locked",
  stakingFund: "fund for usage rewards, vests",
  protocol: "the treasury, vests",
};
const FEE_WORDS: Record<keyof RaiseShares["fees"], string> = {
  creator: "fees of purchases, to the issuer",
  protocol: "fees of purchases, to the treasury",
  launch: "the launch fee, to the treasury",
};

/** Where everything goes, of several ends side by side, with the sums. */
export function sharesTable(ends: { title: string; shares: RaiseShares }[]): string {
  const all = ends.map(({ shares }) => shares);
  const rows = <Part extends string>(words: Record<Part, string>, of: (one: RaiseShares) => Record<Part, bigint>) =>
    (Object.keys(words) as Part[]).map((part) => [words[part], ...all.map((one) => cell(of(one)[part]))]);
  const sum = (what: string, of: (one: RaiseShares) => bigint) => [what, ...all.map((one) => cell(of(one)))];
  const paid = (one: RaiseShares) => sumOf(one.flock) + sumOf(one.fees);
  const heads = ends.map(({ title }) => `>${title}`);
  return [
    tableOf(["MT", ...heads], [...rows(MT_WORDS, ({ mt }) => mt), sum("all MT", ({ mt }) => sumOf(mt))]),
    tableOf(
      ["FLOCK", ...heads],
      [
        ...rows(FLOCK_WORDS, ({ flock }) => flock),
        sum("the raise", ({ flock }) => sumOf(flock)),
        ...rows(FEE_WORDS, ({ fees }) => fees),
        sum("all that is paid", paid),
      ],
    ),
  ].join("\n");
}

const cell = (wei: bigint) => show(wei, 18, 4);

/** Where everything goes, in a JSON document. */
export function jsonShares({ raised, mt, flock, fees }: RaiseShares) {
  return {
    ...jsonFlock("raised", raised),
    ...jsonMt("claimable", mt.claimable),
    ...jsonMt("bundle", mt.bundle),
    ...jsonMt("issuer", mt.issuer),
    ...jsonMt("pool", mt.pool),
    ...jsonMt("treasury", mt.treasury),
    ...jsonMt("incentiveReserve", mt.incentiveReserve),
    ...jsonMt("burned", mt.burned),
    ...jsonFlock("pool", flock.pool),
    ...jsonFlock("stakingFund", flock.stakingFund),
    ...jsonFlock("protocol", flock.protocol),
    ...jsonFlock("creatorFees", fees.creator),
    ...jsonFlock("protocolFees", fees.protocol),
    ...jsonFlock("launchFee", fees.launch),
  };
}
