import type { Session } from "./session.ts";
import { LOCAL_ACTORS } from "./localActors.ts";

/** What the tokens of a deployment are called; the other contracts are called as in its record. */
const TOKEN_NAMES: Record<string, string> = { flock: "FLOCK", usdc: "USDC" };

/**
 * Whose the addresses are that a deployment knows, in small letters: its contracts, the holder of the treasury's seat and,
 * on a local chain, the actors. Their number does not grow with the models.
 * @param hasActors Whether the accounts of the network are the actors of a local chain.
 */
export async function knownNames(
  { protocol, signing }: Pick<Session, "protocol" | "signing">,
  hasActors: boolean,
): Promise<Map<string, string>> {
  const treasury = await protocol.registry.treasury();
  const actors = hasActors ? (await signing()).signers : [];
  const named: [address: string, name: string][] = [
    ...Object.entries(protocol.addresses).map(([name, address]): [string, string] => [
      address,
      TOKEN_NAMES[name] ?? name,
    ]),
    ...LOCAL_ACTORS.flatMap((name, index): [string, string][] => {
      const actor = actors[index];
      return actor === undefined ? [] : [[actor.address, name]];
    }),
    [treasury, "treasury"],
  ];
  const names = new Map<string, string>();
  for (const [address, name] of named) {
    const known = names.get(address.toLowerCase());
    names.set(address.toLowerCase(), known === undefined || known === name ? name : `${known}, ${name}`);
  }
  return names;
}
