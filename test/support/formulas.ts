import type { Result } from "ethers";

import { ethers } from "./fixtures.ts";

/** Cases in one call; bounded by the gas of a block. */
const BATCH = 400;

/** One evaluation of a formula: its name in `FormulaHarness` and its arguments. */
export interface FormulaCall {
  name: string;
  args: readonly unknown[];
}

/** Deploys the formulas and returns a function that evaluates many cases of them, in order. */
export async function deployFormulas() {
  const harness = await ethers.deployContract("FormulaHarness");
  return async (calls: readonly FormulaCall[]): Promise<Result[]> => {
    const results: Result[] = [];
    for (let from = 0; from < calls.length; from += BATCH) {
      const batch = calls.slice(from, from + BATCH);
      const data = batch.map(({ name, args }) => harness.interface.encodeFunctionData(name, args));
      const answers = (await harness.getFunction("multicall").staticCall(data)) as string[];
      answers.forEach((answer, i) => results.push(harness.interface.decodeFunctionResult(batch[i]!.name, answer)));
    }
    return results;
  };
}
