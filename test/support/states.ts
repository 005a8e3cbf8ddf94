import { expect } from "chai";

import { ethers } from "./fixtures.ts";

/** States in one call, so that its gas stays below that of a block. */
const AT_ONCE = 400;
/** Hexadecimal digits of a word. */
const DIGITS = 64;

const word = (value: bigint): string => value.toString(16).padStart(DIGITS, "0");

/**
 * Runs a function of a harness that is `ManyStates` over many states, and gives the words that come of each. The words are
 * written and read here, because a coder would take longer than everything else.
 */
export async function resultsOf(
  harness: "RaiseStates" | "UsageStates" | "BuybackStates",
  name: string,
  states: readonly (readonly bigint[])[],
): Promise<bigint[][]> {
  const contract = await ethers.deployContract(harness);
  const to = await contract.getAddress();
  const { selector } = contract.interface.getFunction(name)!;
  const results: bigint[][] = [];
  for (let from = 0; from < states.length; from += AT_ONCE) {
    const some = states.slice(from, from + AT_ONCE);
    const words = some.flat();
    const data = `${selector}${word(32n)}${word(BigInt(words.length))}${words.map(word).join("")}`;
    results.push(...resultsIn(await ethers.provider.call({ to, data }), some.length));
  }
  return results;
}

/** The words of so many results in what the chain answered: offset, length, and all words. */
function resultsIn(answer: string, count: number): bigint[][] {
  const words = answer.slice(2 + 2 * DIGITS);
  const width = words.length / DIGITS / count;
  return Array.from({ length: count }, (_, index) =>
    Array.from({ length: width }, (_, place) => {
      const start = (index * width + place) * DIGITS;
      return BigInt(`0x${words.slice(start, start + DIGITS)}`);
    }),
  );
}

/**
 * That the SDK says of every state what the chain says. Only the first difference is shown.
 * @param quoted What the SDK says of a state, in the order of the harness.
 */
export async function expectQuoted<State extends readonly bigint[]>(
  harness: Parameters<typeof resultsOf>[0],
  name: string,
  states: readonly State[],
  quoted: (state: State) => bigint[],
): Promise<bigint[][]> {
  const results = await resultsOf(harness, name, states);
  for (const [index, state] of states.entries()) {
    const [said, found] = [quoted(state), results[index]!];
    const agrees = said.length === found.length && said.every((value, place) => value === found[place]);
    if (!agrees) expect(said, `of ${state.join(", ")}`).to.deep.equal(found);
  }
  return results;
}

/** So many states. */
export const statesOf = <State>(count: number, draw: () => State): State[] => Array.from({ length: count }, draw);

/** A truth as the harness tells it. */
export const flag = (isTrue: boolean): bigint => (isTrue ? 1n : 0n);
