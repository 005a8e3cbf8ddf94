import { hexlify } from "ethers";

import { now } from "../../clock.ts";
import { ethers } from "../../fixtures.ts";
import { LOCAL_TIER } from "../../scenes.ts";
import { DAY, NO_DEADLINE, USAGE_DELAY } from "../../time.ts";
import { tokens, usdc } from "../../units.ts";
import { SEATS } from "../../usage/seatNames.ts";
import { DEPOSIT_BY_BYTES, DEPOSIT_BY_PARTS, authorisationSignature, keyBySig } from "../../usage/signatures.ts";
import type { Action, World } from "./world.ts";

/** A deposit that its user has signed, with either form of the signature. */
async function signedDeposit(world: World, form: typeof DEPOSIT_BY_PARTS | typeof DEPOSIT_BY_BYTES) {
  const { f, random } = world;
  const user = world.user();
  const value = random.magnitude(1n, usdc(500));
  const nonce = ethers.toBeHex(random.uniform(1n, 2n ** 250n), 32);
  const terms = { from: user.address, to: f.addresses.meter, value, validAfter: 0n, validBefore: NO_DEADLINE, nonce };
  const signature = await authorisationSignature(f.usdc, user, terms);
  const { v, r, s } = ethers.Signature.from(signature);
  const last = form === DEPOSIT_BY_PARTS ? [v, r, s] : [hexlify(signature)];
  const deposit = f.meter.connect(f.keeper).getFunction(form);
  await deposit.send(user.address, value, 0n, NO_DEADLINE, nonce, ...last);
}

/** What users, platform and stakers do with models that are served, and what that earns. */
export const USAGE: Record<string, Action> = {
  async setApiId(world) {
    const apiId = `model-${world.random.uniform(1n, 1_000n)}`;
    await world.f.registry.connect(world.f.alice).setApiId(await world.graduated(), apiId);
  },
  deposit: (world) => world.f.meter.connect(world.user()).deposit(world.random.magnitude(1n, usdc(500))),
  depositByParts: (world) => signedDeposit(world, DEPOSIT_BY_PARTS),
  depositByBytes: (world) => signedDeposit(world, DEPOSIT_BY_BYTES),
  depositCredit: (world) =>
    world.f.meter.connect(world.f.alice).depositCredit(world.user(), world.random.magnitude(1n, usdc(50))),
  async cancelWithdrawal(world) {
    const meter = world.f.meter.connect(world.user());
    await meter.deposit(usdc(1));
    await meter.requestWithdrawal(world.random.uniform(1n, usdc(1)));
    await world.pass();
    await meter.cancelWithdrawal();
  },
  async withdraw(world) {
    const meter = world.f.meter.connect(world.user());
    await meter.deposit(usdc(5));
    await meter.requestWithdrawal(world.random.uniform(1n, usdc(5)));
    await world.wait(USAGE_DELAY + world.random.uniform(0n, DAY));
    await meter.withdraw(world.user());
  },
  /** A request that vouchers use up in part, and that nobody withdraws. */
  async lowerRequest(world) {
    const { f } = world;
    const [user, modelId] = [world.user(), await world.live()];
    await f.meter.connect(user).deposit(usdc(20));
    const { deposited, credit } = await f.meter.accountOf(user);
    await f.meter.connect(user).requestWithdrawal(deposited);
    const amount = credit + world.random.uniform(1n, usdc(30));
    await f.meter
      .connect(f.alice)
      .settle(modelId, [await world.voucher(modelId, user, { units: 1n, list: amount, paid: amount })]);
  },
  async authorizeKey(world) {
    const { f, random } = world;
    const expiresAt = (await now()) + random.uniform(10n, 9n * DAY);
    await f.meter.connect(world.user()).authorizeKey(random.pick(f.keys), random.magnitude(1n, usdc(400)), expiresAt);
  },
  async authorizeKeyBySig(world) {
    const { f, random } = world;
    const user = world.user();
    const terms = { user, key: random.pick(f.keys), cap: random.magnitude(1n, usdc(400)), deadline: NO_DEADLINE };
    const [expiresAt, nonce] = [(await now()) + 9n * DAY, await f.meter.nonces(user)];
    await f.meter.connect(f.keeper).authorizeKeyBySig(...(await keyBySig(f, user, { ...terms, expiresAt, nonce })));
  },
  /** A key that is revoked some time before it would expire or after that. */
  async revokeKey(world) {
    const { f, random } = world;
    const [meter, key] = [f.meter.connect(world.user()), random.pick(f.keys)];
    await meter.authorizeKey(key, random.magnitude(1n, usdc(400)), (await now()) + random.uniform(10n, DAY));
    await world.pass();
    await meter.revokeKey(key);
  },
  raiseNonce: (world) => world.f.meter.connect(world.user()).raiseNonce(),
  /** Vouchers of users and of keys, of which some are skipped. */
  async settle(world) {
    const { f, random } = world;
    const modelId = await world.live();
    const rows = [];
    for (const user of f.users) {
      if (random.uniform(0n, 2n) === 0n) await world.attempt(() => world.stake(modelId, user));
      const key = random.pick([undefined, undefined, ...f.keys]);
      const row = await world.voucher(modelId, user, world.used(usdc(200)), key);
      rows.push(random.uniform(0n, 5n) === 0n ? { ...row, paid: row.paid + 1n } : row);
    }
    await f.meter.connect(f.alice).settle(modelId, rows);
  },
  async settleByKey(world) {
    const { f, random } = world;
    const [user, key, modelId] = [world.user(), random.pick(f.keys), await world.live()];
    await f.meter.connect(user).deposit(usdc(10));
    await f.meter.connect(user).authorizeKey(key, usdc(1_000), (await now()) + DAY);
    await f.meter.connect(f.alice).settle(modelId, [await world.voucher(modelId, user, world.used(usdc(20)), key)]);
  },
  async settleCard(world) {
    const { f } = world;
    const wrong = { modelId: 99n, units: 1n, list: 1n, paid: 1n };
    const rows = [{ modelId: await world.live(), ...world.used(usdc(3_000)) }];
    await f.meter.connect(f.alice).settleCard(world.isFirst("card") ? [wrong, ...rows] : rows);
  },
  async claimCredit(world) {
    const { f, random } = world;
    const modelId = await world.live();
    const { providerSeat } = await f.registry.usageTermsOf(modelId);
    for (const seat of [SEATS.treasury, SEATS.issuer(modelId), providerSeat]) {
      const [credit, holder] = [await f.waterfall.creditOf(seat), await world.holderOf(seat)];
      if (credit > 0n) await f.waterfall.connect(holder).claim(seat, random.uniform(1n, credit), holder);
    }
  },
  async stake(world) {
    const amount = world.random.magnitude(1n, tokens(500));
    await world.stake(await world.graduated(), world.random.pick([world.f.bob, world.f.carol, world.f.dave]), amount);
  },
  async changeExit(world) {
    const { f, random } = world;
    const [modelId, user] = [await world.graduated(), random.pick([f.bob, f.carol])];
    await world.stake(modelId, user, tokens(2));
    await world.pass();
    await f.staking.connect(user).requestExit(modelId, random.uniform(tokens(1), tokens(2)));
    await world.pass();
    await f.staking.connect(user).cancelExit(modelId, random.uniform(1n, tokens(1)));
  },
  async leaveStake(world) {
    const { f, random } = world;
    const [modelId, user] = [await world.graduated(), random.pick([f.bob, f.dave])];
    await world.stake(modelId, user, tokens(2));
    await f.staking.connect(user).requestExit(modelId, random.uniform(1n, tokens(2)));
    await world.wait(7n * DAY);
    await f.staking.connect(user).withdraw(modelId);
  },
  fund: (world) => world.f.emissions.connect(world.f.deployer).fund(world.random.magnitude(1n, tokens(100_000))),
  async roll(world) {
    await world.f.emissions.roll(await world.graduated());
  },
  async claimRewards(world) {
    const modelIds = [await world.graduated(), await world.graduated()];
    for (const user of world.f.users) await world.attempt(() => world.f.emissions.claim(user, modelIds));
  },
  async claimBonus(world) {
    const modelId = await world.live();
    const issuer = await world.holderOf(SEATS.issuer(modelId));
    await world.f.emissions.connect(issuer).claimIssuerBonus(modelId, issuer);
  },
  /** Usage that is worth more in weight than in net revenue, so that its own cap cuts what it earns. */
  async cutRewards(world) {
    const { f } = world;
    const modelId = await world.live();
    await f.emissions.connect(f.deployer).fund(tokens(100_000));
    for (const user of [f.bob, f.carol]) {
      await f.meter.connect(user).deposit(usdc(20));
      await world.stake(modelId, user);
    }
    const tier = { ...LOCAL_TIER, computeCost: 630_000n };
    await world.govern(f.registry, "changeTier", [1n, tier, "ipfs://dear"]);
    const list = usdc(10);
    await f.meter
      .connect(f.alice)
      .settle(modelId, [
        await world.voucher(modelId, f.bob, { units: 1n, list, paid: list }),
        await world.voucher(modelId, f.carol, { units: list, list, paid: usdc(7) }),
      ]);
    await world.wait(DAY);
    for (const user of [f.bob, f.carol]) await f.emissions.claim(user, [modelId]);
  },
};
