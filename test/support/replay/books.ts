import { expect } from "chai";
import type { BaseContract } from "ethers";

import { now } from "../clock.ts";
import { ethers } from "../fixtures.ts";
import type { ProtocolScene } from "../scenes.ts";
import { BuybackBook, PairBook } from "./buyback.ts";
import { EmissionsBook } from "./emissions.ts";
import { GraduationBook, LockerBook, TokenFactoryBook, VaultBook } from "./graduation.ts";
import { MeterBook } from "./meter.ts";
import { OfferingBook } from "./offering.ts";
import { RegistryBook } from "./registry.ts";
import { StakingBook } from "./staking.ts";
import { Told, plain } from "./told.ts";
import type { Book, Scope } from "./told.ts";
import { WaterfallBook } from "./waterfall.ts";

/** Contracts of the protocol that report what they store; the AccessManager is OpenZeppelin's. */
export const TOLD = [
  ...["registry", "offering", "tokenFactory", "graduation", "vault", "locker"],
  ...["staking", "meter", "waterfall", "buyback", "emissions"],
] as const;
export type ToldContract = (typeof TOLD)[number];

/** Whatever has the contracts of a protocol by name. */
type Contracts = Pick<ProtocolScene, ToldContract | "dexFactory" | "addresses">;
/** Whom and what to ask for, beside the models, which the books know. */
type Asked = Partial<Pick<Scope, "users" | "keys">>;

/** A contract without its types. */
export const contractOf = (f: Contracts, name: ToldContract | "dexFactory"): BaseContract => f[name];

/** The state of the protocol by its events alone, from the first block on. */
export class Books {
  readonly registry = new RegistryBook();
  readonly offering = new OfferingBook();
  readonly tokenFactory = new TokenFactoryBook();
  readonly graduation = new GraduationBook();
  readonly vault = new VaultBook();
  readonly locker = new LockerBook();
  readonly staking = new StakingBook();
  readonly meter = new MeterBook();
  readonly waterfall = new WaterfallBook();
  readonly buyback = new BuybackBook();
  readonly emissions = new EmissionsBook();
  readonly pairs = new PairBook();

  /** Events that were met and views that were compared, as `contract.name`. */
  readonly met = new Set<string>();
  readonly compared = new Set<string>();

  readonly #f: Contracts;
  #nextBlock = 0;

  constructor(f: Contracts) {
    this.#f = f;
  }

  /** Reads what has been reported since the last time. */
  async read(): Promise<void> {
    const byAddress = new Map<string, [string, Book]>(
      TOLD.map((name) => [this.#f.addresses[name], [name, this[name]]]),
    );
    byAddress.set(this.#f.addresses.dexFactory, ["dexFactory", this.pairs]);
    const toBlock = await ethers.provider.getBlockNumber();
    const logs = await ethers.provider.getLogs({ address: [...byAddress.keys()], fromBlock: this.#nextBlock, toBlock });
    this.#nextBlock = toBlock + 1;
    let [block, time] = [-1, 0n];
    for (const log of logs) {
      const [name, book] = byAddress.get(log.address)!;
      const event = contractOf(this.#f, name as ToldContract).interface.parseLog(log);
      if (event === null) throw new Error(`${name} has reported something that is not in its interface`);
      if (log.blockNumber !== block) [block, time] = [log.blockNumber, BigInt((await log.getBlock()).timestamp)];
      book.read(new Told(event.name, event.args, time));
      this.met.add(`${name}.${event.name}`);
    }
  }

  /** Compares what the books say with every view of `contracts`, for everybody who is asked for. */
  async expectViews(asked: Asked = {}, contracts: readonly ToldContract[] = TOLD): Promise<void> {
    await this.read();
    const modelCount = BigInt(this.registry.models.size);
    // Also the number that no model has.
    const modelIds = Array.from({ length: Number(modelCount) + 1 }, (_, i) => BigInt(i) + 1n);
    const scope: Scope = { now: await now(), users: [], keys: [], ...asked, modelIds, books: this };
    for (const name of contracts) {
      const contract = contractOf(this.#f, name);
      for (const [view, args, expected] of this[name].answers(scope)) {
        const answer = plain(await contract.getFunction(view).staticCall(...args));
        expect(answer, `${name}.${view}(${args.join(", ")})`).to.deep.equal(expected);
        this.compared.add(`${name}.${view}`);
      }
    }
  }
}
