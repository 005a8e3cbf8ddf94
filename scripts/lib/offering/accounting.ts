import { BPS, WAD } from "../../../sdk/src/units/numbers.ts";
import { jsonFlock, jsonMt } from "../command/amounts.ts";
import { show } from "../../../sdk/src/units/show.ts";
import { tableOf } from "../command/table.ts";
import { pointAt } from "../../../sdk/src/raise/curve.ts";
import type { OpeningMode } from "../../../sdk/src/raise/curve.ts";

/** The whole supply of every MT [MT wei]. */
export const MT_SUPPLY = 1_000_000n * WAD;

/** What decides where the MT and the FLOCK of a raise go. */
export interface AccountedTerms {
  /** [FLOCK wei] */
  target: bigint;
  /** [FLOCK wei] */
  virtualFlock: bigint;
  openingMode: OpeningMode;
  /** What of the raise the issuer's bundle has brought [FLOCK wei], and what it yields [MT wei]. */
  bundleNet: bigint;
  bundleMt: bigint;
  /** Creator's part of the fee of a purchase, and the whole fee at its base [bps]. */
  creatorFeeBps: bigint;
  baseFeeBps: bigint;
  /** [FLOCK wei] */
  launchFee: bigint;
}

/** Where all MT and all FLOCK of a raise go that ends at one sum and graduates. */
export interface Account {
  /** [FLOCK wei] */
  raised: bigint;
  /** Parts of the supply [MT wei]; they add up to 1,000,000 MT. */
  mt: {
    claimable: bigint;
    bundle: bigint;
    issuer: bigint;
    pool: bigint;
    treasury: bigint;
    incentiveReserve: bigint;
    burned: bigint;
  };
  /** Parts of the raise [FLOCK wei]; they add up to it. */
  flock: { pool: bigint; stakingFund: bigint; protocol: bigint };
  /** What is paid beside the raise [FLOCK wei], if everybody pays the base fee of purchases. */
  fees: { creator: bigint; protocol: bigint; launch: bigint };
}

/**
 * Divides the supply and the proceeds of a raise that ends with `raised` [FLOCK wei] as the graduation contract does: parts
 * round down, the rest of the supply is burned, and the pool gets the rest of the raise.
 */
export function accountOf(terms: AccountedTerms, raised: bigint): Account {
  const { target, virtualFlock, openingMode, bundleMt } = terms;
  const { sold, poolMt, poolFlock } = pointAt({ target }, virtualFlock, raised, openingMode);
  const shares = {
    claimable: sold - bundleMt,
    bundle: bundleMt,
    issuer: sold / 4n,
    pool: poolMt,
    treasury: sold / 4n,
    incentiveReserve: sold / 2n,
  };
  const quarter = raised / 4n;
  const gross = grossFor(terms.bundleNet, terms.baseFeeBps) + grossFor(raised - terms.bundleNet, terms.baseFeeBps);
  const creator = (gross * terms.creatorFeeBps) / BPS;
  return {
    raised,
    mt: { ...shares, burned: MT_SUPPLY - sumOf(shares) },
    flock: { pool: poolFlock, stakingFund: quarter, protocol: quarter },
    fees: { creator, protocol: gross - raised - creator, launch: terms.launchFee },
  };
}

/** The smallest payment that leaves `net` after a fee [FLOCK wei]. */
export const grossFor = (net: bigint, feeBps: bigint) => (net * BPS + BPS - feeBps - 1n) / (BPS - feeBps);

/** The sum of all parts. */
export const sumOf = (parts: Record<string, bigint>) => Object.values(parts).reduce((sum, part) => sum + part, 0n);

/** What the parts are called. */
const MT_WORDS: Record<keyof Account["mt"], string> = {
  claimable: "supporters, to be claimed",
  bundle: "the issuer's bundle, vests",
  issuer: "the issuer's part, vests",
  pool: "the pool, locked",
  treasury: "the treasury, vests",
  incentiveReserve: "reserve for usage rewards, vests",
  burned: "burned",
};
const FLOCK_WORDS: Record<keyof Account["flock"], string> = {
  pool: "the pool, locked",
  stakingFund: "fund for usage rewards, vests",
  protocol: "the treasury, vests",
};
const FEE_WORDS: Record<keyof Account["fees"], string> = {
  creator: "fees of purchases, to the issuer",
  protocol: "fees of purchases, to the treasury",
  launch: "the launch fee, to the treasury",
};

/** Accounts side by side, with their sums. */
export function accountTable(accounts: { title: string; account: Account }[]): string {
  const all = accounts.map(({ account }) => account);
  const rows = <Part extends string>(words: Record<Part, string>, of: (one: Account) => Record<Part, bigint>) =>
    (Object.keys(words) as Part[]).map((part) => [words[part], ...all.map((one) => cell(of(one)[part]))]);
  const sum = (what: string, of: (one: Account) => bigint) => [what, ...all.map((one) => cell(of(one)))];
  const paid = (one: Account) => sumOf(one.flock) + sumOf(one.fees);
  const heads = accounts.map(({ title }) => `>${title}`);
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

/** An account in a JSON document. */
export function jsonAccount({ raised, mt, flock, fees }: Account) {
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
