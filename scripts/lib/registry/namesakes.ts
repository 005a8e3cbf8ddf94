import { timeOf } from "../chain/session.ts";
import type { Session } from "../chain/session.ts";
import { plain } from "../../../sdk/src/text/plainText.ts";
import { phaseOf } from "../../../sdk/src/raise/phase.ts";
import type { Phase } from "../../../sdk/src/raise/phase.ts";
import { offeringOf } from "../offering/raise.ts";

/** How many models a symbol is compared with, the newest first: each is a call, and a command should not take long. */
export const MOST_COMPARED = 100;
/** Calls at the same time; public nodes refuse more. */
const AT_ONCE = 10;

/** A model with a symbol that cannot be told from another one. */
export interface Namesake {
  modelId: bigint;
  symbol: string;
  name: string;
}

/** What a comparison has found. */
export interface Namesakes {
  found: Namesake[];
  /** How many models were compared, the newest ones, and how many there are. */
  compared: number;
  all: number;
}

/**
 * What is left of a symbol when spelling does not count: capitals, width and other forms of a letter that Unicode takes for
 * the same. Letters of two scripts that look alike stay two.
 */
export const spelledAlike = (symbol: string): string =>
  symbol.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC").trim();

/** Whether a model counts: what a failed one was called does not matter any more. */
export const isAlive = (phase: Phase): boolean => phase !== "failed" && phase !== "to be refunded";

/**
 * The models that are alive and have the same symbol as another one, however it is spelled.
 * @param except The model that has the symbol itself; undefined for one that is still to be launched.
 */
export async function namesakesOf(session: Session, symbol: string, except?: bigint): Promise<Namesakes> {
  const { registry } = session.protocol;
  const all = Number(await registry.modelCount());
  const compared = Math.min(all, MOST_COMPARED);
  const ids = Array.from({ length: compared }, (_, index) => BigInt(all - index)).filter((id) => id !== except);
  const same = spelledAlike(symbol);
  const alike: Namesake[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const identities = await Promise.all(some.map((id) => registry.identityOf(id)));
    for (const [index, { symbol: other, name }] of identities.entries()) {
      if (spelledAlike(other) === same) alike.push({ modelId: some[index]!, symbol: other, name });
    }
  }
  const time = alike.length === 0 ? 0n : await timeOf(session);
  const phases = await Promise.all(alike.map(async ({ modelId }) => phaseOf(await offeringOf(session, modelId), time)));
  return { found: alike.filter((_, index) => isAlive(phases[index]!)), compared, all };
}

/** Says which other models have the symbol; nothing if no other one has it. */
export function describeNamesakes({ found, compared, all }: Namesakes): string[] {
  const others = found.map(
    ({ modelId, symbol, name }) => `model ${modelId.toString()}, ${plain(name)} (${plain(symbol)})`,
  );
  return [
    ...(others.length === 0
      ? []
      : [`WARNING: the same symbol is that of ${others.join(" and of ")}; a token's address names one model alone.`]),
    ...(compared < all
      ? [`The symbol was compared with the newest ${compared.toString()} of ${all.toString()} models only.`]
      : []),
  ];
}

/** The other models with the symbol, in a JSON document. */
export const jsonNamesakes = ({ found }: Namesakes) => ({
  sameSymbolModels: found.map(({ modelId }) => Number(modelId)),
});
