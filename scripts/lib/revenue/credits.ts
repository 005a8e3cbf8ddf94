import { jsonUsdc } from "../command/amounts.ts";
import { show } from "../../../sdk/src/units/show.ts";
import { describeSeat, providerSeatsTo, seatOf } from "../../../sdk/src/names/seats.ts";
import type { Session } from "../chain/session.ts";
import { tableOf } from "../command/table.ts";

/** A seat with what waits for its holder. */
export interface SeatCredit {
  seat: string;
  holder: string;
  /** [USDC units] */
  credit: bigint;
}

/** What waits for one seat. */
export async function creditOf({ protocol: { registry, waterfall } }: Session, seat: string): Promise<SeatCredit> {
  const [holder, credit] = await Promise.all([registry.holderOf(seat), waterfall.creditOf(seat)]);
  return { seat, holder, credit };
}

/** What waits for all seats: those of the protocol, of every tier's providers, former ones with credit too, and of models. */
export async function creditsOf(session: Session): Promise<SeatCredit[]> {
  const { registry } = session.protocol;
  const [tierCount, modelCount] = await Promise.all([registry.tierCount(), registry.modelCount()]);
  const credits = [
    await creditOf(session, seatOf("treasury", 0n)),
    await creditOf(session, seatOf("buyback-flock", 0n)),
  ];
  for (let tierId = 1n; tierId <= tierCount; ++tierId) {
    const present = await registry.providerSeatOf(tierId);
    const seats = await Promise.all(providerSeatsTo(present).map((seat) => creditOf(session, seat)));
    credits.push(...seats.filter(({ seat, credit }) => credit !== 0n || BigInt(seat) === BigInt(present)));
  }
  for (let modelId = 1n; modelId <= modelCount; ++modelId) {
    credits.push(await creditOf(session, seatOf("issuer", modelId)));
    credits.push(await creditOf(session, seatOf("buyback-model", modelId)));
  }
  return credits;
}

/** Credits as a table. */
export const creditTable = ({ out, usdcDecimals }: Session, credits: SeatCredit[]) =>
  tableOf(
    ["seat", "holder", ">credit (USDC)"],
    credits.map(({ seat, holder, credit }) => [
      describeSeat(BigInt(seat)),
      out.inFull(holder),
      show(credit, usdcDecimals),
    ]),
  );

/** A credit in a JSON document. */
export const jsonCredit = ({ seat, holder, credit }: SeatCredit, decimals: number) => ({
  seat,
  name: describeSeat(BigInt(seat)),
  holder,
  ...jsonUsdc("credit", credit, decimals),
});
