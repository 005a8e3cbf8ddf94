/** How often the chain is asked how far it is [ms]. */
const INTERVAL = 250;

/** Ignition's steps that send no transaction. */
const SENT_BY_NOBODY = /_AT$|^STATIC_CALL$|^READ_EVENT_ARGUMENT$|^ENCODE_FUNCTION_CALL$/;

/** A module of Ignition, as far as it is counted here. */
interface Module {
  futures: Set<{ id: string; type: string }>;
  submodules: Set<Module>;
}

/** How many transactions Ignition sends until a local chain has everything. */
export async function transactionsOfDeployment(): Promise<number> {
  const [{ default: LocalChain }, { default: Fomo }] = await Promise.all([
    import("../../../deploy/modules/LocalChain.ts"),
    import("../../../deploy/modules/Fomo.ts"),
  ]);
  const ids = new Set<string>();
  const collect = ({ futures, submodules }: Module): void => {
    for (const { id, type } of futures) if (!SENT_BY_NOBODY.test(type)) ids.add(id);
    for (const submodule of submodules) collect(submodule);
  };
  collect(LocalChain);
  collect(Fomo);
  return ids.size;
}

/** How far a deployment on a new local chain is, which makes a block for every transaction. */
export class DeploymentProgress {
  #done = 0;
  #total: number | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(url: string) {
    transactionsOfDeployment().then(
      (total) => (this.#total = total),
      () => undefined, // the deployment itself meets the same error and tells it
    );
    this.#timer = setInterval(() => {
      void blocksOf(url).then((blocks) => (this.#done = blocks ?? this.#done));
    }, INTERVAL);
  }

  /** What is waited for, in words. */
  describe(): string {
    if (this.#total === undefined || this.#done === 0) return "Deploying the protocol";
    const done = Math.min(this.#done, this.#total);
    return `Deploying the protocol: ${done.toString()} of ${this.#total.toString()} transactions`;
  }

  /** Asks no more. */
  stop(): void {
    clearInterval(this.#timer);
  }
}

/** The number of the latest block; undefined as long as nothing answers. */
async function blocksOf(url: string): Promise<number | undefined> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_blockNumber", params: [] }),
    });
    return Number(((await answer.json()) as { result: string }).result);
  } catch {
    return undefined; // the chain is still starting, or has just been stopped: whoever waits for it hears why
  }
}
