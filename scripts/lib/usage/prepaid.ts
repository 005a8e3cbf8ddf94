import { withdrawalTimes } from "../../../sdk/src/usage/withdrawal.ts";
import { jsonTime, jsonUsdc } from "../command/amounts.ts";
import { showTime, showUsdc } from "../../../sdk/src/units/show.ts";
import type { Session } from "../chain/session.ts";

/** A user's prepaid USDC, as of now. */
export async function prepaidOf({ protocol: { meter }, now }: Session, user: string) {
  const [account, available] = await Promise.all([meter.accountOf(user, now), meter.availableOf(user, now)]);
  const { deposited, credit, requested, requestedAt } = account;
  return { deposited, credit, requested, requestedAt, available, ...withdrawalTimes(requestedAt) };
}

/** Balances and request of one user [USDC units], and the times of the request [s]. */
export type Prepaid = Awaited<ReturnType<typeof prepaidOf>>;

/** Prepaid USDC in words, one pair a line. */
export function describePrepaid(view: Prepaid, decimals: number): Record<string, string> {
  const usdc = (amount: bigint) => showUsdc(amount, decimals);
  return {
    deposited: usdc(view.deposited),
    "card credit": usdc(view.credit),
    ...(view.requestedAt === 0n
      ? {}
      : {
          "requested back": `${usdc(view.requested)}, to be withdrawn from ${showTime(view.maturesAt)} to ${showTime(view.lapsesAt)}`,
        }),
    "to be served": usdc(view.available),
  };
}

/** Prepaid USDC in a JSON document. */
export function jsonPrepaid(view: Prepaid, decimals: number) {
  const requested = view.requestedAt !== 0n;
  return {
    ...jsonUsdc("deposited", view.deposited, decimals),
    ...jsonUsdc("credit", view.credit, decimals),
    ...jsonUsdc("requested", view.requested, decimals),
    ...jsonTime("maturesAt", requested ? view.maturesAt : null),
    ...jsonTime("lapsesAt", requested ? view.lapsesAt : null),
    ...jsonUsdc("available", view.available, decimals),
  };
}
