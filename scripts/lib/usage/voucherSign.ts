import { exact, MAX_AMOUNT, MAX_UNITS } from "../../../sdk/src/units/numbers.ts";
import { addressOf, signerOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { jsonUsdc, parseDecimal, parseWhole, unitsOf } from "../command/amounts.ts";
import { show, showPercent, showUsdc } from "../../../sdk/src/units/show.ts";
import type { Decimal } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { parseModelId } from "../command/modelId.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";
import { pairsOf } from "../command/table.ts";
import { shownPath } from "../command/textFile.ts";
import { offeringOf } from "../offering/raise.ts";
import { paidAt } from "../../../sdk/src/staking/discount.ts";
import { signVoucher, signatureOf } from "../../../sdk/src/signing/voucher.ts";
import { keepsDiscountCap } from "../../../sdk/src/usage/row.ts";
import type { UsageRow } from "../../../sdk/src/usage/row.ts";
import { placeOf } from "./signedHere.ts";
import { addToFile, sumsInFile } from "./voucherFile.ts";

/** Options that say what is signed for. */
export interface VoucherArguments {
  from: string | undefined;
  model: string | undefined;
  user: string | undefined;
  units: string | undefined;
  listUsdc: string | undefined;
  paidUsdc: string | undefined;
  total: boolean;
}

/** What is signed for: on top of what was used before, or in all (`total`). */
export interface UsageToSign {
  modelId: bigint;
  units: bigint;
  list: Decimal;
  /** What is paid; undefined for the list spend less the discount of now. */
  paid: Decimal | undefined;
  total: boolean;
}

/** Reads what is signed for. */
export function parseUsage({ model, units, listUsdc, paidUsdc, total }: VoucherArguments): UsageToSign {
  const modelId = parseModelId(model);
  if (units === undefined || listUsdc === undefined) {
    throw new CommandError("Say what was used: --units, and --list-usdc for its cost before any discount.");
  }
  if (total && paidUsdc === undefined) {
    throw new CommandError("With --total all three sums are named: add --paid-usdc.");
  }
  return {
    modelId,
    units: parseWhole("--units", units, 0n, MAX_UNITS),
    list: parseDecimal("--list-usdc", listUsdc, MAX_AMOUNT),
    paid: paidUsdc === undefined ? undefined : parseDecimal("--paid-usdc", paidUsdc, MAX_AMOUNT),
    total,
  };
}

/** Signs a voucher and puts it into a file. */
export async function signIntoFile(
  session: Session,
  file: string,
  usage: UsageToSign,
  { from, user: payer }: Pick<VoucherArguments, "from" | "user">,
) {
  const { protocol, out, usdcDecimals: decimals } = session;
  const { modelId } = usage;
  const { symbol } = await offeringOf(session, modelId);
  const signer = await signerOf(session, from);
  const user = payer === undefined ? signer.address : await addressOf(session, "--user", payer);
  const series = { user, key: signer.address, modelId };
  const list = unitsOf(usage.list, decimals);
  const discountWad = await protocol.staking.discountOf(modelId, user, session.now);
  const paid = usage.paid === undefined ? paidAt(list, discountWad) : unitsOf(usage.paid, decimals);
  if (paid > list) {
    throw new CommandError(
      `--paid-usdc is ${exact(paid, decimals)}, above the list spend of ${exact(list, decimals)}: nobody pays more than list price.`,
    );
  }

  const used: UsageRow = { units: usage.units, list, paid };
  const total = usage.total ? used : plus(await sumsBefore(), used);
  if (total.units > MAX_UNITS || total.list > MAX_AMOUNT) {
    throw new CommandError(
      `The voucher would state ${show(total.units, 0)} units and ${showUsdc(total.list, decimals)} in all, more than a contract can hold: sign for less.`,
    );
  }
  const voucher = await signVoucher(signer, placeOf(session), { ...series, ...total });
  const count = await addToFile(session, file, voucher);

  out.say(
    `${signer.address} has signed for the use of ${plain(symbol)} (model ${modelId.toString()}) by ${user}, in all:`,
  );
  out.say(
    pairsOf({
      units: show(total.units, 0),
      "list spend": showUsdc(total.list, decimals),
      "paid spend": showUsdc(total.paid, decimals),
      "discount now": showPercent(discountWad),
    }),
  );
  if (!keepsDiscountCap(total)) {
    out.say("It is more than 30% below the list spend: the meter will skip it.");
  }
  out.say(`${shownPath(file)} holds ${count.toString()} voucher${count === 1 ? "" : "s"}; nothing was sent.`);
  return {
    file,
    vouchers: count,
    user,
    key: signer.address,
    modelId: Number(modelId),
    units: total.units.toString(),
    ...jsonUsdc("list", total.list, decimals),
    ...jsonUsdc("paid", total.paid, decimals),
    signature: signatureOf(voucher),
  };

  /** Where the series stands: what was collected, or what the file's voucher says if that is more. */
  async function sumsBefore(): Promise<UsageRow> {
    const { units, list, paid } = await protocol.meter.usageOf(user, signer.address, modelId);
    const signed = sumsInFile(session, file, series);
    return signed !== undefined && signed.paid > paid ? signed : { units, list, paid };
  }
}

const plus = (a: UsageRow, b: UsageRow): UsageRow => ({
  units: a.units + b.units,
  list: a.list + b.list,
  paid: a.paid + b.paid,
});
