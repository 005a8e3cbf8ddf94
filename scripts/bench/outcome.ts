import { parseEther } from "ethers";

import { BUDGETS } from "./budgets.ts";
import { DEADLINE, TERMS, buy, launch, passAntiSnipeWindow, undone } from "./ground.ts";
import type { Ground } from "./ground.ts";
import { gasOf, rowsOf } from "./measurement.ts";
import type { Measurement } from "./measurement.ts";

/** More than the raise is missing [FLOCK]. */
const EVERYTHING = "60000";
/** Ten days [s]: more than a sale lasts, and some time of vesting. */
const TEN_DAYS = 864_000;
/** Shares of the vault: the issuer's and the treasury's MT, the protocol's FLOCK. */
const ISSUER_MT = 0n;
const TREASURY_MT = 1n;
const PROTOCOL_FLOCK = 3n;

/** What comes after a raise. Leaves the chain as it was. */
export async function measureOutcome(ground: Ground): Promise<Measurement[]> {
  return [
    ...(await undone(ground, async () => await measureSuccess(ground))),
    ...(await undone(ground, async () => await measureFailure(ground))),
  ];
}

async function measureSuccess(ground: Ground): Promise<Measurement[]> {
  const { offering, vault } = ground.protocol;
  const { connection, issuer, treasury } = ground;
  const [bob, carol] = ground.users;
  const row = rowsOf("Graduation, claims, vesting");
  const claimFees = rowsOf("Fees");

  const launched = await gasOf(launch(ground));
  await launch(ground, { ...TERMS, openingMode: 1n });
  await passAntiSnipeWindow(ground);
  for (const modelId of [1n, 2n]) {
    await buy(ground, modelId, bob!, "1000");
    await buy(ground, modelId, carol!, EVERYTHING);
  }
  const averagePrice = await gasOf(offering.graduate(1n));
  const curvePrice = await gasOf(offering.graduate(2n));
  const claim = await gasOf(offering.connect(bob).claim(1n, bob!));
  const claimForOther = await gasOf(offering.connect(bob).claim(1n, carol!));

  const { time } = connection.networkHelpers;
  await time.increase(TEN_DAYS);
  const release = async (share: bigint) => await gasOf(vault.release(1n, share));
  const firstIssuer = await release(ISSUER_MT);
  const firstTreasury = await release(TREASURY_MT);
  const firstFlock = await release(PROTOCOL_FLOCK);
  await time.increase(TEN_DAYS);
  return [
    row("graduate, average price, first pool of the chain", averagePrice),
    row("graduate, curve price", curvePrice),
    row("launch and graduate, pool creation included", launched + averagePrice, BUDGETS.launchAndGraduation),
    row("claim MT", claim, BUDGETS.claim),
    row("claim MT for somebody else", claimForOther, BUDGETS.claim),
    row("release the issuer's MT, first", firstIssuer, BUDGETS.firstRelease),
    row("release the issuer's MT, repeat", await release(ISSUER_MT), BUDGETS.repeatRelease),
    row("release the treasury's MT, first", firstTreasury, BUDGETS.firstRelease),
    row("release the treasury's MT, repeat", await release(TREASURY_MT), BUDGETS.repeatRelease),
    row("release the protocol's FLOCK, first", firstFlock, BUDGETS.firstRelease),
    row("release the protocol's FLOCK, repeat", await release(PROTOCOL_FLOCK), BUDGETS.repeatRelease),
    claimFees("creator's fee", await gasOf(offering.connect(issuer).claimCreatorFee(1n, issuer))),
    claimFees("protocol's fee", await gasOf(offering.connect(treasury).claimProtocolFee(1n, treasury))),
    claimFees("launch fees", await gasOf(offering.connect(treasury).claimLaunchFees(treasury))),
  ];
}

async function measureFailure(ground: Ground): Promise<Measurement[]> {
  const { offering } = ground.protocol;
  const [bob, carol] = ground.users;
  const row = rowsOf("Failure and refunds");
  await launch(ground, TERMS, parseEther("1000"));
  await passAntiSnipeWindow(ground);
  for (const user of [bob!, carol!]) {
    await offering.connect(user).buyExactIn(1n, parseEther("100"), 0n, user, DEADLINE);
  }
  await ground.connection.networkHelpers.time.increase(TEN_DAYS);
  const fail = await undone(ground, async () => await gasOf(offering.fail(1n)));
  return [
    row("settle a failure", fail),
    row("refund that settles the failure", await gasOf(offering.connect(bob).refund(1n, bob!))),
    row("any later refund", await gasOf(offering.connect(carol).refund(1n, carol!))),
    row("refund of the bundle", await gasOf(offering.refundBundle(1n))),
  ];
}
