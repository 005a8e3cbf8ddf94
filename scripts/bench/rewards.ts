import { BUDGETS, CROWD_TOLERANCE } from "./budgets.ts";
import { undone } from "./ground.ts";
import type { Ground } from "./ground.ts";
import { passDays, settleFor } from "./live.ts";
import type { Live } from "./live.ts";
import { gasOf, rowsOf } from "./measurement.ts";
import type { Measurement } from "./measurement.ts";

/** After how many days without any call claims are measured again. */
const IDLE_DAYS = 200;

/** What claims cost. Their receivers hold FLOCK and MT already. */
interface Claims {
  withRoll: bigint;
  rolled: bigint;
}

/** Claims of rewards. */
export async function measureClaims(ground: Ground, live: Live): Promise<Measurement[]> {
  const { emissions } = ground.protocol;
  const row = rowsOf("Rewards: FLOCK and MT to a user who holds both");
  // The model has been rolled and paid before, as on every day but its first.
  await settleFor(ground, live, live.members);
  await passDays(ground, 1);
  const [, , , early] = live.members;
  await emissions.claim(early!.account, [live.modelId]);
  await settleFor(ground, live, live.members);

  const nextDay = await costAfter(ground, live, 1);
  const idle = await costAfter(ground, live, IDLE_DAYS);
  await passDays(ground, 1);
  const roll = await undone(ground, async () => await gasOf(emissions.roll(live.modelId)));
  const bonus = await gasOf(emissions.connect(ground.issuer).claimIssuerBonus(live.modelId, ground.issuer));
  return [
    row("claim, the model is rolled", nextDay.rolled, BUDGETS.rewardClaim),
    row("claim that rolls the model", nextDay.withRoll, BUDGETS.rewardClaimWithRoll),
    row(`claim after ${IDLE_DAYS} idle days, rolled`, idle.rolled, nextDay.rolled + CROWD_TOLERANCE),
    row(`claim after ${IDLE_DAYS} idle days, that rolls`, idle.withRoll, nextDay.withRoll + CROWD_TOLERANCE),
    row("roll alone", roll),
    row("issuer's bonus, that rolls", bonus),
  ];
}

async function costAfter(ground: Ground, live: Live, days: number): Promise<Claims> {
  const { emissions } = ground.protocol;
  const [first, second] = live.members;
  return await undone(ground, async () => {
    await passDays(ground, days);
    return {
      withRoll: await gasOf(emissions.claim(first!.account, [live.modelId])),
      rolled: await gasOf(emissions.claim(second!.account, [live.modelId])),
    };
  });
}
