import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { openSession } from "../../lib/chain/session.ts";
import { checkVouchers } from "../../lib/usage/voucherCheck.ts";
import { parseVoucher, signVoucher } from "../../lib/usage/voucherSign.ts";
import type { VoucherArguments } from "../../lib/usage/voucherSign.ts";

interface Arguments extends VoucherArguments {
  json: boolean;
  sign: boolean;
  check: boolean;
}

/** `fomo voucher`: signs for usage into a file, or says what settling a file would collect now. */
export default runCommand<Arguments>(async (args, context) => {
  if (args.sign === args.check) throw new CommandError("Say one thing: --sign a voucher, or --check a file of them.");
  if (args.file === undefined) throw new CommandError("Name the file of vouchers with --file, such as vouchers.json.");
  if (args.check) return await checkVouchers(await openSession(context), args.file);
  const wish = parseVoucher(args);
  return await signVoucher(await openSession(context), args.file, wish);
});
