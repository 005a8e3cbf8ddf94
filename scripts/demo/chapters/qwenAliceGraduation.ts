import { Fraction } from "fraction.js";

import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { figures, text } from "../chapter.ts";
import type { Chapter } from "../chapter.ts";
import { derived, exact, refused, word } from "../figure.ts";
import type { Figure } from "../figure.ts";
import { modelOf, refusalOf } from "../stage.ts";
import type { Stage } from "../stage.ts";
import { openingOf } from "./opening.ts";
import { expectedRaise } from "./qwenAliceExpected.ts";
import { SHARES } from "./shares.ts";

/** Section 4.2: QwenALICE graduates; where every FLOCK and every token goes. */
export async function qwenAliceGraduation(stage: Stage): Promise<Chapter> {
  const { offering, lens, vault, locker, dexFactory, addresses } = stage.protocol;
  const { bob, carol, dave, erin, frank } = stage.people;
  const modelId = modelOf(stage, "qwenAlice");
  const { token: announced } = await lens.raiseOf(modelId);

  stage.tell("Graduating QwenALICE: token, pool, lock and vesting in one transaction");
  await offering.connect(frank).graduate(modelId);
  const { token: deployed, startAt } = await vault.recordOf(modelId);
  const token = connectAs("modelToken", deployed, stage.people.deployer);
  const opening = await openingOf(stage, modelId);
  const supply = await token.totalSupply();
  const circulating = supply - (await vault.unvested(modelId));
  const claimable = await token.balanceOf(addresses.offering);
  const totalOf = async (share: bigint) => (await vault.allocationOf(modelId, share)).total;
  const lock = await locker.lockOf(modelId);
  const liquidity = await opening.pair.totalSupply();
  const twice = await refusalOf(offering, async () => {
    await offering.graduate.staticCall(modelId);
  });
  const { mt: bobMt } = await offering.positionOf(modelId, bob);

  stage.tell("Everybody claims their QwenALICE");
  const bought = expectedRaise();
  const supporters = [
    { name: "Bob", wallet: bob, mt: bought.bob.mt },
    { name: "Carol", wallet: carol, mt: bought.carol.mt },
    { name: "Dave", wallet: dave, mt: bought.dave.mt },
    { name: "Erin", wallet: erin, mt: bought.erin.mt },
  ];
  const claims: Figure[] = [];
  for (const { name, wallet, mt } of supporters) {
    // Frank pays the gas for everybody: a claim can only go to the owner of the position.
    await offering.connect(frank).claim(modelId, wallet);
    claims.push(derived(`${name} has claimed`, "§3.3.1", mt, await token.balanceOf(wallet), "MT"));
  }

  return {
    id: "qwenalice-graduation",
    title: "QwenALICE graduates",
    section: "§4.2",
    blocks: [
      text(`The target is reached, so anyone may graduate the model, and Frank does. One transaction deploys the token at
        the address that stood in the launch event, mints 1,000,000, opens the pool, locks its liquidity and starts the
        vesting. Nobody can do it twice.`),
      figures(
        word("token address: as announced", "decision 1", announced, deployed),
        exact("total supply", "§3.2", "1000000", supply, "MT"),
        exact("40%: public sale", "§3.2", "400000", claimable, "MT"),
        exact("20%: liquidity pool", "§3.2", "200000", opening.mt, "MT"),
        exact("20%: incentive reserve, vesting", "§3.2", "200000", await totalOf(SHARES.incentiveReserve), "MT"),
        exact("10%: issuer, vesting", "§3.2", "100000", await totalOf(SHARES.issuerMt), "MT"),
        exact("10%: treasury, vesting", "§3.2", "100000", await totalOf(SHARES.treasuryMt), "MT"),
        refused("a second graduation", "§3.3.5", "Offering_NotGraduatable", twice),
      ),
      text("The 100,000 FLOCK that were raised:"),
      figures(
        exact("25%: protocol allocation, vesting", "§4.2", "25000", await totalOf(SHARES.protocolFlock), "FLOCK"),
        exact("25%: staking incentives, vesting", "§4.2", "25000", await totalOf(SHARES.stakingFund), "FLOCK"),
        exact("50%: in the pool", "§4.2", "50000", opening.flock, "FLOCK"),
        exact("the pool opens at", "§3.3.5", "0.25", opening.priceWad, "FLOCK/MT"),
        word("pool in the DEX's own registry", "§4.2", await dexFactory.getPair(addresses.flock, deployed), lock.pair),
        exact("locked for 48 months", "§4.2", "1461", (lock.unlocksAt - startAt) / 86_400n, "days", 0),
        exact("pool shares that are not locked", "§4.2", "1000", liquidity - lock.liquidity, "wei", 0),
      ),
      text(`Those 1,000 wei are what Uniswap keeps of every pool's first liquidity for good. Sale and pool circulate from
        the first moment, the rest as it vests. Then the supporters' tokens are claimed; anyone may do that for anyone,
        because they only ever go to the owner of the position.`),
      figures(
        exact("circulating at graduation", "§4.7", "600000", circulating, "MT"),
        derived("Bob's part of the sale", "§4.7", percent(bobMt, claimable), percentWei(bobMt, claimable), "%", {
          printed: "12.5",
        }),
        derived(
          "Bob's part of what circulates",
          "§4.7",
          percent(bobMt, circulating),
          percentWei(bobMt, circulating),
          "%",
          {
            printed: "8.33",
          },
        ),
        ...claims,
        exact("left unclaimed", "§3.2", "0", await token.balanceOf(addresses.offering), "MT"),
      ),
    ],
  };
}

function percent(part: bigint, whole: bigint): Fraction {
  return new Fraction(part, whole).mul(100n);
}

function percentWei(part: bigint, whole: bigint): bigint {
  return (part * 100n * 10n ** 18n) / whole;
}
