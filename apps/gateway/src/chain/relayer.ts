import { createWalletClient, defineChain, http } from "viem";

import { privateKeyToAccount } from "viem/accounts";

import { callOf, together } from "../../../../sdk/src/actions/action.ts";
import type { Action } from "../../../../sdk/src/actions/action.ts";
import { depositSigned } from "../../../../sdk/src/actions/prepaid.ts";
import type { DepositAuthorization } from "../../../../sdk/src/actions/prepaid.ts";
import { authorizeKeySigned } from "../../../../sdk/src/actions/usage.ts";
import type { SignedKeyTerms } from "../../../../sdk/src/actions/usage.ts";
import type { Hex } from "../../../../sdk/src/codec/hex.ts";
import type { Deployment } from "../../../../sdk/src/deployments/deployment.ts";
import { explainError } from "../../../../sdk/src/errors/explain.ts";
import { FomoError } from "../../../../sdk/src/errors/fomoError.ts";
import { readOf } from "../../../../sdk/src/reads/read.ts";
import { readSignature } from "../../../../sdk/src/signing/signature.ts";
import { exact } from "../../../../sdk/src/units/numbers.ts";
import { Refusal } from "../refusals/refusal.ts";
import type { Queries } from "../store/sql.ts";
import type { ChainNode } from "./node.ts";

/** What a user without gas has signed. */
export interface Beginning {
  deposit?: DepositAuthorization & { signature: Hex };
  authorization?: SignedKeyTerms;
}

/** How much a relayer spends, and for whom. */
export interface RelayLimits {
  /** [USDC units] */
  leastDeposit: bigint;
  /** [wei] */
  weiPerDay: bigint;
}

/** The most gas that one beginning takes: about 170,000 with keys, more where a contract wallet checks its signature. */
const MOST_GAS = 500_000n;

/** How long it waits for the block [ms]. */
const PATIENCE = 60_000;

/** What executed. */
export interface Submitted {
  transactionHash: Hex;
  blockNumber: number;
}

/**
 * Submits deposits and authorisations of users without gas, one after another: it pays the gas and nothing else. What it
 * spends a day is bounded and written down before anything is sent. A gateway needs a relayer key of its own: two that
 * share one would use the same nonces.
 */
export class Relayer {
  readonly #node: ChainNode;
  readonly #deployment: Deployment;
  readonly #limits: RelayLimits;
  readonly #store: Queries;
  readonly #account: ReturnType<typeof privateKeyToAccount>;
  readonly #wallet: ReturnType<typeof createWalletClient>;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(parts: {
    node: ChainNode;
    url: string;
    deployment: Deployment;
    limits: RelayLimits;
    store: Queries;
    key: Buffer;
  }) {
    this.#node = parts.node;
    this.#deployment = parts.deployment;
    this.#limits = parts.limits;
    this.#store = parts.store;
    this.#account = privateKeyToAccount(`0x${parts.key.toString("hex")}`);
    const chain = defineChain({
      ...{ id: parts.node.chainId, name: parts.deployment.network },
      nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
      rpcUrls: { default: { http: [parts.url] } },
    });
    this.#wallet = createWalletClient({ account: this.#account, chain, transport: http(parts.url) });
  }

  /** Submits what a user has signed, after those before it. @throws Refusal */
  async submit(beginning: Beginning): Promise<Submitted> {
    if (this.#waiting >= MOST_WAITING)
      throw new Refusal("tooMany", "Too many users begin at once: try again soon.", { retryAfter: 10 });
    this.#waiting++;
    const turn = this.#last.then(() => this.#submitNow(beginning));
    this.#last = turn.catch(() => undefined); // the next one does not depend on it
    try {
      return await turn;
    } finally {
      this.#waiting--;
    }
  }

  async #submitNow(beginning: Beginning): Promise<Submitted> {
    try {
      const action = this.#actionOf(beginning);
      await this.#requireWorth(beginning);
      return await this.#send(action);
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if (error instanceof FomoError) throw new Refusal("badRequest", error.message);
      const { usdcDecimals } = this.#deployment;
      const refused = explainError(error, { usdcDecimals });
      if (refused !== undefined) throw new Refusal("badRequest", refused.sentence);
      throw new Refusal("unavailable", "The chain does not take the transaction: try again soon.", { retryAfter: 10 });
    }
  }

  #actionOf({ deposit, authorization }: Beginning): Action {
    const actions: Action[] = [];
    if (deposit !== undefined) {
      // In its parts every USDC takes it; a contract wallet's signature has none.
      const forms = readSignature(deposit.signature, true);
      actions.push(depositSigned(this.#deployment, deposit, forms.ok ? forms : deposit.signature));
    }
    if (authorization !== undefined) actions.push(authorizeKeySigned(this.#deployment, authorization));
    return actions.length === 1 ? actions[0]! : together("Begin", actions as [Action, ...Action[]]); // one of them is there
  }

  /** A user has to bring enough for the gas to be worth it. */
  async #requireWorth({ deposit, authorization }: Beginning): Promise<void> {
    const { leastDeposit } = this.#limits;
    if (deposit !== undefined && deposit.amount >= leastDeposit) return;
    const user = (deposit ?? authorization!).user; // one of them is there
    const available = await this.#node.ask(readOf(this.#deployment, "meter", "availableOf", [user as Hex]));
    if (deposit === undefined && available >= leastDeposit) return;
    const least = exact(leastDeposit, this.#deployment.usdcDecimals);
    throw new Refusal("deposit", `The deposit is too small to be submitted here: bring at least ${least} USDC.`, {
      missing: (leastDeposit - (deposit?.amount ?? available)).toString(),
    });
  }

  async #send(action: Action): Promise<Submitted> {
    const { client } = this.#node;
    const { to, data } = callOf(action);
    const estimated = await client.estimateGas({ account: this.#account, to, data });
    const gas = (estimated * 12n) / 10n;
    if (gas > MOST_GAS)
      throw new Refusal("badRequest", "It would take too much gas to be submitted here: submit it yourself.");
    const fees = await client.estimateFeesPerGas();
    await this.#spend(gas * fees.maxFeePerGas);
    const nonce = await client.getTransactionCount({ address: this.#account.address, blockTag: "pending" });
    const { maxFeePerGas, maxPriorityFeePerGas } = fees;
    const request = { to, data: data, gas, maxFeePerGas, maxPriorityFeePerGas, nonce };
    const hash = await this.#wallet.sendTransaction({ ...request, account: this.#account, chain: this.#wallet.chain });
    const receipt = await client.waitForTransactionReceipt({ hash, timeout: PATIENCE });
    if (receipt.status !== "success")
      throw new Refusal("badRequest", "The chain has refused it: look at what was signed.");
    return { transactionHash: hash, blockNumber: Number(receipt.blockNumber) };
  }

  /** Writes down what will be spent at most. @throws Refusal if the day's bound would be passed. */
  async #spend(wei: bigint): Promise<void> {
    const [row] = await this.#store.query<{ wei: string }>(
      `insert into relay_days as d values (current_date, $1::numeric)
       on conflict (day) do update set wei = d.wei + excluded.wei where d.wei + excluded.wei <= $2::numeric
       returning wei::text as wei`,
      [wei.toString(), this.#limits.weiPerDay.toString()],
    );
    if (row !== undefined && BigInt(row.wei) <= this.#limits.weiPerDay) return;
    throw new Refusal("unavailable", "Nothing more is submitted for users today: deposit on the meter yourself.", {
      retryAfter: 3_600,
    });
  }
}

/** How many wait for their turn at most. */
const MOST_WAITING = 50;
