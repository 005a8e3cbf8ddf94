import { claimCredit } from "../../../sdk/src/actions/seats.ts";
import { MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { jsonUsdc, parseDecimal, unitsOf } from "../../lib/command/amounts.ts";
import { showUsdc } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { creditOf, creditTable, creditsOf, jsonCredit } from "../../lib/revenue/credits.ts";
import { eventOf } from "../../../sdk/src/events/decode.ts";
import { describeSeat } from "../../../sdk/src/names/seats.ts";
import { addressOf, openSession, signerOf } from "../../lib/chain/session.ts";
import { send } from "../../lib/chain/transactions.ts";
import { writeSafeFile } from "../../lib/safe/safeFile.ts";
import type { SafeArguments } from "../../lib/safe/safeFile.ts";
import { parseSeat, seatBytes } from "../../lib/registry/seats.ts";
import type { SeatArguments } from "../../lib/registry/seats.ts";

interface Arguments extends SeatArguments, SafeArguments {
  json: boolean;
  claim: boolean;
  usdc: string | undefined;
  to: string | undefined;
}

/** `fomo credits`: what settlements have credited to the seats, and how their holders take it. */
export default runCommand("credits", async (args: Arguments, context) => {
  if (!args.claim && (args.usdc !== undefined || args.to !== undefined)) {
    throw new CommandError("--usdc and --to say how credit is claimed: add --claim, or leave them out.");
  }
  const named = args.seat === undefined && !args.claim ? undefined : parseSeat(args);
  const wanted = args.usdc === undefined ? undefined : parseDecimal("--usdc", args.usdc, MAX_AMOUNT);
  const session = await openSession(context);
  const { out, usdcDecimals } = session;
  if (named === undefined) {
    const credits = await creditsOf(session);
    out.say("Credit that waits for the holders of the seats:");
    out.say(creditTable(session, credits));
    return { credits: credits.map((one) => jsonCredit(one, usdcDecimals)) };
  }
  const found = await creditOf(session, await seatBytes(session, named));
  if (!args.claim) {
    out.say(creditTable(session, [found]));
    return jsonCredit(found, usdcDecimals);
  }

  const amount = wanted === undefined ? found.credit : unitsOf(wanted, usdcDecimals);
  const name = describeSeat(BigInt(found.seat));
  const receiver = args.to === undefined ? undefined : await addressOf(session, "--to", args.to);
  const claimTo = (to: string) => claimCredit(session.deployment, found.seat, amount, to);
  if (args.safeFile !== undefined) {
    const holder = () => Promise.resolve(found.holder);
    const steps = (safe: string) => [claimTo(receiver ?? safe)];
    return await writeSafeFile(session, args, { name: `credit of ${name}`, holder, steps });
  }
  const signer = await signerOf(session, args.from);
  const to = receiver ?? signer.address;
  out.say(`Claiming ${showUsdc(amount, usdcDecimals)} of ${name} for ${to} as ${signer.address}.`);
  const { sent, receipt } = await send(session, signer, claimTo(to));
  const { credit } = eventOf(session.deployment, receipt, "waterfall", "CreditClaimed").args;
  out.say(`${to} has received ${showUsdc(amount, usdcDecimals)}; ${showUsdc(credit, usdcDecimals)} are left.`);
  return {
    ...jsonCredit({ ...found, credit }, usdcDecimals),
    to,
    ...jsonUsdc("claimed", amount, usdcDecimals),
    transactions: [sent],
  };
});
