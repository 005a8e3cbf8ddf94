import { expect } from "chai";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { MaxUint256 } from "ethers";
import type { ContractTransactionResponse, HDNodeWallet, Wallet } from "ethers";

import { at, now } from "../clock.ts";
import { networkHelpers } from "../fixtures.ts";
import { MeterModel } from "../model/meter.ts";
import type { ModelRow } from "../model/meter.ts";
import type { Random } from "../random.ts";
import { DAY, HOUR, USAGE_DELAY } from "../time.ts";
import { usdc } from "../units.ts";
import type { Sums } from "./numbers.ts";
import { SEATS } from "./seatNames.ts";
import { SKIP, USER_USDC, keyPair, keyRecord, servedFixture } from "./serving.ts";
import { signVoucher } from "./vouchers.ts";
import type { Row } from "./vouchers.ts";

const MODELS = [1n, 2n] as const;
const UNSERVED = 3n;
const MAX_ROWS = 5n;

type KeyPair = Wallet | HDNodeWallet;

/** Four users with USDC who have approved the meter, and three keys that any of them may authorise. */
export async function historyFixture() {
  const f = await networkHelpers.loadFixture(servedFixture);
  const users = [f.bob, f.carol, f.treasury, f.stranger];
  for (const user of users) {
    await f.usdc.transfer(user, USER_USDC);
    await f.usdc.connect(user).approve(f.meter, MaxUint256);
  }
  return { ...f, users, keys: ["one", "two", "three"].map((name) => keyPair(`key ${name}`)) };
}

/** Two served models and one that is not, with the users and keys that a history draws from. */
export type HistoryScene = Awaited<ReturnType<typeof historyFixture>>;

/** What the meter says about one row. */
interface RowEvent {
  user: string;
  key: string;
  reason?: bigint;
  collected?: bigint[];
}

/** A random history of the meter, played on the chain and in the reference model, compared after every step. */
export class MeterHistory {
  readonly #f: HistoryScene;
  readonly #random: Random;
  readonly #model = new MeterModel(
    new Map(MODELS.map((modelId) => [modelId, { minimumPrice: 1_000_000n, computeCost: 200_000n }])),
  );
  /** The newest voucher of each user, key and model, and those before it. */
  readonly #signed = new Map<string, { modelId: bigint; row: Row }[]>();
  #time = 0n;

  /** How often each reason was met; a history that meets none of them shows little. */
  readonly met = new Map<bigint, number>();

  constructor(f: HistoryScene, random: Random) {
    this.#f = f;
    this.#random = random;
  }

  /** Plays `steps` steps. */
  async play(steps: number): Promise<void> {
    this.#time = await now();
    for (let i = 0; i < steps; ++i) {
      this.#time += this.#drawGap();
      await at(this.#time);
      await this.#step();
      await this.#compare();
    }
  }

  #drawGap(): bigint {
    const random = this.#random;
    return random.pick([
      () => 1n,
      () => random.uniform(1n, HOUR),
      () => random.uniform(HOUR, DAY),
      () => random.uniform(USAGE_DELAY - 2n, USAGE_DELAY + 2n),
      () => random.uniform(DAY, 3n * DAY),
    ])();
  }

  #step(): Promise<void> {
    const user = this.#random.pick(this.#f.users);
    const settle = () => this.#settle();
    const step = this.#random.pick([
      () => this.#deposit(user),
      () => this.#deposit(user),
      () => this.#credit(user),
      () => this.#request(user),
      () => this.#cancel(user),
      () => this.#withdraw(user),
      () => this.#authorise(user),
      () => this.#authorise(user),
      () => this.#revoke(user),
      () => this.#card(),
      settle,
      settle,
      settle,
      settle,
      settle,
      settle,
    ]);
    return step();
  }

  async #deposit(user: HardhatEthersSigner): Promise<void> {
    const amount = this.#random.magnitude(1n, usdc(1_000));
    await this.#f.meter.connect(user).deposit(amount);
    this.#model.deposit(user.address, amount);
  }

  async #credit(user: HardhatEthersSigner): Promise<void> {
    const amount = this.#random.magnitude(1n, usdc(100));
    await this.#f.meter.connect(this.#f.platform).depositCredit(user, amount);
    this.#model.depositCredit(user.address, amount);
  }

  async #request(user: HardhatEthersSigner): Promise<void> {
    const { deposited } = this.#model.account(user.address);
    const amount = this.#random.uniform(1n, deposited + deposited / 10n + 1n);
    const refused = this.#model.request(user.address, amount, this.#time);
    await this.#expect(this.#f.meter.connect(user).requestWithdrawal(amount), refused);
  }

  async #cancel(user: HardhatEthersSigner): Promise<void> {
    await this.#expect(this.#f.meter.connect(user).cancelWithdrawal(), this.#model.cancel(user.address));
  }

  async #withdraw(user: HardhatEthersSigner): Promise<void> {
    const refused = this.#model.withdraw(user.address, this.#time);
    await this.#expect(this.#f.meter.connect(user).withdraw(user), refused);
  }

  async #authorise(user: HardhatEthersSigner): Promise<void> {
    const key = this.#random.pick(this.#f.keys);
    const cap = this.#random.magnitude(1n, usdc(2_000));
    const expiresAt = this.#time + this.#random.uniform(1n, 8n * DAY);
    await this.#f.meter.connect(user).authorizeKey(key, cap, expiresAt);
    this.#model.authorise(user.address, key.address, cap, expiresAt, this.#time);
  }

  async #revoke(user: HardhatEthersSigner): Promise<void> {
    const key = this.#random.pick(this.#f.keys);
    const refused = this.#model.revoke(user.address, key.address, this.#time);
    await this.#expect(this.#f.meter.connect(user).revokeKey(key), refused);
  }

  async #card(): Promise<void> {
    const modelId = this.#random.pick([...MODELS, UNSERVED]);
    const row = this.#drawIncrement();
    const tx = await this.#f.meter.connect(this.#f.platform).settleCard([{ modelId, ...row }]);
    const reason = this.#model.settleCard(modelId, row);
    if (reason === SKIP.None) await expect(tx).to.emit(this.#f.meter, "UsageSettled");
    else await expect(tx).to.emit(this.#f.meter, "CardRowSkipped").withArgs(modelId, 0n, reason);
  }

  async #settle(): Promise<void> {
    const modelId = this.#random.uniform(0n, 19n) === 0n ? UNSERVED : this.#random.pick(MODELS);
    const rows: { row: Row; isSigned: boolean }[] = [];
    const count = this.#random.uniform(1n, MAX_ROWS);
    for (let i = 0n; i < count; ++i) rows.push(await this.#drawRow(modelId));
    const modelRows: ModelRow[] = rows.map(({ row, isSigned }) => ({ ...row, isSigned }));

    // Each row alone, at the time of the block to come.
    for (const [i, { row }] of rows.entries()) {
      const { reason, collected } = this.#model.assess(modelId, modelRows[i]!, this.#time);
      const preview = await this.#f.meter.previewVoucher(modelId, row, { blockTag: "pending" });
      expect(preview).to.deep.equal([reason, [collected.units, collected.list, collected.paid]]);
    }

    const tx = await this.#f.meter.connect(this.#f.platform).settle(
      modelId,
      rows.map(({ row }) => row),
    );
    const outcomes = this.#model.settle(modelId, modelRows, this.#time);
    for (const { reason } of outcomes) this.met.set(reason, (this.met.get(reason) ?? 0) + 1);
    expect(await this.#rowEvents(tx)).to.deep.equal(
      outcomes.map(({ reason, collected: { units, list, paid } }, i) => {
        const { user, key } = rows[i]!.row;
        return reason === SKIP.None ? { user, key, collected: [units, list, paid] } : { user, key, reason };
      }),
    );
  }

  /** What the meter says about the rows of a batch, in order. */
  async #rowEvents(tx: ContractTransactionResponse): Promise<RowEvent[]> {
    const receipt = await tx.wait();
    return receipt!.logs.flatMap((log): RowEvent[] => {
      if (log.address !== this.#f.addresses.meter) return [];
      const event = this.#f.meter.interface.parseLog(log);
      if (event === null || event.name === "UsageSettled") return [];
      const { user, key } = event.args as unknown as { user: string; key: string };
      if (event.name === "VoucherSkipped") return [{ user, key, reason: event.args[3] as bigint }];
      if (event.name !== "VoucherCollected") return [];
      return [{ user, key, collected: [...(event.args[3] as bigint[])] }];
    });
  }

  /** A voucher: a new one most of the time, else one that is old, forged or out of bounds. */
  async #drawRow(modelId: bigint): Promise<{ row: Row; isSigned: boolean }> {
    const user = this.#random.pick(this.#f.users);
    const signer: HardhatEthersSigner | KeyPair = this.#random.pick([user, user, ...this.#f.keys]);
    const id = `${user.address}/${signer.address}/${modelId.toString()}`;
    const signed = this.#signed.get(id) ?? [];
    const kind = this.#random.uniform(0n, 9n);
    if (kind === 0n && signed.length > 0) return { row: this.#random.pick(signed).row, isSigned: true };

    const last: Sums = signed.at(-1)?.row ?? { units: 0n, list: 0n, paid: 0n };
    const added = this.#drawIncrement();
    const sums = { units: last.units + added.units, list: last.list + added.list, paid: last.paid + added.paid };
    const row = await signVoucher(this.#f, signer, { user, modelId, ...sums });
    if (kind === 1n) return { row: { ...row, paid: row.paid + 1n }, isSigned: false };
    signed.push({ modelId, row });
    this.#signed.set(id, signed);
    return { row, isSigned: true };
  }

  /** Usage at a price and a discount that mostly keep the bounds, sometimes exactly at their edge. */
  #drawIncrement(): Sums {
    const random = this.#random;
    const counted = random.magnitude(1n, 300_000_000n);
    const price = random.pick([1_000_000n, 1_000_000n, random.uniform(1_000_000n, 3_000_000n), 990_000n]);
    const list = (counted * price + 999_999n) / 1_000_000n;
    const units = counted % 16n === 0n ? 0n : counted;
    const share = random.pick([10_000n, 7_000n, random.uniform(7_000n, 10_000n), 6_990n]);
    return { units, list, paid: (list * share + 9_999n) / 10_000n };
  }

  async #expect(sent: Promise<ContractTransactionResponse>, refused: string | undefined): Promise<void> {
    if (refused === undefined) await sent;
    else await expect(sent).to.be.revertedWithCustomError(this.#f.meter, refused);
  }

  /** Everything that the chain says against everything that the model says, and the books against the money. */
  async #compare(): Promise<void> {
    const { meter, waterfall, usdc: token } = this.#f;
    let held = 0n;
    for (const { address } of this.#f.users) {
      const { deposited, credit, requested, requestedAt } = this.#model.account(address);
      expect(await meter.accountOf(address)).to.deep.equal([deposited, credit, requestedAt ?? 0n, requested]);
      expect(await meter.availableOf(address)).to.equal(this.#model.available(address, await now()));
      held += deposited + credit;
      for (const signer of [address, ...this.#f.keys.map((key) => key.address)]) {
        for (const modelId of MODELS) {
          const { units, list, paid } = this.#model.usage(address, signer, modelId);
          expect(await meter.usageOf(address, signer, modelId)).to.deep.equal([units, list, paid]);
        }
      }
      for (const key of this.#f.keys) await this.#compareKey(address, key.address);
    }
    expect(await token.balanceOf(meter)).to.equal(held);

    const credits: [string, bigint][] = [
      [SEATS.provider(1n), this.#model.provider],
      [SEATS.treasury, this.#model.treasury],
      [SEATS.buybackFlock, this.#model.flockBuyback],
      ...MODELS.map((modelId): [string, bigint] => [SEATS.issuer(modelId), this.#model.issuer(modelId)]),
      ...MODELS.map((modelId): [string, bigint] => [SEATS.buybackModel(modelId), this.#model.mtBuyback(modelId)]),
    ];
    for (const [seat, credit] of credits) expect(await waterfall.creditOf(seat)).to.equal(credit);
    expect(await token.balanceOf(waterfall)).to.equal(credits.reduce((sum, [, credit]) => sum + credit, 0n));
  }

  async #compareKey(user: string, key: string): Promise<void> {
    const state = this.#model.key(user, key, await now());
    const record = await this.#f.meter.keyOf(user, key);
    const { cap, spent, expiresAt, lower } = state ?? { cap: 0n, spent: 0n, expiresAt: 0n, lower: undefined };
    expect(record).to.deep.equal(keyRecord(cap, spent, expiresAt, lower && [lower.cap, lower.at]));
  }
}
