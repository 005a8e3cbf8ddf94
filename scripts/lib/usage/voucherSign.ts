import { existsSync } from "node:fs";

import { BPS, WAD, exact, jsonUsdc, parseWhole, show, showPercent, showUsdc } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { offeringOf } from "../offering/raise.ts";
import { parseUsdc } from "../chain/payments.ts";
import { addressOf, signerOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { VOUCHER_TYPES, voucherDomainOf } from "./voucher.ts";
import { pairsOf } from "../command/table.ts";
import { shownPath } from "../command/textFile.ts";
import { addToFile, isSameSeries, readVouchers, sumsOf } from "./voucherFile.ts";
import { parseModelId } from "../command/modelId.ts";

/** Options that say what is signed for. */
export interface VoucherArguments {
  from: string | undefined;
  file: string | undefined;
  model: string | undefined;
  user: string | undefined;
  units: string | undefined;
  listUsdc: string | undefined;
  paidUsdc: string | undefined;
  total: boolean;
}

/** Sums of usage, on their own or cumulative. */
export interface Sums {
  units: bigint;
  list: bigint;
  paid: bigint;
}

/** The most that a voucher's units can count. */
const MOST_UNITS = 2n ** 64n - 1n;

/** What is paid for a list spend at a discount [USDC units], rounded up: what enters the protocol does. */
export function paidAt(list: bigint, discountWad: bigint): bigint {
  return (list * (WAD - discountWad) + WAD - 1n) / WAD;
}

/** Reads what is signed for, before anything is connected. */
export function parseVoucher(args: VoucherArguments) {
  const modelId = parseModelId(args.model);
  if (args.units === undefined || args.listUsdc === undefined) {
    throw new CommandError("Say what was used: --units, and --list-usdc for its cost before any discount.");
  }
  if (args.total && args.paidUsdc === undefined) {
    throw new CommandError("With --total all three sums are named: add --paid-usdc.");
  }
  return { ...args, modelId, listUsdc: args.listUsdc, units: parseWhole("--units", args.units, 0n, MOST_UNITS) };
}

/** Signs a voucher and puts it into a file. */
export async function signVoucher(session: Session, file: string, args: ReturnType<typeof parseVoucher>) {
  const { context, protocol, chainId } = session;
  const { modelId } = args;
  const { symbol } = await offeringOf(session, modelId);
  const signer = await signerOf(session, args.from);
  const user = args.user === undefined ? signer.address : await addressOf(session, "--user", args.user);
  const series = { user, key: signer.address, modelId: Number(modelId) };
  const decimals = context.usdcDecimals;
  const list = parseUsdc(session, "--list-usdc", args.listUsdc);
  const discountWad = await protocol.staking.discountOf(modelId, user, session.now);
  const paid =
    args.paidUsdc === undefined ? paidAt(list, discountWad) : parseUsdc(session, "--paid-usdc", args.paidUsdc);
  if (paid > list) {
    throw new CommandError(
      `--paid-usdc is ${exact(paid, decimals)}, above the list spend of ${exact(list, decimals)}: nobody pays more than list price.`,
    );
  }

  const used: Sums = { units: args.units, list, paid };
  const total = args.total ? used : plus(await sumsBefore(), used);
  const { units } = total;
  const typed = { ...series, ...total };
  const signature = await signer.signTypedData(await voucherDomainOf(protocol.meter), VOUCHER_TYPES, typed);
  const voucher = {
    chainId: Number(chainId),
    meter: protocol.addresses.meter,
    ...series,
    units: units.toString(),
    listUsdc: exact(total.list, decimals),
    paidUsdc: exact(total.paid, decimals),
    signature,
  };
  const count = addToFile(file, voucher);

  const { out } = context;
  out.say(`${signer.address} has signed for the use of ${symbol} (model ${modelId.toString()}) by ${user}, in all:`);
  out.say(
    pairsOf({
      units: show(units, 0),
      "list spend": showUsdc(total.list, decimals),
      "paid spend": showUsdc(total.paid, decimals),
      "discount now": showPercent(discountWad),
    }),
  );
  if (total.paid * BPS < total.list * 7_000n)
    out.say("It is more than 30% below the list spend: the meter will skip it.");
  out.say(`${shownPath(file)} holds ${count.toString()} voucher${count === 1 ? "" : "s"}; nothing was sent.`);
  return {
    file,
    vouchers: count,
    ...series,
    units: units.toString(),
    ...jsonUsdc("list", total.list, decimals),
    ...jsonUsdc("paid", total.paid, decimals),
    signature,
  };

  /** Where the series stands: what was collected, or what the file's voucher says if that is more. */
  async function sumsBefore(): Promise<Sums> {
    const { units, list, paid } = await protocol.meter.usageOf(user, signer.address, modelId);
    const signed = existsSync(file) ? readVouchers(file).find((voucher) => isSameSeries(voucher, series)) : undefined;
    const sums = signed === undefined ? undefined : sumsOf(signed, decimals);
    return sums !== undefined && sums.paid > paid ? sums : { units, list, paid };
  }
}

const plus = (a: Sums, b: Sums): Sums => ({ units: a.units + b.units, list: a.list + b.list, paid: a.paid + b.paid });
