import { expect } from "chai";
import { MaxUint256, Signature, id } from "ethers";
import type { Interface } from "ethers";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import { abiOf } from "../../sdk/src/reads/abis.ts";
import { callOf, together } from "../../sdk/src/actions/action.ts";
import type { Action, Call } from "../../sdk/src/actions/action.ts";
import * as onBuyback from "../../sdk/src/actions/buyback.ts";
import { dryRun } from "../../sdk/src/actions/dryRun.ts";
import * as onEmissions from "../../sdk/src/actions/emissions.ts";
import { actionOf } from "../../sdk/src/actions/generic.ts";
import * as onOffering from "../../sdk/src/actions/offering.ts";
import { approvalOf, callsOf, withPermit } from "../../sdk/src/actions/payment.ts";
import * as onPrepaid from "../../sdk/src/actions/prepaid.ts";
import { safeCallsOf } from "../../sdk/src/actions/safe.ts";
import * as onSeats from "../../sdk/src/actions/seats.ts";
import * as onStaking from "../../sdk/src/actions/staking.ts";
import * as onUsage from "../../sdk/src/actions/usage.ts";
import { sendCallsOf, transactionOf } from "../../sdk/src/actions/wallet.ts";
import type { Hex } from "../../sdk/src/codec/hex.ts";
import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import { launchPlanOf } from "../../sdk/src/raise/launchFile.ts";
import { seatOf } from "../../sdk/src/names/seats.ts";
import type { DeployedContract } from "../../sdk/src/reads/read.ts";
import { interfaceAs } from "../../sdk/src/ethers/connect.ts";
import { deploymentIn } from "../support/deployment.ts";
import { earningFixture } from "../support/earning.ts";
import { connection, ethers, networkHelpers, openOfferingFixture, protocolFixture } from "../support/fixtures.ts";
import { signPermit } from "../support/permits.ts";
import { NO_DEADLINE } from "../support/time.ts";
import { tokens, usdc } from "../support/units.ts";

/** Sends calls one after the other. */
async function send(signer: HardhatEthersSigner, calls: Call[]): Promise<void> {
  for (const call of calls) await (await signer.sendTransaction(call)).wait();
}

/** Asks the chain as JSON-RPC does. */
const ask = async (transaction: object) =>
  (await connection.provider.request({ method: "eth_call", params: [transaction, "latest"] })) as string;

const A: Hex = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
const B: Hex = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512";
const BYTES: Hex = `0x${"12".repeat(32)}`;

describe("SDK: actions", () => {
  describe("each", () => {
    const deployment = deploymentIn({
      addresses: Object.fromEntries(
        ["registry", "vault", "waterfall", "buyback", "locker", "offering", "staking", "emissions", "meter"]
          .concat("flock", "usdc")
          .map((name, index) => [name, `0x${(index + 16).toString(16).repeat(20)}`]),
      ),
    });
    const key = { key: A, cap: 5n, expiresAt: 6n };
    const authorization = { user: A, amount: 1n, validAfter: 2n, validBefore: 3n, nonce: BYTES };
    const row = { user: A, key: B, units: 1n, list: 2n, paid: 3n, r: BYTES, vs: BYTES };
    const card = { modelId: 1n, units: 2n, list: 3n, paid: 4n };
    const [byBytes, byParts] = ["bytes)", "uint8,bytes32,bytes32)"].map(
      (end) => `depositWithAuthorization(address,uint256,uint256,uint256,bytes32,${end}`,
    ) as [string, string];
    const CASES: [action: Action, contract: DeployedContract, name: string, args: readonly unknown[]][] = [
      [onOffering.graduate(deployment, 1n), "offering", "graduate", [1n]],
      [onOffering.fail(deployment, 1n), "offering", "fail", [1n]],
      [onOffering.claimPosition(deployment, 1n, A), "offering", "claim", [1n, A]],
      [onOffering.refund(deployment, 1n, A), "offering", "refund", [1n, A]],
      [onOffering.refundBundle(deployment, 1n), "offering", "refundBundle", [1n]],
      [onOffering.claimCreatorFee(deployment, 1n, A), "offering", "claimCreatorFee", [1n, A]],
      [onOffering.claimProtocolFee(deployment, 1n, A), "offering", "claimProtocolFee", [1n, A]],
      [onOffering.claimLaunchFees(deployment, A), "offering", "claimLaunchFees", [A]],
      [onStaking.stake(deployment, { modelId: 1n, amount: 2n, token: A }), "staking", "stake", [1n, 2n]],
      [
        onStaking.claimAndStake(deployment, { modelId: 1n, amount: 2n, token: A }),
        "staking",
        "claimAndStake",
        [1n, 2n],
      ],
      [onStaking.requestExit(deployment, 1n, 2n), "staking", "requestExit", [1n, 2n]],
      [onStaking.cancelExit(deployment, 1n, 2n), "staking", "cancelExit", [1n, 2n]],
      [onStaking.withdrawStake(deployment, 1n), "staking", "withdraw", [1n]],
      [onPrepaid.deposit(deployment, 1n), "meter", "deposit", [1n]],
      [onPrepaid.depositCredit(deployment, A, 1n), "meter", "depositCredit", [A, 1n]],
      [
        onPrepaid.depositSigned(deployment, authorization, "0x1234"),
        "meter",
        byBytes,
        [A, 1n, 2n, 3n, BYTES, "0x1234"],
      ],
      [
        onPrepaid.depositSigned(deployment, authorization, { v: 27, r: BYTES, s: BYTES }),
        ...(["meter", byParts, [A, 1n, 2n, 3n, BYTES, 27, BYTES, BYTES]] as const),
      ],
      [onPrepaid.requestWithdrawal(deployment, 1n), "meter", "requestWithdrawal", [1n]],
      [onPrepaid.cancelWithdrawal(deployment), "meter", "cancelWithdrawal", []],
      [onPrepaid.withdrawPrepaid(deployment, A), "meter", "withdraw", [A]],
      [onUsage.authorizeKey(deployment, key), "meter", "authorizeKey", [A, 5n, 6n]],
      [
        onUsage.authorizeKeySigned(deployment, { ...key, user: B, nonce: 7n, deadline: 8n, signature: "0x1234" }),
        ...(["meter", "authorizeKeyBySig", [B, A, 5n, 6n, 7n, 8n, "0x1234"]] as const),
      ],
      [onUsage.revokeKey(deployment, A), "meter", "revokeKey", [A]],
      [onUsage.cancelSignedKey(deployment), "meter", "raiseNonce", []],
      [onUsage.settle(deployment, 1n, [row]), "meter", "settle", [1n, [row]]],
      [onUsage.settleCard(deployment, [card]), "meter", "settleCard", [[card]]],
      [
        onBuyback.buyFlock(deployment, { modelId: 1n, amountOutMin: 2n, deadline: 3n }),
        ...(["buyback", "buyFlock", [1n, 2n, 3n]] as const),
      ],
      [
        onBuyback.buyMt(deployment, { modelId: 1n, amountOutMin: 2n, deadline: 3n }),
        ...(["buyback", "buyMt", [1n, 2n, 3n]] as const),
      ],
      [onBuyback.pokeRoute(deployment), "buyback", "pokeRoute", []],
      [onBuyback.pokeModel(deployment, 1n), "buyback", "pokeModel", [1n]],
      [onEmissions.collectRewards(deployment, A, [1n, 2n]), "emissions", "claim", [A, [1n, 2n]]],
      [onEmissions.collectIssuerBonus(deployment, 1n, A), "emissions", "claimIssuerBonus", [1n, A]],
      [onEmissions.fund(deployment, 1n), "emissions", "fund", [1n]],
      [onEmissions.roll(deployment, 1n), "emissions", "roll", [1n]],
      [onEmissions.sweep(deployment, 1n), "emissions", "sweep", [1n]],
      [onSeats.offerSeat(deployment, BYTES, A), "registry", "offerSeat", [BYTES, A]],
      [onSeats.acceptSeat(deployment, BYTES), "registry", "acceptSeat", [BYTES]],
      [onSeats.recordApiId(deployment, 1n, "qwen"), "registry", "setApiId", [1n, "qwen"]],
      [onSeats.claimCredit(deployment, BYTES, 1n, A), "waterfall", "claim", [BYTES, 1n, A]],
      [onSeats.releaseShare(deployment, 1n, "protocolFlock"), "vault", "release", [1n, 3]],
      [onSeats.releaseLiquidity(deployment, 1n), "locker", "release", [1n]],
      [actionOf(deployment, "registry", "nameProvider", [1n, A]), "registry", "nameProvider", [1n, A]],
    ];

    for (const [action, contract, name, args] of CASES) {
      it(`is one call of its contract: ${contract}.${name}`, () => {
        const data = (interfaceAs(contract) as Interface).encodeFunctionData(name, args);
        expect(callOf(action)).to.deep.equal({ to: deployment.addresses[contract], data, value: 0n });
        expect(action.what).to.match(/^[A-Za-z]/);
      });
    }

    it("is there for every function of its modules", () => {
      const modules = [onBuyback, onEmissions, onOffering, onPrepaid, onSeats, onStaking, onUsage];
      const own = modules.flatMap((module) => Object.keys(module));
      // Purchases and the launch are more than one call, or have terms of their own: below.
      expect(CASES.length - 2).to.equal(own.length - ["buyExactIn", "buyExactOut", "launch"].length);
    });

    it("refuses a receiver that is no address", () => {
      expect(() => onPrepaid.withdrawPrepaid(deployment, "bob")).to.throw(FomoError, "The receiver is no address");
    });
  });

  describe("a purchase", () => {
    const buying = async (flockIn = tokens(100)) => {
      const f = await networkHelpers.loadFixture(openOfferingFixture);
      await f.flock.connect(f.bob).approve(f.offering, 0n);
      const token = await f.offering.tokenOf(1n);
      const terms = { modelId: 1n, recipient: f.carol.address, deadline: NO_DEADLINE, token, flockIn, mtOutMin: 1n };
      return { f, terms, action: onOffering.buyExactIn(deploymentIn(f), terms) };
    };

    it("is an approval of exactly what it may take, and then one call", async () => {
      const { f, action } = await buying();
      const calls = callsOf(action, await f.flock.allowance(f.bob, f.offering));
      expect(calls).to.have.length(2);
      await send(f.bob, calls);
      expect((await f.offering.positionOf(1n, f.carol)).mt).to.equal((await f.lens.raiseOf(1n)).sold);
      expect(await f.flock.allowance(f.bob, f.offering)).to.equal(0n);
      expect(callsOf(action, tokens(100))).to.have.length(1);
      expect(callsOf(action, tokens(100) - 1n)).to.have.length(2);
    });

    it("of an exact amount takes at most what it says", async () => {
      const { f, terms } = await buying();
      const [mtOut, flockInMax] = [tokens(1_000), tokens(200)];
      const action = onOffering.buyExactOut(deploymentIn(f), { ...terms, mtOut, flockInMax });
      expect(action.payment.max).to.equal(flockInMax);
      await send(f.bob, callsOf(action));
      expect((await f.offering.positionOf(1n, f.carol)).mt).to.be.greaterThanOrEqual(mtOut);
    });

    it("with a permit is one call that needs nothing before it", async () => {
      const { f, action } = await buying();
      const [value, deadline, v, r, s] = await signPermit(f, f.bob, action.payment.max);
      await send(f.bob, [callOf(withPermit(action, { value, deadline, v, r: r as Hex, s: s as Hex }))]);
      expect((await f.offering.positionOf(1n, f.carol)).mt).to.be.greaterThan(0n);
    });

    it("is refused for the launch of another token", async () => {
      const { f, terms } = await buying();
      const action = onOffering.buyExactIn(deploymentIn(f), { ...terms, token: f.bob.address });
      const run = await dryRun(action, f.bob.address, ask);
      expect(run.outcome).to.equal("refused");
      if (run.outcome === "refused") expect(run.refusal.name).to.equal("Offering_AnotherToken");
    });
  });

  it("a launch takes its terms, and costs what is due", async () => {
    const f = await networkHelpers.loadFixture(protocolFixture);
    const plan = launchPlanOf(
      {
        name: "Qwen Alice",
        symbol: "QWENA",
        tierId: 1,
        minimumPriceUsdcPerMillionUnits: "1",
        targetFlock: "10000",
        minimumRaiseFlock: "2500",
        startPriceFlockPerMt: "0.0125",
        saleDurationDays: 7,
        openingMode: "curvePrice",
        maximumLaunchFeeFlock: "1000",
        metadata: { uri: "ipfs://qwen" },
      },
      BYTES,
      6,
    );
    const action = onOffering.launch(deploymentIn(f), plan, { max: tokens(1_000), deadline: NO_DEADLINE });
    expect(action.payment.max).to.equal(tokens(1_000));
    await send(f.alice, callsOf(action));
    const raise = await f.lens.raiseOf(1n);
    expect([raise.name, raise.symbol, raise.target, raise.minimumRaise, raise.openingMode]).to.deep.equal([
      ...["Qwen Alice", "QWENA", tokens(10_000), tokens(2_500), 1n],
    ]);
    expect(raise.metadataHash).to.equal(BYTES);
  });

  describe("a payment", () => {
    it("takes a permit wherever the contract does, and none for less or of another kind", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const deployment = deploymentIn(f);
      const permit = (value: bigint) => ({ value, deadline: 1n, v: 27, r: BYTES, s: BYTES });
      const named = (action: Action, contract: "meter" | "staking") =>
        interfaceAs(contract).parseTransaction({ data: withPermit(action, permit(9n)).steps[0]! })!.name;
      expect(named(onPrepaid.deposit(deployment, 9n), "meter")).to.equal("permitUsdc");
      expect(named(onStaking.stake(deployment, { modelId: 1n, amount: 9n, token: A }), "staking")).to.equal("permitMt");
      expect(() => withPermit(onPrepaid.deposit(deployment, 9n), permit(8n)))
        .to.throw(FomoError, 'The permit is for 8 and "Deposit" may take 9: have it signed for that.')
        .with.property("code", "badValue");
      for (const action of [onEmissions.fund(deployment, 9n), onOffering.graduate(deployment, 1n)]) {
        expect(() => withPermit(action, permit(9n))).to.throw(FomoError, "takes no permit");
      }
    });

    it("is approved to its contract, exactly", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const deployment = deploymentIn(f);
      const mt = onStaking.stake(deployment, { modelId: 1n, amount: 9n, token: f.token });
      const all = [onPrepaid.deposit(deployment, 5n), onEmissions.fund(deployment, 6n), mt];
      for (const { payment } of all) {
        await send(f.bob, [approvalOf(payment)]);
        const [owner, spender] = [f.bob.address, payment.spender];
        const token = new ethers.Contract(payment.token, abiOf("flock"), f.bob);
        expect(await token.getFunction("allowance").staticCall(owner, spender)).to.equal(payment.max);
      }
    });
  });

  describe("a dry run", () => {
    it("tells acceptance from a missing payment and from a refusal, and other failures pass", async () => {
      const f = await networkHelpers.loadFixture(openOfferingFixture);
      const deployment = deploymentIn(f);
      const graduate = await dryRun(onOffering.graduate(deployment, 1n), f.bob.address, ask);
      expect(graduate.outcome === "refused" && graduate.refusal.sentence).to.match(/^Offering_NotGraduatable: model 1/);
      const deposit = onPrepaid.deposit(deployment, usdc(5));
      const unpaid = await dryRun(deposit, f.bob.address, ask);
      expect(unpaid.outcome === "unpaid" && unpaid.refusal.name).to.equal("ERC20InsufficientAllowance");
      await f.usdc.transfer(f.bob, usdc(5));
      await f.usdc.connect(f.bob).approve(f.meter, MaxUint256);
      expect(await dryRun(deposit, f.bob.address, ask)).to.deep.equal({ outcome: "accepted", returned: "0x" });
      expect(await f.usdc.balanceOf(f.bob)).to.equal(usdc(5));
      const broken = dryRun(deposit, f.bob.address, () => Promise.reject(new Error("no answer")));
      expect(await broken.catch((error: unknown) => (error as Error).message)).to.equal("no answer");
    });
  });

  describe("together", () => {
    it("are one transaction of anybody's: a newcomer's deposit and key", async () => {
      const f = await networkHelpers.loadFixture(earningFixture);
      const deployment = deploymentIn(f);
      const user = f.stranger;
      await f.usdc.transfer(user, usdc(10));
      const nonce = id("newcomer") as Hex;
      const authorization = { user: user.address, amount: usdc(10), validAfter: 0n, validBefore: NO_DEADLINE, nonce };
      const domain = { name: "USD Coin", version: "1", chainId: 31_337n, verifyingContract: f.addresses.usdc };
      const types = (name: string, fields: [name: string, type: string][]) => ({
        [name]: fields.map(([field, type]) => ({ name: field, type })),
      });
      const signed = await user.signTypedData(
        { ...domain, name: await f.usdc.name() },
        types("ReceiveWithAuthorization", [
          ["from", "address"],
          ["to", "address"],
          ["value", "uint256"],
          ["validAfter", "uint256"],
          ["validBefore", "uint256"],
          ["nonce", "bytes32"],
        ]),
        { from: user.address, to: f.addresses.meter, value: usdc(10), validAfter: 0n, validBefore: NO_DEADLINE, nonce },
      );
      const { v, r, s } = Signature.from(signed);
      const key = { key: f.bob.address, cap: usdc(10), expiresAt: NO_DEADLINE / 2n };
      const terms = { ...key, user: user.address, nonce: 0n, deadline: NO_DEADLINE };
      const keySignature = await user.signTypedData(
        { name: "FOMO InferenceMeter", version: "1", chainId: 31_337n, verifyingContract: f.addresses.meter },
        types("KeyAuthorization", [
          ["user", "address"],
          ["key", "address"],
          ["cap", "uint96"],
          ["expiresAt", "uint40"],
          ["nonce", "uint256"],
          ["deadline", "uint256"],
        ]),
        terms,
      );
      const action = together("Begin", [
        onPrepaid.depositSigned(deployment, authorization, { v, r: r as Hex, s: s as Hex }),
        onUsage.authorizeKeySigned(deployment, { ...terms, signature: keySignature as Hex }),
      ]);
      await send(f.keeper, callsOf(action));
      expect((await f.meter.accountOf(user)).deposited).to.equal(usdc(10));
      expect((await f.meter.keyOf(user, f.bob)).cap).to.equal(usdc(10));
    });

    it("add up what they cost, and go to one contract in one token", async () => {
      const f = await networkHelpers.loadFixture(openOfferingFixture);
      const deployment = deploymentIn(f);
      const deposits = together("Deposits", [onPrepaid.deposit(deployment, 1n), onPrepaid.deposit(deployment, 2n)]);
      expect(deposits.payment!.max).to.equal(3n);
      expect(() => together("Both", [onPrepaid.deposit(deployment, 1n), onOffering.graduate(deployment, 1n)])).to.throw(
        FomoError,
        '"Both" cannot be one transaction',
      );
    });
  });

  describe("for wallets", () => {
    const call: Call = { to: A, data: "0x1234", value: 0n };

    it("are what eth_sendTransaction and wallet_sendCalls take", () => {
      expect(transactionOf(call, B)).to.deep.equal({ from: B, to: A, data: "0x1234", value: "0x0" });
      expect(sendCallsOf([call], { chainId: 8453, from: B })).to.deep.equal({
        version: "2.0.0",
        chainId: "0x2105",
        from: B,
        atomicRequired: true,
        calls: [{ to: A, data: "0x1234", value: "0x0" }],
      });
      expect(sendCallsOf([], { chainId: 56n, from: B, atomicRequired: false }).atomicRequired).to.equal(false);
    });

    it("are what a Safe makes, each with its approval before it", async () => {
      const f = await networkHelpers.loadFixture(openOfferingFixture);
      const deployment = deploymentIn(f);
      const calls = safeCallsOf([onPrepaid.deposit(deployment, 1n), onOffering.graduate(deployment, 1n)]);
      expect(calls.map(({ what, to }) => [what, to])).to.deep.equal([
        ["Approve USDC", f.addresses.usdc],
        ["Deposit", f.addresses.meter],
        ["Graduate", f.addresses.offering],
      ]);
    });
  });

  it("take seats by their bytes", () => {
    expect(seatOf("issuer", 7n)).to.match(/^0x01[0-9a-f]{60}07$/);
  });
});
