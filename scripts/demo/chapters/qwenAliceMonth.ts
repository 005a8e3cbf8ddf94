import { MaxUint256 } from "ethers";
import { Fraction } from "fraction.js";

import { eventOf } from "../../../sdk/src/events/decode.ts";
import { MONTHS_LOT, POOL_FLOCK, POOL_USDC, observe, refillRoute } from "../buybacks.ts";
import { paidAt } from "../../../sdk/src/staking/discount.ts";
import { figures, text } from "../chapter.ts";
import type { Chapter } from "../chapter.ts";
import { derived, exact, plain, refused, word } from "../figure.ts";
import { TradedPool } from "../pool.ts";
import { USDC_DECIMALS, modelOf, refusalOf, waitUntil } from "../stage.ts";
import type { Stage } from "../stage.ts";
import { MILLION, USDC, gained, morningOf, settle, useOf } from "../usage.ts";
import type { Use } from "../usage.ts";

/** The paper's month [USDC units]. */
const NET = 10_000n * USDC;
/** What the three supporters use at list price [USDC units], and Frank [units]. */
const BOB_LIST = 2_000n * USDC;
const CAROL_LIST = 3_000n * USDC;
const DAVE_LIST = 3_000n * USDC;
const FRANK_UNITS = 4_000n * MILLION;
/** What users pay in [USDC units]. */
const DEPOSIT = 4_000n * USDC;
const CARD_CREDIT = 8_000n * USDC;
/** Compute cost of the tier [USDC per million units]. */
const COMPUTE_COST = new Fraction("0.2");
/** The skip reason of a voucher that brings nothing new. */
const NOTHING_NEW = 7n;

/** Section 4.3: the first month's inference, who gets what of it, and the FLOCK that it buys. */
export async function qwenAliceMonth(stage: Stage): Promise<Chapter> {
  const modelId = modelOf(stage, "qwenAlice");
  await waitUntil(stage, await morningOf(stage, modelId, 29n));
  const usage = await settleMonth(stage, modelId);
  const income = await claimSeats(stage, modelId);
  const burn = await buyFlock(stage, modelId);
  const balance = await usdcOf(stage);

  return {
    id: "qwenalice-month",
    title: "QwenALICE's first month of inference, and the FLOCK that it buys",
    section: "§3.5, §4.3",
    blocks: [
      text(`Bob, Carol and Dave prepay USDC, Frank pays by card and the platform brings the USDC for him. They sign
        vouchers for what they use: at list price less their discount; Dave's are signed by a key that he has
        authorised. The platform settles the month in one transaction. Frank's usage is what makes the net revenue the
        paper's round figure.`),
      figures(...usage.rows),
      text("Every USDC is divided at once. The shares belong to seats, whose holders take them when they like."),
      figures(...income.rows),
      text(`Anyone may trigger the buybacks. A lot is at most 0.15% of the pool in five minutes, too little to trade around
        at a profit, and no worse than 98% of the average price. First 3,000 USDC buy FLOCK, which is burned; then
        3,000 USDC buy FLOCK for QwenALICE, which waits to buy MT.`),
      figures(...burn),
      text("Nothing is lost on the way: what came in equals what is still there and what went out."),
      figures(
        exact("paid in by users and platform", "§3.5", "20000", usage.paidIn, "USDC", USDC_DECIMALS),
        exact(
          "unspent, at the meter",
          "§3.5",
          plain(3n * DEPOSIT + CARD_CREDIT - usage.paid, USDC_DECIMALS),
          balance.meter,
          "USDC",
          USDC_DECIMALS,
        ),
        exact("taken by Alice, treasury, provider", "§3.5", "6400", income.taken, "USDC", USDC_DECIMALS),
        exact("left in the waterfall", "§3.5", "0", balance.waterfall, "USDC", USDC_DECIMALS),
        exact("the buybacks brought to the pool", "§3.5", "6000", balance.pool - POOL_USDC, "USDC", USDC_DECIMALS),
        exact(
          "all that is accounted for",
          "§3.5",
          "20000",
          balance.meter + balance.waterfall + (balance.pool - POOL_USDC) + income.taken,
          "USDC",
          USDC_DECIMALS,
        ),
      ),
    ],
  };
}

/** Deposits, vouchers and one settlement. */
async function settleMonth(stage: Stage, modelId: bigint) {
  const { meter } = stage.protocol;
  const { bob, carol, dave, frank, grace, platform } = stage.people;
  stage.tell("A month of inference: deposits, vouchers, settlement");
  for (const user of [bob, carol, dave]) await meter.connect(user).deposit(DEPOSIT);
  await meter.connect(platform).depositCredit(frank, CARD_CREDIT);
  const paidIn = await stage.protocol.usdc.balanceOf(meter);
  await meter.connect(dave).authorizeKey(grace, DEPOSIT, 2n ** 40n - 1n);

  const ofBob = await useOf(stage, modelId, bob, BOB_LIST);
  const ofCarol = await useOf(stage, modelId, carol, CAROL_LIST);
  const ofDave: Use = { ...(await useOf(stage, modelId, dave, DAVE_LIST)), key: grace };
  const units = ofBob.units + ofCarol.units + ofDave.units + FRANK_UNITS;
  const opex = COMPUTE_COST.mul(new Fraction(units, MILLION));
  const opexUnits = BigInt(opex.mul(USDC).floor().toString());
  const missing = NET + opexUnits - ofBob.paid - ofCarol.paid - ofDave.paid;
  const ofFrank: Use = { user: frank, units: FRANK_UNITS, list: missing, paid: missing };
  const discount = await stage.protocol.staking.discountOf(modelId, bob);
  const settled = await settle(stage, modelId, [ofBob, ofCarol, ofDave, ofFrank]);

  const [first] = settled.rows;
  const again = await meter.previewVoucher(modelId, first!);
  const byBob = await refusalOf(meter, async () => {
    await meter.connect(bob).settle.staticCall(modelId, settled.rows);
  });
  const paidByBob = (await meter.usageOf(bob, bob, modelId)).paid;
  const { deposited } = await meter.accountOf(bob);
  const usdc = (what: string, section: string, paper: string, chain: bigint) =>
    exact(what, section, paper, chain, "USDC", USDC_DECIMALS);
  const rows = [
    derived("Bob uses for 2,000 and pays", "§3.6", paidAt(BOB_LIST, discount), paidByBob, "USDC", {
      decimals: USDC_DECIMALS,
    }),
    usdc("what is left of his deposit", "§3.5", plain(DEPOSIT - paidByBob, USDC_DECIMALS), deposited),
    exact("units of inference, in millions", "§3.5", "12000", settled.units, "M", 6),
    derived("their compute cost at 0.20 (OpEx)", "§3.5", opex, settled.paid - settled.net, "USDC", {
      decimals: USDC_DECIMALS,
    }),
    usdc("net revenue (P_net)", "§4.3", "10000", settled.net),
    word(
      "Bob's voucher, if it came again",
      "decision 10",
      "skipped",
      again.reason === NOTHING_NEW ? "skipped" : "collected",
    ),
    refused("Bob settles in the platform's place", "decision 10", "AccessManagedUnauthorized", byBob),
  ];
  return { paidIn, paid: settled.paid, rows };
}

/** Alice, the treasury and the provider take what is theirs. */
async function claimSeats(stage: Stage, modelId: bigint) {
  const { waterfall, registry, usdc } = stage.protocol;
  const { alice, treasury, provider } = stage.people;
  let all = 0n;
  const credits = await waterfall.queryFilter(waterfall.filters.RevenueSplit(modelId));
  const { parts, opex } = credits.at(-1)!.args;
  const taken = async (seat: string, holder: typeof alice) => {
    const credit = await waterfall.creditOf(seat);
    const amount = await gained(
      async () => await usdc.balanceOf(holder),
      async () => await waterfall.connect(holder).claim(seat, credit, holder),
    );
    all += amount;
    return amount;
  };
  const row = (what: string, paper: string, chain: bigint) => exact(what, "§4.3", paper, chain, "USDC", USDC_DECIMALS);
  const providerSeat = await registry.providerSeatOf(1n);
  const rows = [
    row("30%: to buy back FLOCK", "3000", parts.flockBuyback),
    row("30%: the treasury has taken", "3000", await taken(await registry.treasurySeat(), treasury)),
    row("30%: to buy back QwenALICE", "3000", parts.mtBuyback),
    row("10%: Alice has taken", "1000", await taken(await registry.issuerSeatOf(modelId), alice)),
    exact(
      "OpEx: the provider has taken",
      "§3.5",
      plain(opex, USDC_DECIMALS),
      await taken(providerSeat, provider),
      "USDC",
      USDC_DECIMALS,
    ),
  ];
  return { taken: all, rows };
}

/** The month's USDC buys FLOCK: a lot that is burned, and a lot that waits for QwenALICE. */
async function buyFlock(stage: Stage, modelId: bigint) {
  const { buyback, flock } = stage.protocol;
  stage.tell("Buying back FLOCK");
  const flockBefore = await flock.totalSupply();

  await observe(stage, modelId);
  const lot = async (forModel: bigint) => {
    const sent = await buyback.buyFlock(forModel, 0n, MaxUint256);
    const { args } = eventOf(stage.protocol, (await sent.wait())!, "buyback", "FlockBought");
    return { usdcIn: args.usdcIn, flockOut: args.flockOut };
  };
  const burned = await lot(0n);
  const afterOne = await refusalOf(buyback, async () => {
    await buyback.buyFlock.staticCall(modelId, 0n, MaxUint256);
  });
  await refillRoute(stage);
  const kept = await lot(modelId);

  // The same swaps by Uniswap's formula.
  const route = new TradedPool(POOL_USDC, POOL_FLOCK);
  const paperBurned = route.swap(MONTHS_LOT);
  const paperKept = route.swap(MONTHS_LOT);
  return [
      exact("the first lot spends", "§4.3", "3000", burned.usdcIn, "USDC", USDC_DECIMALS),
      exact("FLOCK burned, of its total supply", "§4.3", plain(paperBurned), flockBefore - (await flock.totalSupply()), "FLOCK"),
      refused("another lot at once", "decision 18", "Buyback_Wait", afterOne),
      exact("five minutes later, for QwenALICE", "§4.3", "3000", kept.usdcIn, "USDC", USDC_DECIMALS),
      exact("buys", "§4.3", plain(paperKept), kept.flockOut, "FLOCK"),
  ]; // prettier-ignore
}

/** Where the USDC is. */
async function usdcOf(stage: Stage) {
  const { usdc, addresses, dexFactory } = stage.protocol;
  const pool = await dexFactory.getPair(addresses.usdc, addresses.flock);
  return {
    meter: await usdc.balanceOf(addresses.meter),
    waterfall: await usdc.balanceOf(addresses.waterfall),
    pool: await usdc.balanceOf(pool),
  };
}
