import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import authorize from "../../scripts/tasks/usage/authorize.ts";
import buyback from "../../scripts/tasks/buyback/buyback.ts";
import collect from "../../scripts/tasks/emissions/collect.ts";
import credits from "../../scripts/tasks/revenue/credits.ts";
import deposit from "../../scripts/tasks/usage/deposit.ts";
import discount from "../../scripts/tasks/staking/discount.ts";
import emissions from "../../scripts/tasks/emissions/emissions.ts";
import endpoint from "../../scripts/tasks/registry/endpoint.ts";
import fund from "../../scripts/tasks/emissions/fund.ts";
import keeper from "../../scripts/tasks/keeper/keeper.ts";
import poke from "../../scripts/tasks/buyback/poke.ts";
import rewards from "../../scripts/tasks/emissions/rewards.ts";
import roll from "../../scripts/tasks/emissions/roll.ts";
import seat from "../../scripts/tasks/registry/seat.ts";
import settle from "../../scripts/tasks/usage/settle.ts";
import stake from "../../scripts/tasks/staking/stake.ts";
import unstake from "../../scripts/tasks/staking/unstake.ts";
import voucher from "../../scripts/tasks/usage/voucher.ts";
import withdraw from "../../scripts/tasks/usage/withdraw.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Reaching this means that a command would connect before it has looked at what was typed. */
const NO_NETWORK = {
  globalOptions: {},
  network: { create: () => Promise.reject(new Error("The command connected although its input is bad")) },
} as unknown as HardhatRuntimeEnvironment;

type Action = (args: never, hre: HardhatRuntimeEnvironment) => Promise<{ success: boolean }>;

/** The sentence with which a command refuses, run in this process; nothing else may be printed. */
async function refusal(action: Action, args: object): Promise<string> {
  const write = process.stderr.write.bind(process.stderr);
  let said = "";
  process.stderr.write = (text: string | Uint8Array) => {
    said += text.toString();
    return true;
  };
  try {
    const { success } = await action({ json: false, ...args } as never, NO_NETWORK);
    expect(success).to.equal(false);
  } finally {
    process.stderr.write = write;
  }
  return said;
}

describe("bad input of the commands of usage and rewards", () => {
  const folder = temporaryFolder();

  const cases: [string, Action, object, RegExp][] = [
    ["stake without a model", stake, {}, /^Say which model with --model/],
    ["stake of nothing", stake, { model: "1", amount: "0" }, /^--amount is zero/],
    ["unstake in two ways", unstake, { model: "1", cancel: true, withdraw: true }, /^Name either --cancel or --withdraw/],
    ["unstake of a part at the end", unstake, { model: "1", amount: "1", withdraw: true }, /leave --amount out/],
    ["discount of nobody", discount, { model: "1" }, /^Say whose discount with --account/],
    ["deposit of nothing", deposit, {}, /^Say how much to deposit with --usdc/],
    ["withdraw without a word", withdraw, {}, /^Say one thing: request an amount with --usdc/],
    ["withdraw in two ways", withdraw, { execute: true, cancel: true }, /^Say one thing/],
    ["withdraw a request to somebody", withdraw, { usdc: "1", to: "bob" }, /^--to says who receives/],
    ["authorize nobody", authorize, { capUsdc: "1", expiresDays: "1" }, /^Say which key with --key/],
    ["authorize without an expiry", authorize, { key: "1", capUsdc: "1" }, /^A key has both a cap and an expiry/],
    ["authorize and revoke", authorize, { key: "1", capUsdc: "1", expiresDays: "1", revoke: true }, /^Say one thing/],
    ["authorize for ever", authorize, { key: "1", capUsdc: "1", expiresDays: "4000" }, /^--expires-days is 4000: write a whole number from 1 to 3650/],
    ["authorize for somebody", authorize, { key: "1", revoke: true, account: "bob" }, /by its user alone/],
    ["endpoint to nothing", endpoint, { model: "1", apiId: "" }, /^--api-id is empty/],
    ["voucher without a word", voucher, { sign: false, check: false }, /^Say one thing: --sign/],
    ["voucher without a file", voucher, { sign: true, check: false }, /^Name the file of vouchers/],
    ["voucher of nothing", voucher, { sign: true, check: false, file: "v", model: "1" }, /^Say what was used/],
    ["voucher of two sums", voucher, { sign: true, check: false, file: "v", model: "1", units: "1", listUsdc: "1", total: true }, /^With --total all three sums/],
    ["settle nothing", settle, {}, /^Name vouchers with --file, --log or --store/],
    ["settle a file from a threshold on", settle, { file: "x", minUsdc: "1" }, /^--min-usdc, .* are for --log and --store/],
    ["settle what waits in a log", settle, { log: "x", maxAgeHours: "1" }, /^A log does not say since when/],
    ["settle a file that is not there", settle, { file: "no/such.json" }, /^The voucher file .* cannot be read/],
    ["credits of everybody", credits, { claim: true }, /^Say which seat with --seat/],
    ["credits of an unknown seat", credits, { seat: "king" }, /^--seat is "king": name issuer, treasury/],
    ["credits of no tier", credits, { seat: "provider" }, /^Say whose compute provider with --tier/],
    ["credits to somebody without a claim", credits, { to: "bob", claim: false }, /add --claim/],
    ["seat without a name", seat, {}, /^Say which seat/],
    ["seat in two ways", seat, { seat: "treasury", offer: "bob", accept: true }, /^Name either --offer or --accept/],
    ["poke of model zero", poke, { model: "0" }, /^--model is 0/],
    ["buyback without a word", buyback, {}, /^Say one thing: --flock/],
    ["buyback of a third step", buyback, { model: "1", step: "usdc" }, /^--step narrows --model/],
    ["buyback once", buyback, { flock: true, once: true }, /^--once ends --watch/],
    ["buyback at any price", buyback, { flock: true, slippageBps: "10001" }, /^--slippage-bps is 10001/],
    ["keeper for dollars of no price", keeper, { maxUsdPerDay: "5" }, /^--max-usd-per-day needs to know what gas costs: name .* with --eth-usd/],
    ["keeper for a worth of no price", keeper, { minWorth: "2" }, /^--min-worth needs to know/],
    ["keeper for half a gas", keeper, { maxGasPerDay: "0.5" }, /^--max-gas-per-day is "0\.5": write a whole number/],
    ["keeper at no price", keeper, { ethUsd: "0" }, /^--eth-usd is zero/],
    ["keeper that shows one round", keeper, { once: true, metricsPort: "9000" }, /are for a keeper that goes on/],
    ["keeper that rests in a dry run", keeper, { dryRun: true, intervalSeconds: "9" }, /are for a keeper that goes on/],
    ["keeper that never rests", keeper, { intervalSeconds: "0" }, /^--interval-seconds is 0: write a whole number from 1/],
    ["keeper that settles nothing", keeper, { settleMinutes: "5" }, /are for a keeper that settles: add --store/],
    ["keeper that settles too late", keeper, { store: "http://localhost", settleMinutes: "2000" }, /^--settle-minutes is 2000/],
    ["keeper on no port", keeper, { metricsPort: "70000" }, /^--metrics-port is 70000/],
    ["fund with nothing", fund, {}, /^Say how much to add with --flock/],
    ["emissions of yesterday's future", emissions, { epoch: "-1" }, /^--epoch is "-1": write a whole number/],
    ["emissions at no price", emissions, { flockPrice: "cheap" }, /^--flock-price is "cheap"/],
    ["rewards of nobody", rewards, {}, /^Say whose rewards with --account/],
    ["rewards of no day", rewards, { account: "bob", days: "0" }, /^--days is 0/],
    ["collect from no model", collect, { models: "1,x" }, /^--models is "x": write a whole number/],
    ["collect a bonus of several", collect, { issuer: true, models: "1,2" }, /is of one model/],
    ["collect to somebody else", collect, { to: "dave" }, /are for the issuer's bonus/],
    ["roll of half a model", roll, { model: "0.5" }, /^--model is "0\.5"/],
  ]; // prettier-ignore

  for (const [what, action, args, sentence] of cases) {
    it(`is refused in one sentence before anything is connected: ${what}`, async () => {
      const said = await refusal(action, args);
      expect(said).to.match(sentence);
      expect(said.trimEnd()).to.not.contain("\n");
    });
  }

  it("names the key of a file that is wrong", async () => {
    const file = join(folder, "v.json5");
    writeFileSync(file, "{ chainId: 1, user: '0x12', usdc: 1, nonce: '1', signature: '0x' }");
    const said = await refusal(deposit, { signed: file });
    expect(said)
      .to.contain("`user` must be an address with a valid checksum")
      .and.to.contain("`usdc` must be a decimal number in quotes")
      .and.to.contain("`signature` must be 0x and 130 hexadecimal digits");
    writeFileSync(file, "[]");
    expect(await refusal(settle, { cards: file })).to.contain("has no row");
  });
});
