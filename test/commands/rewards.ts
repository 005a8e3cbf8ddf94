import { join } from "node:path";

import { expect } from "chai";
import { parseUnits } from "ethers";

import { buybackEvent } from "../../scripts/lib/documents/buyback.ts";
import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { START_TIMEOUT, freshNode, transactionsOf } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const HOUR = 3_600;

/** What follows from usage: buybacks, rewards, and the way out of a stake, in the order in which people use the commands. */
describe("fomo commands of buybacks and rewards", function () {
  this.timeout(60_000);

  const folder = temporaryFolder();
  let node: Node;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
    await graduateModel(node.provider, node.addresses);
  });

  describe("fund", () => {
    it("adds to the budget", async () => {
      const funded = await node.json("fund --flock 100000 --from keeper");
      expect(transactionsOf(funded)).to.deep.equal(["Approve FLOCK", "Fund"]);
      expect(funded).to.include({ addedFlock: "100000", unreservedFlock: "100000" });
    });
  });

  describe("given that Bob has used a model for which he staked", () => {
    before(async () => {
      await node.json("stake --model 1 --claim --from bob --amount 50000");
      await node.json("deposit --usdc 1000 --from bob");
      await node.json("endpoint --model 1 --api-id flock/qwen-alice --from platform");
      await node.warp(25 * HOUR);
      await node.json("authorize --key dave --from bob --cap-usdc 20 --expires-days 7");
      const vouchers = join(folder, "vouchers.json");
      const sign = (line: string) => node.json(`voucher --sign --model 1 ${line} --file`, vouchers);
      await sign("--units 200000000 --list-usdc 200 --from bob");
      await sign("--units 1000000 --list-usdc 30 --paid-usdc 25 --user bob --from dave");
      await node.json("settle --from platform --file", vouchers);
    });

    describe("poke and buyback", () => {
      const stepsOf = (bought: unknown) => (bought as Document[]).map(({ step, modelId }) => [step, modelId]);

      it("poke what is due: the first settlement of the day has observed the model already", async () => {
        const { poked, notDue } = await node.json("poke --from keeper");
        expect(poked).to.deep.equal(["route"]);
        expect(notDue).to.have.length(1);
      });

      it("refuse to buy without a usable price", async () => {
        expect(await node.refusal("buyback --flock --from keeper")).to.match(
          /^Nothing can be bought now: FLOCK for burning: a pool on the way has no usable price/,
        );
      });

      it("buy every lot and burn it", async () => {
        await node.warp(1_860);
        const round = await node.json("buyback --watch --once --from keeper");
        expect(round.poked).to.deep.equal(["route", 1]);
        const [ofProtocol, ofModel, burned] = round.bought as [Document, Document, Document];
        expect(stepsOf(round.bought)).to.have.length(3);
        expect(ofProtocol).to.include({ step: "flock", modelId: null });
        expect(ofModel).to.include({ step: "flock", modelId: 1 });
        expect(burned).to.include({ step: "mt", modelId: 1 });
        expect(Number(burned.burnedMt)).to.be.greaterThan(200);
      });

      it("refuse to buy with nothing", async () => {
        expect(await node.refusal("buyback --flock --from keeper")).to.match(
          /FLOCK for burning: nothing waits to be spent\.$/,
        );
      });

      it("buy one lot of one step", async () => {
        await node.warp(301);
        const { bought } = await node.json("buyback --model 1 --step mt --from keeper");
        expect(stepsOf(bought)).to.deep.equal([["mt", 1]]);
      });

      it("leave alone what is not due", async () => {
        expect(await node.json("poke --model 1")).to.deep.include({ poked: [] });
      });

      it("keep watching until they are told to stop", async () => {
        const child = node.start("buyback --watch --from keeper --json");
        await child.printed(/waiting/);
        const { code, stdout } = await child.stop();
        expect(code).to.equal(0);
        const events = stdout
          .trimEnd()
          .split("\n")
          .map((line) => buybackEvent.parse(JSON.parse(line)));
        expect(events[0]).to.include({ event: "started" });
        expect(events.at(-1)).to.include({ event: "stopped", failed: 0 });
      });
    });

    describe("emissions, roll and rewards", () => {
      let unrolled: { history: Document[]; models: Document[] };
      let epoch: string;
      let shareFlock: unknown;

      it("show what an account has earned in a day that is not rolled", async () => {
        await node.warp(24 * HOUR);
        unrolled = (await node.json("rewards --account bob")) as typeof unrolled;
        expect(unrolled.history[0]).to.include({ rolled: false });
        epoch = String(unrolled.history[0]!.epoch);
      });

      it("show an epoch, its shares, and when washing would pay", async () => {
        const shown = await node.json(`emissions --epoch ${epoch} --flock-price 0.05`);
        expect(shown).to.include({ open: false, capFlockPerUsdc: "200", maxFlockPerUsdc: "200", maxRewardBps: 0 });
        shareFlock = shown.emissionFlock;
        expect((shown.models as Document[])[0]).to.include({ state: "to be rolled", shareFlock });
        const washTrading = shown.washTrading as Document;
        // 1.05 · 200 · 0.05
        expect(washTrading).to.include({ capFlockPerUsdc: "200", canEarnUsd: "10.5" });
        const circles = washTrading.circles as Document[];
        expect(circles.map(({ name, losesUsd, excluded }) => [name, losesUsd, excluded])).to.deep.equal([
          ["outsiders", "0.6", false],
          ["insiders", "0.3", false],
        ]);
      });

      it("roll an epoch that is over", async () => {
        const { rolled } = (await node.json("roll --from keeper")) as { rolled: Document[] };
        expect(rolled[0]).to.include({ modelId: 1, epoch: Number(epoch), shareFlock });
      });

      it("explain a reward, which rolling has not changed", async () => {
        const after = (await node.json("rewards --account bob")) as typeof unrolled;
        expect(after.models[0]).to.include({ claimableFlock: unrolled.models[0]!.claimableFlock });
        const [how] = after.history as [Document];
        expect(how).to.include({ rolled: true, rewardFlock: after.models[0]!.claimableFlock });
        // What he was paid for is what he spent, and he is the only staker of that day: the pool is his.
        expect(how).to.include({ ownWeightUsdc: "224", totalWeightUsdc: "224", poolMt: how.rewardMt });
        const wei = (key: string) => BigInt(how[`${key}FlockWei`] as string);
        expect(wei("poolEmission") + wei("poolFund")).to.equal(wei("reward"));
      });
    });

    describe("collect", () => {
      it("pays rewards to their user", async () => {
        const collected = await node.json("collect --account bob --models 1 --from keeper");
        expect(Number(collected.collectedFlock)).to.be.greaterThan(1_000);
        const [model] = collected.models as [Document];
        expect(Number(model.collectedMt)).to.be.greaterThan(0);
      });

      it("refuses to pay them twice", async () => {
        expect(await node.refusal("collect --account bob")).to.match(/^Emission_NothingToClaim/);
      });

      it("refuses the bonus to others than the issuer", async () => {
        const sentence = await node.refusal("collect --issuer --model 1 --from bob");
        expect(sentence).to.match(/^Emission_NotIssuer/);
      });

      it("pays the bonus to the issuer", async () => {
        const bonus = await node.json("collect --issuer --model 1 --from alice");
        expect(Number(bonus.collectedFlock)).to.be.greaterThan(100);
      });
    });

    describe("status", () => {
      it("tells what a live model is", async () => {
        const { live } = (await node.json("status --model 1")) as { live: Document };
        expect(live).to.include({ apiId: "flock/qwen-alice", stakedMt: "50000", issuerBonusFlock: "0" });
      });

      it("tells what an account has", async () => {
        const { prepaid, positions } = await node.json("status --account bob");
        const available = parseUnits((prepaid as Document).availableUsdc as string, 6);
        expect(available).to.be.closeTo(813_000_000n, 1_000_000n);
        expect((positions as Document[])[0]).to.include({ stakeMt: "50000", claimableFlock: "0" });
      });

      it("tells what waits for coming days", async () => {
        const { waiting } = await node.json("status");
        expect(waiting).to.include({ dailyRateFlock: "20000" });
      });
    });

    describe("unstake", () => {
      const unstake = "unstake --model 1 --from bob";

      it("asks a part of a stake back", async () => {
        const left = await node.json(`${unstake} --amount 40000`);
        expect(left).to.include({ exitingMt: "40000", stakeMt: "10000" });
      });

      it("refuses to let it go before the cooldown", async () => {
        const sentence = await node.refusal(`${unstake} --withdraw`);
        expect(sentence).to.match(/^Staking_CoolingDown: the cooldown lasts until/);
      });

      it("puts a part of it back", async () => {
        const back = await node.json(`${unstake} --cancel --amount 15000`);
        expect(back).to.include({ exitingMt: "25000", warmingMt: "15000" });
      });
    });

    describe("withdraw", () => {
      it("asks a deposit back, cancels, and asks again", async () => {
        const withdraw = "withdraw --from bob";
        expect(await node.json(`${withdraw} --usdc 50`)).to.include({ requestedUsdc: "50" });
        expect(await node.json(`${withdraw} --cancel`)).to.include({ requestedUsdc: "0" });
        expect(await node.json(`${withdraw} --usdc 100`)).to.include({ requestedUsdc: "100" });
      });

      it("refuses to pay before its delay", async () => {
        const sentence = await node.refusal("withdraw --from bob --execute");
        expect(sentence).to.match(/^Meter_NotWithdrawable: .* can be executed from/);
      });

      it("pays after its delay, to whom the user names", async () => {
        await node.warp(49 * HOUR);
        const paid = await node.json("withdraw --from bob --execute --to dave");
        expect(paid).to.include({ withdrawnUsdc: "100", requestedUsdc: "0" });
      });
    });

    describe("unstake, after the cooldown", () => {
      it("lets go what was asked back", async () => {
        await node.warp(6 * 24 * HOUR);
        const gone = await node.json("unstake --model 1 --from bob --withdraw");
        expect(gone).to.include({ withdrawnMt: "25000", exitingMt: "0" });
      });
    });
  });
});
