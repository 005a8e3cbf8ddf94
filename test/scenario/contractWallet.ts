import { expect } from "chai";
import { id } from "ethers";
import type { BaseContract } from "ethers";

import { connectAs } from "../../sdk/src/ethers/connect.ts";
import { now } from "../support/clock.ts";
import { ethers, launchPayment, networkHelpers, protocolFixture, workedExample } from "../support/fixtures.ts";
import { ANTI_SNIPE_WINDOW, COOLDOWN, DAY, NO_DEADLINE, USAGE_DELAY, WARM_UP } from "../support/time.ts";
import { MILLION, WAD, tokens, usdc } from "../support/units.ts";
import { SKIP, deployUsageMock, keyPair } from "../support/usage/serving.ts";
import { DEPOSIT_BY_BYTES, authorisationSignature, keyBySig } from "../support/usage/signatures.ts";
import { signVoucher } from "../support/usage/vouchers.ts";

/** Everything that a user does, by a contract wallet: its owner makes it call, and signs for it by ERC-1271. */
describe("A contract wallet's life as a user", () => {
  it("buys, claims, stakes, deposits, authorises keys, is charged, claims rewards, withdraws and exits", async () => {
    const {
      alice: platform,
      dave: issuer,
      bob: owner,
      stranger: relayer,
      ...f
    } = await networkHelpers.loadFixture(protocolFixture);
    const wallet = await deployUsageMock("SigningWallet", [owner.address]);
    const user = await wallet.getAddress();
    const act = async (target: BaseContract, fn: string, args: unknown[]) => {
      const data = target.interface.encodeFunctionData(fn, args);
      return wallet
        .connect(owner)
        .getFunction("execute")
        .send(await target.getAddress(), data);
    };
    await f.flock.transfer(user, tokens(2_000));
    await f.usdc.transfer(user, usdc(150));
    await f.flock.connect(f.deployer).approve(f.emissions, tokens(100_000));
    await f.emissions.connect(f.deployer).fund(tokens(100_000));

    // A raise, and what is bought in it.
    await f.offering.connect(issuer).launch(workedExample(), launchPayment());
    await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
    await act(f.flock, "approve", [f.addresses.offering, tokens(2_000)]);
    await act(f.offering, "buyExactIn", [1n, tokens(2_000), 0n, user, NO_DEADLINE]);
    await f.offering.connect(f.carol).buyExactIn(1n, tokens(100_000), 0n, f.carol, NO_DEADLINE);
    await f.offering.graduate(1n);
    await f.registry.connect(platform).setApiId(1n, "qwen-alice");
    const mt = connectAs("modelToken", (await f.lens.raiseOf(1n)).token, f.keeper);
    await act(f.offering, "claim", [1n, user]);
    const stake = await mt.balanceOf(user);
    expect(stake > tokens(10_000)).to.equal(true);
    await act(mt, "approve", [f.addresses.staking, stake]);
    await act(f.staking, "stake", [1n, stake]);

    // Money in: by a call, and by a signature that somebody else submits together with a key.
    await act(f.usdc, "approve", [f.addresses.meter, usdc(100)]);
    await act(f.meter, "deposit", [usdc(100)]);
    const keys = [keyPair("by call"), keyPair("by signature")] as const;
    const expiresAt = (await now()) + 30n * DAY;
    await act(f.meter, "authorizeKey", [keys[0].address, usdc(60), expiresAt]);
    const deposit = { from: user, to: f.addresses.meter, value: usdc(50), validAfter: 0n, validBefore: NO_DEADLINE };
    const nonce = id("the wallet's deposit");
    const bySignature = await authorisationSignature(f.usdc, owner, { ...deposit, nonce });
    const terms = { user, key: keys[1], cap: usdc(60), expiresAt, nonce: 1n, deadline: NO_DEADLINE };
    await f.meter
      .connect(relayer)
      .multicall([
        f.meter.interface.encodeFunctionData(DEPOSIT_BY_BYTES, [user, usdc(50), 0n, NO_DEADLINE, nonce, bySignature]),
        f.meter.interface.encodeFunctionData("authorizeKeyBySig", await keyBySig(f, owner, terms)),
      ]);
    expect((await f.meter.accountOf(user)).deposited).to.equal(usdc(150));

    // Use, at the discount of its stake. Its keys sign; what its owner signs in its name is no ECDSA signature of the wallet.
    await networkHelpers.time.increase(WARM_UP + DAY);
    const discount = await f.staking.discountOf(1n, user);
    expect(discount > 0n).to.equal(true);
    const list = usdc(30);
    const paid = list - (list * discount) / WAD;
    const sums = { units: 30n * MILLION, list, paid };
    const rows = await Promise.all(keys.map((key) => signVoucher(f, key, { user, ...sums })));
    const own = await signVoucher(f, owner, { user, key: user, ...sums });
    expect((await f.meter.previewVoucher(1n, own)).reason).to.equal(SKIP.BadSignature);
    await f.meter.connect(platform).settle(1n, [...rows, own]);
    expect((await f.meter.accountOf(user)).deposited).to.equal(usdc(150) - 2n * paid);
    for (const key of keys) expect((await f.meter.keyOf(user, key)).spent).to.equal(paid);

    // Rewards.
    await networkHelpers.time.increase(DAY);
    const { flock, mt: mtReward } = await f.emissions.claimableOf(user, 1n);
    expect(flock > 0n && mtReward > 0n).to.equal(true);
    const claimed = f.emissions.connect(relayer).claim(user, [1n]);
    await expect(claimed).to.changeTokenBalance(ethers, f.flock, user, flock);
    expect(await mt.balanceOf(user)).to.equal(mtReward);

    // Everything out again.
    const left = usdc(150) - 2n * paid;
    await act(f.meter, "revokeKey", [keys[0].address]);
    await act(f.meter, "requestWithdrawal", [left]);
    await act(f.staking, "requestExit", [1n, stake]);
    await networkHelpers.time.increase(USAGE_DELAY);
    await expect(act(f.meter, "withdraw", [user])).to.changeTokenBalance(ethers, f.usdc, user, left);
    await networkHelpers.time.increase(COOLDOWN);
    await expect(act(f.staking, "withdraw", [1n])).to.changeTokenBalance(ethers, mt, user, stake);
    expect(await f.meter.accountOf(user)).to.deep.equal([0n, 0n, 0n, 0n]);
  });
});
