import { ZeroAddress } from "ethers";

import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { describeSeat } from "../../lib/decode/seats.ts";
import { addressOf, openSession, signerOf } from "../../lib/chain/session.ts";
import { send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";
import { parseSeat, seatBytes } from "../../lib/registry/seats.ts";
import type { SeatArguments } from "../../lib/registry/seats.ts";

interface Arguments extends SeatArguments {
  json: boolean;
  from: string | undefined;
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
  if (args.offer !== undefined) {
    const signer = await signerOf(session, args.from);
    const to = args.offer === "nobody" ? ZeroAddress : await addressOf(session, "--offer", args.offer);
    out.say(to === ZeroAddress ? `Withdrawing the offer of ${name}.` : `Offering ${name} to ${to}.`);
    transactions.push(
      (await send(session, signer, "Offer the seat", registry.connect(signer).offerSeat, seat, to)).sent,
    );
  }
  if (args.accept) {
    const signer = await signerOf(session, args.from);
    out.say(`Accepting ${name} as ${signer.address}; what it has not claimed yet comes with it.`);
    transactions.push((await send(session, signer, "Accept the seat", registry.connect(signer).acceptSeat, seat)).sent);
  }
  const [holder, offeredTo] = await Promise.all([registry.holderOf(seat), registry.offeredTo(seat)]);
  out.say(
    holder === ZeroAddress
      ? `Nobody has ever held ${name}.`
      : `${holder} holds ${name}${offeredTo === ZeroAddress ? "" : ` and offers it to ${offeredTo}`}.`,
  );
  const orNull = (address: string) => (address === ZeroAddress ? null : address);
  return { seat, name, holder: orNull(holder), offeredTo: orNull(offeredTo), transactions };
});
