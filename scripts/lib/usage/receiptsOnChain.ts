import type { SeriesView } from "../../../sdk/src/reads/lens.ts";
import { showUsdc } from "../../../sdk/src/units/show.ts";
import { addressOf } from "../../../sdk/src/codec/address.ts";
import type { Session } from "../chain/session.ts";
import type { Found, FoundSeries } from "./receiptFolder.ts";

/** How many series are asked about at once: a public node answers a call that takes so much gas. */
const AT_ONCE = 300;

/** A series with what the chain says of it; undefined if it is of another chain. */
export interface SeriesOnChain extends FoundSeries {
  chain: SeriesView | undefined;
}

/** Asks the chain about series. */
export async function seriesOnChain(session: Session, all: readonly FoundSeries[]): Promise<SeriesOnChain[]> {
  const { protocol, chainId, deployment, now } = session;
  const isHere = ({ place: { where } }: FoundSeries) =>
    BigInt(where.chainId) === chainId && addressOf(where.addresses.meter) === deployment.addresses.meter;
  const here = all.filter(isHere);
  const views = new Map<FoundSeries, SeriesView>();
  for (let from = 0; from < here.length; from += AT_ONCE) {
    const some = here.slice(from, from + AT_ONCE);
    const ids = some.map(({ place: { user, key }, modelId }) => ({ user, key, modelId: BigInt(modelId) }));
    const found = await protocol.lens.seriesOf(ids, now);
    for (const [index, view] of found.entries()) views.set(some[index]!, view); // one each
  }
  return all.map((one) => ({ ...one, chain: views.get(one) }));
}

/** What of the chain contradicts the receipts of a series. */
export function chainContradictions(session: Session, { file, modelId, place, signed, chain }: SeriesOnChain): Found[] {
  const found = (sentence: string): Found => ({ file, line: null, modelId, sentence });
  if (chain === undefined) {
    const { chainId, addresses } = place.where;
    return [
      found(`The receipts are for the meter ${addresses.meter} of chain ${chainId.toString()}, and not for this one.`),
    ];
  }
  const { collected } = chain;
  const usdc = (amount: bigint) => showUsdc(amount, session.usdcDecimals);
  const isSigned = collected.units <= signed.units && collected.list <= signed.list && collected.paid <= signed.paid;
  if (isSigned) return [];
  return [
    found(
      `The meter has collected ${usdc(collected.paid)}, and ${usdc(signed.paid)} were signed here: the key has signed elsewhere, or a part of this folder is missing.`,
    ),
  ];
}
