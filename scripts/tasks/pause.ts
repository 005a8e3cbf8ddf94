import { jsonTime, showTime } from "../lib/amounts.ts";
import { runCommand } from "../lib/command.ts";
import { CommandError } from "../lib/commandError.ts";
import { openSession, signerOf } from "../lib/session.ts";
import type { Session } from "../lib/session.ts";
import { pairsOf } from "../lib/table.ts";
import { send } from "../lib/transactions.ts";
import type { Sent } from "../lib/transactions.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  what: string | undefined;
  lift: boolean;
}

/** What the guardian can pause: only what comes in, never an exit. */
const PAUSABLE = ["launches", "buys", "deposits", "buybacks"] as const;

/** `fomo pause`: shows what is paused, pauses it, or lifts a pause, as the guardian. */
export default runCommand<Arguments>(async (args, context) => {
  const what = PAUSABLE.find((known) => known === args.what);
  if (args.what !== undefined && what === undefined) {
    throw new CommandError(`--what is "${args.what}": name ${PAUSABLE.join(", ")}.`);
  }
  if (args.lift && what === undefined) {
    throw new CommandError(`Say which pause to lift with --what: ${PAUSABLE.join(", ")}.`);
  }
  const session = await openSession(context);
  const { out } = context;

  const transactions: Sent[] = [];
  if (what !== undefined) {
    const signer = await signerOf(session, args.from);
    const { offering, meter, buyback } = session.protocol;
    const [asGuardian, atMeter, atBuyback] = [offering.connect(signer), meter.connect(signer), buyback.connect(signer)];
    const { begin, end } = {
      launches: { begin: asGuardian.pauseLaunches, end: asGuardian.unpauseLaunches },
      buys: { begin: asGuardian.pauseBuys, end: asGuardian.unpauseBuys },
      deposits: { begin: atMeter.pauseDeposits, end: atMeter.unpauseDeposits },
      buybacks: { begin: atBuyback.pauseBuybacks, end: atBuyback.unpauseBuybacks },
    }[what];
    out.say(
      args.lift
        ? `Lifting the pause of ${what} as ${signer.address}.`
        : `Pausing ${what} as ${signer.address}: for 7 days at most, and not again for 30 days after that.`,
    );
    const title = args.lift ? `Lift the pause of ${what}` : `Pause ${what}`;
    transactions.push((await send(session, signer, title, args.lift ? end : begin)).sent);
  }

  const until = await pausesOf(session);
  const shown = PAUSABLE.map((name) => [
    name,
    until[name] === 0n ? "open" : `paused until ${showTime(until[name])} at the latest`,
  ]);
  out.say(pairsOf(Object.fromEntries(shown) as Record<string, string>));
  const pausedUntil = PAUSABLE.map((name) => [name, until[name] === 0n ? null : jsonTime(until[name])]);
  return { pausedUntil: Object.fromEntries(pausedUntil) as Record<string, string | null>, transactions };
});

/** Until when each is paused [s]; 0 if it is not. */
async function pausesOf({ protocol: { offering, meter, buyback }, now }: Session) {
  const [[launches, buys], deposits, buybacks] = await Promise.all([
    offering.pauses(now),
    meter.depositsPausedUntil(now),
    buyback.buybacksPausedUntil(now),
  ]);
  return { launches, buys, deposits, buybacks };
}
