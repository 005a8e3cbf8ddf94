import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import type { IERC20Metadata } from "../../../typechain-types/index.ts";
import { figures, text } from "../chapter.ts";
import type { Chapter } from "../chapter.ts";
import { exact, refused } from "../figure.ts";
import type { Figure } from "../figure.ts";
import { DAY, lookAhead, modelOf, refusalOf, sendAt, waitUntil } from "../stage.ts";
import type { Stage } from "../stage.ts";
import { openingOf } from "./opening.ts";
import { SHARES } from "./shares.ts";

/** How long everything vests (section 3.4: six months). */
const VESTING_DAYS = 180n;

/** Sections 3.2, 3.4 and 4.2: what vests of QwenALICE, and when its liquidity is free. A look ahead: time goes back. */
export async function qwenAliceVesting(stage: Stage): Promise<Chapter> {
  stage.tell("Looking ahead: 90 days, 180 days, 48 months");
  const found = await lookAhead(stage, async () => await yearsToCome(stage));
  return {
    id: "qwenalice-vesting",
    title: "What vests, and for how long the pool is locked",
    section: "§3.2, §3.4, §4.2",
    blocks: [
      text(`A look into the future. The issuer's and the treasury's shares vest evenly over six months, to the second;
        anyone may release them to whoever holds the seat. The two shares for usage rewards vest likewise, but can only
        be drawn by the contract that will pay those rewards.`),
      figures(...found.afterHalf),
      figures(...found.afterAll),
      text("The pool's liquidity stays locked for 48 months (1,461 days). Then it goes to the treasury."),
      figures(...found.unlocked),
      text("Back to the present: the chain has been rewound to the day of graduation."),
    ],
  };
}

/** Releases half of everything, then all of it, then the liquidity. */
async function yearsToCome(stage: Stage) {
  const { vault, locker, flock } = stage.protocol;
  const { alice, treasury } = stage.people;
  const modelId = modelOf(stage, "qwenAlice");
  const { token: address, startAt } = await vault.recordOf(modelId);
  const token = connectAs("modelToken", address, stage.people.deployer);

  // What one release, at exactly that moment, brings to the holder of the seat.
  const released = async (day: bigint, share: bigint, asset: IERC20Metadata, holder: HardhatEthersSigner) =>
    await lookAhead(stage, async () => {
      const had = await asset.balanceOf(holder);
      await sendAt(stage, startAt + day * DAY, async () => await vault.release(modelId, share));
      return (await asset.balanceOf(holder)) - had;
    });
  const rowsAfter = async (day: bigint, amounts: { mt: string; reserve: string; flock: string }): Promise<Figure[]> => [
    exact(`day ${day}: Alice has of her 10%`, "§3.2", amounts.mt, await released(day, SHARES.issuerMt, token, alice), "MT"),
    exact(`day ${day}: treasury has of its 10%`, "§3.2", amounts.mt, await released(day, SHARES.treasuryMt, token, treasury), "MT"),
    exact(`day ${day}: and of protocol FLOCK`, "§4.2", amounts.flock, await released(day, SHARES.protocolFlock, flock, treasury), "FLOCK"),
    ...(await lookAhead(stage, async () => {
      await waitUntil(stage, startAt + day * DAY);
      return [
        exact(`day ${day}: vested for rewards`, "§3.2", amounts.reserve, await vault.releasable(modelId, SHARES.incentiveReserve), "MT"),
        exact(`day ${day}: vested for rewards`, "§4.2", amounts.flock, await vault.releasable(modelId, SHARES.stakingFund), "FLOCK"),
      ];
    })),
  ]; // prettier-ignore

  const afterHalf = [
    ...(await rowsAfter(VESTING_DAYS / 2n, { mt: "50000", reserve: "100000", flock: "12500" })),
    refused(
      "somebody wants to release them",
      "§3.8",
      "Vault_ReservedForRewards",
      await refusalOf(vault, async () => {
        await vault.release.staticCall(modelId, SHARES.incentiveReserve);
      }),
    ),
  ];
  const afterAll = await rowsAfter(VESTING_DAYS, { mt: "100000", reserve: "200000", flock: "25000" });

  const { unlocksAt, liquidity } = await locker.lockOf(modelId);
  const { pair } = await openingOf(stage, modelId);
  await waitUntil(stage, unlocksAt - 1n);
  const tooEarly = await refusalOf(locker, async () => {
    await locker.release.staticCall(modelId);
  });
  await sendAt(stage, unlocksAt, async () => await locker.release(modelId));
  const unlocked = [
    refused("one second before the lock ends", "§3.4", "Locker_Locked", tooEarly),
    exact("liquidity still locked after it", "§3.4", "0", await pair.balanceOf(stage.protocol.addresses.locker), "LP"),
    exact("of it not with the treasury", "§3.4", "0", liquidity - (await pair.balanceOf(treasury)), "LP"),
  ];
  return { afterHalf, afterAll, unlocked };
}
