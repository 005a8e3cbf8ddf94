import { timeOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { jsonTime, jsonUsdc } from "../command/amounts.ts";
import { showTime, showUsdc } from "../../../sdk/src/units/show.ts";
import { pairsOf } from "../command/table.ts";

/** Says what a key may do, and gives it as a document. */
export async function keyStatus(session: Session, user: string, key: string) {
  const { out, usdcDecimals } = session;
  const record = await session.protocol.meter.keyOf(user, key, session.now);
  const usdc = (amount: bigint) => showUsdc(amount, usdcDecimals);
  const known = record.expiresAt !== 0n;
  out.say(known ? `The key ${key} of ${user}:` : `${user} never authorised the key ${key}.`);
  if (known) {
    out.say(
      pairsOf({
        cap: usdc(record.cap),
        spent: usdc(record.spent),
        expires: `${showTime(record.expiresAt)}; collected until ${showTime(record.collectedUntil)}`,
        ...(record.capFalls ? { "cap falls": `to ${usdc(record.nextCap)} on ${showTime(record.nextCapAt)}` } : {}),
      }),
    );
  }
  return {
    authorised: known && record.expiresAt > (await timeOf(session)),
    ...jsonUsdc("cap", record.cap, usdcDecimals),
    ...jsonUsdc("spent", record.spent, usdcDecimals),
    ...jsonTime("expiresAt", known ? record.expiresAt : null),
    ...jsonTime("collectedUntil", known ? record.collectedUntil : null),
    nextCap: record.capFalls
      ? { ...jsonUsdc("cap", record.nextCap, usdcDecimals), ...jsonTime("at", record.nextCapAt) }
      : null,
  };
}
