import { now } from "../../support/clock.ts";
import { networkHelpers } from "../../support/fixtures.ts";
import { Books } from "../../support/replay/books.ts";
import { DAY, NO_DEADLINE, USAGE_DELAY } from "../../support/time.ts";
import { usdc } from "../../support/units.ts";
import { keyPair, prepaidFixture } from "../../support/usage/serving.ts";
import type { ServedScene } from "../../support/usage/serving.ts";
import { keyBySig } from "../../support/usage/signatures.ts";
import { atFloor, ownVoucher } from "../../support/usage/vouchers.ts";

describe("InferenceMeter: accounts, keys, usage and nonces from their events alone", () => {
  const keys = [keyPair("one"), keyPair("two")] as const;
  let f: ServedScene;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(prepaidFixture);
  });

  it("are those of the views after every step", async () => {
    const meter = f.meter.connect(f.bob);
    const user = f.bob.address;
    const books = new Books(f);
    const asked = { users: [user, f.carol.address], keys: keys.map(({ address }) => address) };
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
      await books.expectViews(asked, ["meter"]);
    }
  });
});
