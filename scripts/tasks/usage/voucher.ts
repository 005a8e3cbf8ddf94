import { openSession } from "../../lib/chain/session.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { checkVouchers } from "../../lib/usage/voucherCheck.ts";
import { readVoucherFile } from "../../lib/usage/voucherFile.ts";
import { parseUsage, signIntoFile } from "../../lib/usage/voucherSign.ts";
import type { VoucherArguments } from "../../lib/usage/voucherSign.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments extends VoucherArguments {
  json: boolean;
  sign: boolean;
  check: boolean;
  file: string | undefined;
}

/** `fomo voucher`: signs for usage into a file, or says what settling a file would collect now. */
export default runCommand("voucher", async (args: Arguments, context) => {
  if (args.sign === args.check) throw new CommandError("Say one thing: --sign a voucher, or --check a file of them.");
  if (args.file === undefined) throw new CommandError("Name the file of vouchers with --file, such as vouchers.json.");
  if (args.check) {
    const file = readVoucherFile(args.file);
    return await checkVouchers(await openSession(context), file);
  }
  const usage = parseUsage(args);
  return await signIntoFile(await openSession(context), args.file, usage, args);
});
