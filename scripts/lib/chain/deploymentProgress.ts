import { askOnce } from "../rpc/askOnce.ts";

/** How often the chain is asked how far it is [ms]. */
const INTERVAL = 250;

/** Ignition's steps that send no transaction. */
const SENT_BY_NOBODY = /_AT$|^STATIC_CALL$|^READ_EVENT_ARGUMENT$|^ENCODE_FUNCTION_CALL$/;

/** How many transactions Ignition sends until a local chain has everything. */
export async function transactionsOfDeployment(): Promise<number> {
  const [{ default: LocalChain }, { default: Fomo }, { stepsOfModule }] = await Promise.all([
    import("../../../deploy/modules/LocalChain.ts"),
    import("../../../deploy/modules/Fomo.ts"),
    import("../deployment/preflight/funds.ts"),
  ]);
  const steps = new Set([LocalChain, Fomo].flatMap(stepsOfModule));
  return [...steps].filter(({ type }) => !SENT_BY_NOBODY.test(type)).length;
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
    return Number(await askOnce(url, "eth_blockNumber"));
  } catch {
    return undefined; // the chain is still starting, or has just been stopped: whoever waits for it hears why
  }
}
