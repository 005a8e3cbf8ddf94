import { ZeroAddress } from "ethers";

import { acceptSeat, offerSeat } from "../../../sdk/src/actions/seats.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { describeSeat } from "../../../sdk/src/names/seats.ts";
import { addressOf, openSession, signerOf } from "../../lib/chain/session.ts";
import { send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";
import { writeSafeFile } from "../../lib/safe/safeFile.ts";
import type { SafeArguments } from "../../lib/safe/safeFile.ts";
import { parseSeat, seatBytes } from "../../lib/registry/seats.ts";
import type { SeatArguments } from "../../lib/registry/seats.ts";

interface Arguments extends SeatArguments, SafeArguments {
  json: boolean;
  offer: string | undefined;
  accept: boolean;
}

/** `fomo seat`: who holds a seat, and its hand-over in two steps. */
export default runCommand("seat", async (args: Arguments, context) => {
  if (args.offer !== undefined && args.accept) throw new CommandError("Name either --offer or --accept, not both.");
  const named = parseSeat(args);
  const session = await openSession(context);
  const seat = await seatBytes(session, named);
  const name = describeSeat(BigInt(seat));
  const { registry } = session.protocol;
  const { out } = context;

  const transactions: Sent[] = [];
  if (args.offer !== undefined || args.accept) {
    const to =
      args.offer === undefined || args.offer === "nobody"
        ? ZeroAddress
        : await addressOf(session, "--offer", args.offer);
    const step = args.accept ? acceptSeat(session.deployment, seat) : offerSeat(session.deployment, seat, to);
    if (args.safeFile !== undefined) {
      const holder = async () => orUndefined(await (args.accept ? registry.offeredTo(seat) : registry.holderOf(seat)));
      return await writeSafeFile(session, args, { name: `${step.what}: ${name}`, holder, steps: () => [step] });
    }
    const signer = await signerOf(session, args.from);
    if (args.accept) out.say(`Accepting ${name} as ${signer.address}; what it has not claimed yet comes with it.`);
    else out.say(to === ZeroAddress ? `Withdrawing the offer of ${name}.` : `Offering ${name} to ${to}.`);
    transactions.push((await send(session, signer, step)).sent);
  }
  const [holder, offeredTo] = await Promise.all([registry.holderOf(seat), registry.offeredTo(seat)]);
  out.say(
    holder === ZeroAddress
      ? `Nobody has ever held ${name}.`
      : `${holder} holds ${name}${offeredTo === ZeroAddress ? "" : ` and offers it to ${offeredTo}`}.`,
  );
  const orNull = (address: string) => orUndefined(address) ?? null;
  return { seat, name, holder: orNull(holder), offeredTo: orNull(offeredTo), transactions };
});

/** An address, unless it stands for nobody. */
const orUndefined = (address: string) => (address === ZeroAddress ? undefined : address);
