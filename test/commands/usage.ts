import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { parseUnits } from "ethers";
import type { JsonRpcProvider } from "ethers";

import type { ProtocolAddresses } from "../../deploy/config/deployed.ts";
import { START_TIMEOUT, startNode, stop } from "../support/commandLine.ts";
import { graduateModel } from "../support/liveModel.ts";

/** A local chain that nobody else uses. */
const CHAIN_ID = "31395";
type Document = Record<string, unknown>;

/** From a stake to rewards, each command as a process of its own, in the order in which people use them. */
describe("fomo commands of usage and rewards", function () {
  this.timeout(120_000);

  let node: Awaited<ReturnType<typeof startNode>>;
  let provider: JsonRpcProvider;
  const folder = mkdtempSync(join(tmpdir(), "fomo-"));
  const file = join(folder, "vouchers.json");
  const cards = join(folder, "cards.json5");

  const transactionsOf = (document: Document) => (document.transactions as { what: string }[]).map(({ what }) => what);
  const warp = async (seconds: number) => {
    await provider.send("evm_increaseTime", [seconds]);
    await provider.send("evm_mine", []);
  };
  const units = (usdc: unknown) => parseUnits(usdc as string, 6);
  const sum = (documents: Document[], key: string) => documents.reduce((total, one) => total + units(one[key]), 0n);

  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await startNode(CHAIN_ID);
    provider = await graduateModel(node.url, CHAIN_ID, node.addresses as unknown as ProtocolAddresses);
  });
  after(async () => {
    provider.destroy();
    await stop(node.child, "SIGTERM");
    rmSync(folder, { recursive: true });
  });

  it("stakes straight from a position, with a permit of exactly the stake, in one transaction", async () => {
    expect(await node.refusal("stake", "--model", "1", "--amount", "10", "--from", "bob")).to.match(
      /has 0 MT of QALICE and wants to stake 10 MT: add --claim, 50,000\.?\d* MT of the raise wait\.$/,
    );
    const stake = ["stake", "--model", "1", "--claim", "--permit", "--from"];
    const staked = await node.json(...stake, "bob", "--amount", "50000");
    expect(transactionsOf(staked)).to.deep.equal(["Claim and stake"]);
    expect(staked).to.include({
      stakedMt: "50000",
      warmingMt: "50000",
      stakeMt: "0",
      discount: "0",
    });
  });

  it("deposits for oneself and, as the platform alone, for a user who paid by card", async () => {
    const approved = await node.json("deposit", "--usdc", "400", "--from", "bob");
    expect(transactionsOf(approved)).to.deep.equal(["Approve USDC", "Deposit"]);
    const deposited = await node.json("deposit", "--usdc", "600", "--permit", "--from", "bob");
    expect(transactionsOf(deposited)).to.deep.equal(["Deposit"]);
    expect(deposited).to.include({ depositedUsdc: "1000", availableUsdc: "1000", byCard: false });
    const signedFile = join(folder, "deposit.json");
    const bySignature = await node.json("deposit", "--usdc", "25", "--sign-to", signedFile, "--from", "carol");
    expect(bySignature).to.include({ signedUsdc: "25", user: "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955" });
    const submitted = await node.json("deposit", "--signed", signedFile, "--from", "keeper");
    expect(submitted).to.include({ payer: bySignature.user, user: bySignature.user, depositedUsdc: "25" });
    expect(await node.refusal("deposit", "--signed", signedFile, "--from", "keeper")).to.match(
      /^ERC3009UsedAuthorization/,
    );
    expect(await node.refusal("deposit", "--signed", signedFile, "--usdc", "1")).to.match(/leave --usdc out\.$/);
    const credit = ["deposit", "--usdc", "50", "--credit-for", "carol", "--from"];
    expect(await node.refusal(...credit, "bob")).to.match(/^AccessManagedUnauthorized: 0x976E.* has no role/);
    expect(await node.json(...credit, "platform")).to.include({ creditUsdc: "50", depositedUsdc: "25", byCard: true });
  });

  it("shows the endpoint, and records it as the platform", async () => {
    expect(await node.json("endpoint", "--model", "1")).to.include({ apiId: "", liveAt: null });
    const recorded = await node.json("endpoint", "--model", "1", "--api-id", "flock/qwen-alice", "--from", "platform");
    expect(recorded).to.include({ apiId: "flock/qwen-alice" });
    expect(recorded.liveAt).to.match(/^20\d\d-/);
  });

  it("adds to the budget", async () => {
    const funded = await node.json("fund", "--flock", "100000", "--from", "keeper");
    expect(transactionsOf(funded)).to.deep.equal(["Approve FLOCK", "Fund"]);
    expect(funded).to.include({ addedFlock: "100000", unreservedFlock: "100000" });
  });

  it("reads the discount as a gateway does, after the warm-up", async () => {
    await warp(25 * 3_600);
    const discount = await node.json("discount", "--model", "1", "--account", "bob");
    expect(discount).to.include({ stakeMt: "50000", warmingMt: "0", capBps: 3_000, multiplier: 2 });
    expect(discount.discount).to.match(/^0\.16[56]/);
  });

  it("authorises a key", async () => {
    const key = ["authorize", "--key", "dave", "--from", "bob"];
    const authorised = await node.json(...key, "--cap-usdc", "20", "--expires-days", "7");
    expect(authorised).to.include({ authorised: true, capUsdc: "20", spentUsdc: "0" });
    const other = ["authorize", "--key", "stranger", "--from", "carol"];
    await node.json(...other, "--cap-usdc", "5", "--expires-days", "30");
    const { expiresAt } = await node.json(...other, "--revoke");
    const shown = await node.json("authorize", "--show", "--key", "stranger", "--account", "carol");
    expect(shown).to.include({ authorised: true, capUsdc: "5", expiresAt });
    const { timestamp } = (await provider.getBlock("latest"))!;
    expect(Date.parse(expiresAt as string) / 1_000 - timestamp).to.be.closeTo(2 * 86_400, 10);
  });

  it("signs vouchers into a file, each on top of the last of its series", async () => {
    const sign = ["voucher", "--sign", "--file", file, "--model", "1", "--units", "100000000"];
    const first = await node.json(...sign, "--list-usdc", "100", "--from", "bob");
    expect(units(first.paidUsdc)).to.be.closeTo(83_400_000n, 100_000n);
    const second = await node.json(...sign, "--list-usdc", "100", "--from", "bob");
    expect(second).to.include({ vouchers: 1, units: "200000000", listUsdc: "200" });
    // The discount falls a little while MT vests.
    expect(units(second.paidUsdc)).to.be.closeTo(2n * units(first.paidUsdc), 10n);
    const byKey = ["voucher", "--sign", "--file", file, "--model", "1", "--units", "1000000", "--list-usdc", "30"];
    await node.json(...byKey, "--paid-usdc", "25", "--user", "bob", "--from", "dave");
    expect(await node.json(...byKey, "--from", "stranger")).to.include({ vouchers: 3 });
    const dear = [...byKey, "--paid-usdc", "31", "--user", "bob", "--from", "dave"];
    expect(await node.refusal(...dear)).to.match(/^--paid-usdc is 31, above the list spend of 30/);
    const inAll = [
      "voucher",
      "--sign",
      "--total",
      "--file",
      join(folder, "total.json"),
      "--model",
      "1",
      "--from",
      "carol",
    ];
    const total = await node.json(...inAll, "--units", "5000000", "--list-usdc", "5", "--paid-usdc", "5");
    expect(total).to.include({ vouchers: 1, units: "5000000", listUsdc: "5", paidUsdc: "5" });
  });

  it("says what settling would collect, and why not", async () => {
    const { vouchers } = (await node.json("voucher", "--check", "--file", file)) as { vouchers: Document[] };
    expect(vouchers.map(({ skipped }) => skipped)).to.deep.equal([null, null, "noBalance"]);
    expect(vouchers[1]).to.include({ paidUsdc: "25", collectablePaidUsdc: "20" });
    const { code, stdout } = await node.fomo("voucher", "--check", "--file", file);
    expect(code).to.equal(0);
    expect(stdout).to.contain("the user has no prepaid balance");
  });

  it("settles vouchers and cards as the platform alone, and reports what it skipped", async () => {
    const row = { modelId: 1, units: "1000000", listUsdc: "10", paidUsdc: "10" };
    writeFileSync(cards, JSON.stringify([row, { ...row, units: "900000000" }]));
    expect(await node.refusal("settle", "--file", file, "--from", "bob")).to.match(/^AccessManagedUnauthorized/);
    const done = await node.json("settle", "--file", file, "--cards", cards, "--from", "platform");
    expect(transactionsOf(done)).to.deep.equal(["Settle 2 of model 1", "Approve USDC", "Settle 2 by card"]);
    expect(done.collected).to.equal(3);
    expect((done.skipped as Document[]).map(({ skipped, row: at }) => [skipped, at])).to.deep.equal([
      ["noBalance", 3],
      ["belowPriceFloor", 2],
    ]);
    const settled = done.settled as Document[];
    const { credits } = (await node.json("credits")) as { credits: Document[] };
    expect(sum(credits, "creditUsdc")).to.equal(sum(settled, "paidUsdc"));
    const treasury = credits.find(({ name }) => name === "the treasury's seat")!;
    expect(units(treasury.creditUsdc)).to.be.closeTo((3n * sum(settled, "netUsdc")) / 10n, 2n);
  });

  it("collects nothing twice", async () => {
    const [voucher] = JSON.parse(readFileSync(file, "utf8")) as [Document];
    writeFileSync(file, JSON.stringify(voucher));
    const again = await node.json("settle", "--file", file, "--from", "platform");
    expect(again).to.deep.include({ collected: 0, settled: [], transactions: [] });
    expect(again.skipped).to.have.length(1);
    expect((again.skipped as Document[])[0]).to.include({ skipped: "nothingNew" });
  });

  it("pays credit to whom the seat's holder names", async () => {
    const claim = ["credits", "--seat", "treasury", "--claim", "--usdc", "1", "--to", "dave", "--from"];
    expect(await node.refusal(...claim, "bob")).to.match(
      /^Waterfall_NotHolder: 0x976E.* does not hold the treasury's seat/,
    );
    expect(await node.json(...claim, "treasury")).to.include({ claimedUsdc: "1", to: "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f" }); // prettier-ignore
  });

  it("hands a seat over in two steps", async () => {
    const seat = ["seat", "--seat", "provider", "--tier", "1"];
    const offered = await node.json(...seat, "--offer", "dave", "--from", "provider");
    expect(offered.offeredTo).to.equal("0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f");
    expect(await node.json(...seat, "--offer", "nobody", "--from", "provider")).to.include({ offeredTo: null });
    await node.json(...seat, "--offer", "dave", "--from", "provider");
    expect(await node.json(...seat, "--accept", "--from", "dave")).to.include({
      holder: offered.offeredTo,
      offeredTo: null,
    });
  });

  it("pokes what is due, then buys every lot and burns it", async () => {
    expect(await node.json("poke", "--from", "keeper")).to.deep.include({ poked: ["route", 1], notDue: [] });
    expect(await node.refusal("buyback", "--flock", "--from", "keeper")).to.match(/^Nothing can be bought now: FLOCK for burning: a pool on the way has no usable price/); // prettier-ignore
    await warp(1_860);
    const round = await node.json("buyback", "--watch", "--once", "--from", "keeper");
    expect(round.poked).to.deep.equal(["route", 1]);
    const bought = round.bought as Document[];
    expect(bought.map(({ step, modelId }) => [step, modelId])).to.deep.equal([["flock", null], ["flock", 1], ["mt", 1]]); // prettier-ignore
    expect(Number(bought[2]!.burnedMt)).to.be.greaterThan(200);
    expect(await node.refusal("buyback", "--flock", "--from", "keeper")).to.match(/FLOCK for burning: nothing waits to be spent\.$/); // prettier-ignore
    await warp(301);
    const rest = (await node.json("buyback", "--model", "1", "--step", "mt", "--from", "keeper")) as {
      bought: Document[];
    };
    expect(rest.bought.map(({ step }) => step)).to.deep.equal(["mt"]);
    expect(await node.json("poke", "--model", "1")).to.deep.include({ poked: [] });
  });

  it("keeps watching until it is told to stop", async () => {
    const child = node.start("buyback", "--watch", "--from", "keeper", "--json");
    await child.printed(/Ctrl-C stops it/);
    const { code, stdout } = await child.stop();
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.have.property("bought");
  });

  it("shows an epoch, its shares, and when washing would pay", async () => {
    await warp(86_400);
    const before = (await node.json("rewards", "--account", "bob")) as { history: Document[]; models: Document[] };
    expect(before.history[0]).to.include({ rolled: false });
    const epoch = String(before.history[0]!.epoch);
    const shown = (await node.json("emissions", "--epoch", epoch, "--flock-price", "0.05")) as Document & { models: Document[]; washTrading: Document }; // prettier-ignore
    expect(shown).to.include({ open: false, maxFlockPerUsdc: 100 });
    expect(shown.models[0]).to.include({ state: "to be rolled", shareFlock: shown.emissionFlock });
    expect(shown.washTrading).to.include({ largestSafeCapAtOpeningPrice: 5, excludedAtOpeningPrice: false });
    const [washed] = shown.washTrading.models as { alone: Document; besideOthers: Document }[];
    expect(washed!.besideOthers).to.include({ maxWeight: "2", excluded: false });
    expect(Number(washed!.besideOthers.canEarnUsd)).to.be.greaterThan(Number(washed!.alone.canEarnUsd));

    const { rolled } = (await node.json("roll", "--from", "keeper")) as { rolled: Document[] };
    expect(rolled[0]).to.include({ modelId: 1, epoch: Number(epoch), shareFlock: shown.emissionFlock });
    const after = (await node.json("rewards", "--account", "bob")) as { history: Document[]; models: Document[] };
    expect(after.models[0]).to.include({ claimableFlock: before.models[0]!.claimableFlock });
    const [how] = after.history as [Document];
    expect(how).to.include({ rolled: true, rewardFlock: after.models[0]!.claimableFlock });
    // What he was paid for is what he spent, and he is the only staker of that day: the pool is his.
    expect(how).to.include({ ownWeightUsdc: "224", totalWeightUsdc: "224", poolMt: how.rewardMt });
    const wei = (key: string) => BigInt(how[`${key}FlockWei`] as string);
    expect(wei("poolEmission") + wei("poolFund")).to.equal(wei("reward"));
  });

  it("collects rewards for their user and the bonus for the issuer", async () => {
    const collect = ["collect", "--account", "bob", "--models", "1", "--from", "keeper"];
    const collected = (await node.json(...collect)) as Document & { models: Document[] };
    expect(Number(collected.collectedFlock)).to.be.greaterThan(1_000);
    expect(Number(collected.models[0]!.collectedMt)).to.be.greaterThan(0);
    expect(await node.refusal("collect", "--account", "bob")).to.match(/^Emission_NothingToClaim/);
    const bonus = ["collect", "--issuer", "--model", "1", "--from"];
    expect(await node.refusal(...bonus, "bob")).to.match(/^Emission_NotIssuer/);
    expect(Number((await node.json(...bonus, "alice")).collectedFlock)).to.be.greaterThan(100);
  });

  it("tells all of it in the status", async () => {
    const { live } = (await node.json("status", "--model", "1")) as { live: Document };
    expect(live).to.include({ apiId: "flock/qwen-alice", stakedMt: "50000", issuerBonusFlock: "0" });
    const { prepaid, positions } = (await node.json("status", "--account", "bob")) as { prepaid: Document; positions: Document[] }; // prettier-ignore
    expect(units(prepaid.availableUsdc)).to.be.closeTo(813_000_000n, 1_000_000n);
    expect(positions[0]).to.include({ stakeMt: "50000", claimableFlock: "0" });
    expect(((await node.json("status")) as { waiting: Document }).waiting).to.include({ dailyRateFlock: "20000" });
  });

  it("lets a stake and a deposit go, after their delays", async () => {
    const unstake = ["unstake", "--model", "1", "--from", "bob"];
    expect(await node.json(...unstake, "--amount", "40000")).to.include({ exitingMt: "40000", stakeMt: "10000" });
    expect(await node.refusal(...unstake, "--withdraw")).to.match(/^Staking_CoolingDown: the cooldown lasts until/);
    expect(await node.json(...unstake, "--cancel", "--amount", "15000")).to.include({ exitingMt: "25000", warmingMt: "15000" }); // prettier-ignore
    const withdraw = ["withdraw", "--from", "bob"];
    expect(await node.json(...withdraw, "--usdc", "50")).to.include({ requestedUsdc: "50" });
    expect(await node.json(...withdraw, "--cancel")).to.include({ requestedUsdc: "0" });
    expect(await node.json(...withdraw, "--usdc", "100")).to.include({ requestedUsdc: "100" });
    expect(await node.refusal(...withdraw, "--execute")).to.match(/^Meter_NotWithdrawable: .* can be executed from/);
    await warp(49 * 3_600);
    expect(await node.json(...withdraw, "--execute", "--to", "dave")).to.include({
      withdrawnUsdc: "100",
      requestedUsdc: "0",
    });
    await warp(6 * 86_400);
    expect(await node.json(...unstake, "--withdraw")).to.include({ withdrawnMt: "25000", exitingMt: "0" });
  });
});
