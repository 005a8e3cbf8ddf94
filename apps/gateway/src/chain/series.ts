import type { Deployment } from "../../../../sdk/src/deployments/deployment.ts";
import { seriesOf } from "../../../../sdk/src/reads/lens.ts";
import type { SeriesView } from "../../../../sdk/src/reads/lens.ts";
import { smaller } from "../../../../sdk/src/units/numbers.ts";
import type { ChainView, SeriesKey } from "../books/changes.ts";
import type { ChainNode } from "./node.ts";

/** The most series in one question: every node answers so many. */
const MOST = 200;

/** What the chain says of series as of one block. */
export interface SeriesAnswer {
  block: bigint;
  views: ChainView[];
}

interface Waiting {
  of: SeriesKey;
  resolve: (answer: { block: bigint; view: ChainView }) => void;
  reject: (error: unknown) => void;
}

/** Asks the lens about series. Questions of the same moment go in one call, and all answers of a call are of one block. */
export class SeriesReader {
  readonly #node: ChainNode;
  readonly #deployment: Deployment;
  #waiting: Waiting[] = [];
  #isRunning = false;

  constructor(node: ChainNode, deployment: Deployment) {
    this.#node = node;
    this.#deployment = deployment;
  }

  /** What the chain says of a series now. @throws Whatever the node throws. */
  ask(of: SeriesKey): Promise<{ block: bigint; view: ChainView }> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ of, resolve, reject });
      if (!this.#isRunning) void this.#work();
    });
  }

  /** What it says of many, as of one block. */
  async askAll(series: readonly SeriesKey[]): Promise<SeriesAnswer> {
    const { number: block } = await this.#node.head();
    const views: ChainView[] = [];
    for (let from = 0; from < series.length; from += MOST) {
      const some = series.slice(from, from + MOST);
      const told = await this.#node.ask(seriesOf(this.#deployment, some), block);
      views.push(...some.map((of, index) => viewOf(of, told[index]!))); // it answers for each
    }
    return { block, views };
  }

  async #work(): Promise<void> {
    this.#isRunning = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length !== 0) {
      const some = this.#waiting.splice(0, MOST);
      try {
        const { block, views } = await this.askAll(some.map(({ of }) => of));
        for (const [index, { resolve }] of some.entries()) resolve({ block, view: views[index]! }); // one for each
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
    this.#isRunning = false;
  }
}

/** What a view of the lens says. A cap that will fall counts as fallen: its vouchers may be settled after that. */
function viewOf({ user, key, modelId }: SeriesKey, { collected, available, record, discount }: SeriesView): ChainView {
  const { cap, spent, expiresAt, capFalls, nextCap } = record;
  return {
    ...{ user, key, modelId, available, discountWad: discount },
    collected: { units: collected.units, list: collected.list, paid: collected.paid },
    authorization: user === key ? undefined : { cap: capFalls ? smaller(cap, nextCap) : cap, spent, expiresAt },
  };
}
