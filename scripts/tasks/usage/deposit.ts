import { openSession, signerOf } from "../../lib/chain/session.ts";
import { jsonUsdc } from "../../lib/command/amounts.ts";
import { pairsOf } from "../../lib/command/table.ts";
import { parseDeposit, payDeposit, signDepositInto, submitDeposit } from "../../lib/usage/deposit.ts";
import type { DepositArguments } from "../../lib/usage/deposit.ts";
import { describePrepaid, jsonPrepaid, prepaidOf } from "../../lib/usage/prepaid.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments extends DepositArguments {
  json: boolean;
  from: string | undefined;
}

/** `fomo deposit`: prepays inference for oneself, or, as the platform, for a user who paid by card. */
export default runCommand("deposit", async (args: Arguments, context) => {
  const deposit = parseDeposit(args);
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  if (deposit.kind === "toSign") return await signDepositInto(session, signer, deposit);

  const { user, amount, transactions } =
    deposit.kind === "paid"
      ? await payDeposit(session, signer, deposit)
      : await submitDeposit(session, signer, deposit);
  const view = await prepaidOf(session, user);
  const { out, usdcDecimals } = session;
  out.say(`${user} has now:`);
  out.say(pairsOf(describePrepaid(view, usdcDecimals)));
  return {
    payer: deposit.kind === "paid" ? signer.address : user,
    user,
    byCard: args.creditFor !== undefined,
    ...jsonUsdc("paid", amount, usdcDecimals),
    ...jsonPrepaid(view, usdcDecimals),
    transactions,
  };
});
