import { OUTCOME, SHARE } from "../../scenes.ts";
import { DAY, NO_DEADLINE } from "../../time.ts";
import { tokens } from "../../units.ts";
import { SEATS } from "../../usage/seatNames.ts";
import type { Action } from "./world.ts";

/** What happens to raises, to fees and to what vests. */
export const RAISES: Record<string, Action> = {
  async launch(world) {
    const { random, f } = world;
    if ((await f.registry.modelCount()) >= 5n) return;
    const saleDuration = random.pick([0n, DAY, 30n * DAY]);
    await world.launch({ saleDuration }, random.pick([0n, random.uniform(tokens(1), tokens(2_000))]));
  },
  async buyExactIn(world) {
    const { random, f } = world;
    const amount = random.magnitude(tokens(1), tokens(3_000));
    await f.offering.connect(world.user()).buyExactIn(await world.openRaise(), amount, 0n, world.user(), NO_DEADLINE);
  },
  async buyExactOut(world) {
    const { random, f } = world;
    const [amount, most] = [random.magnitude(tokens(1), tokens(3_000)), tokens(1_000_000)];
    await f.offering
      .connect(world.user())
      .buyExactOut(await world.openRaise(), amount, most, world.user(), NO_DEADLINE);
  },
  graduate: (world) => world.graduate(),
  async fail(world) {
    const { f, random } = world;
    if ((await world.models(OUTCOME.Failed)).length >= 2) return;
    const modelId = await world.launch({ minimumRaise: tokens(50_000), saleDuration: DAY }, tokens(100));
    for (const user of [f.bob, f.dave]) {
      await f.offering.connect(user).buyExactIn(modelId, tokens(10), 0n, user, NO_DEADLINE);
    }
    await world.wait(9n * DAY); // a pause included
    if (random.uniform(0n, 1n) === 0n) await f.offering.fail(modelId);
    await f.offering.refund(modelId, f.dave);
    await f.offering.refundBundle(modelId);
  },
  async claim(world) {
    const modelId = await world.graduated();
    for (const user of world.f.users) await world.attempt(() => world.f.offering.claim(modelId, user));
  },
  async claimCreatorFee(world) {
    const modelId = await world.graduated();
    const issuer = await world.holderOf(SEATS.issuer(modelId));
    await world.f.offering.connect(issuer).claimCreatorFee(modelId, issuer);
  },
  async claimProtocolFee(world) {
    const treasury = await world.holderOf(SEATS.treasury);
    await world.f.offering.connect(treasury).claimProtocolFee(await world.graduated(), treasury);
  },
  async claimLaunchFees(world) {
    const treasury = await world.holderOf(SEATS.treasury);
    await world.f.offering.connect(treasury).claimLaunchFees(treasury);
  },
  async releaseVested(world) {
    const share = world.random.pick([SHARE.IssuerMt, SHARE.TreasuryMt, SHARE.ProtocolFlock]);
    await world.f.vault.release(await world.graduated(), share);
  },
  async sweepAll(world) {
    for (const modelId of await world.models(OUTCOME.Graduated)) {
      await world.attempt(() => world.f.emissions.sweep(modelId));
    }
  },
  async unlockAll(world) {
    for (const modelId of await world.models(OUTCOME.Graduated)) {
      await world.attempt(() => world.f.locker.release(modelId));
    }
  },
};
