import { expect } from "chai";
import type { BaseContract, Result } from "ethers";

import { now } from "../../support/clock.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { DAY, NO_DEADLINE, USAGE_DELAY } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";
import { keyPair, prepaidFixture } from "../../support/usage/serving.ts";
import type { ServedScene } from "../../support/usage/serving.ts";
import { keyBySig } from "../../support/usage/signatures.ts";
import { atFloor, ownVoucher } from "../../support/usage/vouchers.ts";

/** What the events of accounts and keys tell of one user, without a call. */
interface Told {
  requested: bigint;
  requestedAt: bigint;
  nonce: bigint;
  keys: Map<string, unknown[]>;
}

describe("InferenceMeter: requests, keys and nonces from their events alone", () => {
  const keys = [keyPair("one"), keyPair("two")] as const;
  let f: ServedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
  });

  async function told(user: string): Promise<Told> {
    const state: Told = { requested: 0n, requestedAt: 0n, nonce: 0n, keys: new Map() };
    const untyped: BaseContract = f.meter;
    for (const event of await untyped.queryFilter("*")) {
      if (!("eventName" in event) || event.args.user !== user) continue;
      const { eventName, args } = event;
      if (eventName === "WithdrawalRequested") {
        const { timestamp } = await event.getBlock();
        [state.requested, state.requestedAt] = [args.amount as bigint, BigInt(timestamp)];
      }
      if (eventName === "WithdrawalLowered") state.requested = args.requested as bigint;
      if (eventName === "WithdrawalCancelled" || eventName === "Withdrawn") {
        [state.requested, state.requestedAt] = [0n, 0n];
      }
      if (eventName === "NonceRaised") state.nonce = args.nonce as bigint;
      if (eventName === "KeyChanged") state.keys.set(args.key as string, (args.record as Result).toArray());
    }
    return state;
  }

  async function expectTold(user: string): Promise<void> {
    const { requested, requestedAt, nonce, keys: records } = await told(user);
    const account = await f.meter.accountOf(user);
    expect([account.requested, account.requestedAt]).to.deep.equal([requested, requestedAt]);
    expect(await f.meter.nonces(user)).to.equal(nonce);
    for (const key of keys) {
      const unknown = [0n, 0n, 0n, false, 0n, 0n, 0n];
      expect(await f.meter.keyOf(user, key)).to.deep.equal(records.get(key.address) ?? unknown);
    }
  }

  it("are those of the views after every step", async () => {
    const meter = f.meter.connect(f.bob);
    const user = f.bob.address;
    const terms = { user, key: keys[1], cap: usdc(9), expiresAt: (await now()) + 30n * DAY, deadline: NO_DEADLINE };
    const steps: (() => Promise<unknown>)[] = [
      () => meter.requestWithdrawal(usdc(400)),
      async () => f.meter.connect(f.platform).settle(1n, [await ownVoucher(f, f.bob, atFloor(700n))]),
      () => meter.cancelWithdrawal(),
      () => meter.requestWithdrawal(usdc(100)),
      () => meter.authorizeKey(keys[0], usdc(50), terms.expiresAt),
      async () => f.meter.authorizeKeyBySig(...(await keyBySig(f, f.bob, { ...terms, nonce: 1n }))),
      () => meter.raiseNonce(),
      () => networkHelpers.time.increase(USAGE_DELAY),
      () => meter.withdraw(f.carol),
      () => meter.authorizeKey(keys[0], usdc(20), terms.expiresAt),
      () => meter.revokeKey(keys[0]),
      () => meter.authorizeKey(keys[0], usdc(60), terms.expiresAt),
    ];
    for (const step of steps) {
      await step();
      await expectTold(user);
      await expectTold(f.carol.address);
    }
  });
});
