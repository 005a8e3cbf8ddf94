import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { Signature } from "ethers";

import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { LOCAL_ACTORS } from "../../scripts/lib/chain/localActors.ts";
import { timeOf } from "../../scripts/lib/chain/session.ts";
import type { Limits } from "../../scripts/lib/keeper/budget.ts";
import { Settler, requirePlatform } from "../../scripts/lib/keeper/settling.ts";
import type { Settlement } from "../../scripts/lib/keeper/settling.ts";
import { epochAt } from "../../sdk/src/emissions/epochs.ts";
import { startKeeper } from "../support/keeperLife.ts";
import type { KeeperLife } from "../support/keeperLife.ts";
import { START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const UNBOUNDED: Limits = { gas: undefined, wei: undefined };
const ALICE = LOCAL_ACTORS.indexOf("alice");
const MINUTE = 60_000;

/** Stands in for the gateway's app: whatever it is asked for, its store has the vouchers of a file. */
const APP = `
import { copyFileSync } from "node:fs";
import { json } from "node:stream/consumers";
const { folder, store } = await json(process.stdin);
const vouchers = folder + "/vouchers.jsonl";
copyFileSync(import.meta.dirname + "/vouchers.jsonl", vouchers);
const summary = { rows: 1, series: 1, good: 1, superseded: 0, bad: {}, examples: [], vouchers };
console.log(JSON.stringify(store.startsWith("postgres:") ? { summary } : { problem: "The store does not answer." }));
`;

describe("fomo keeper that settles", function () {
  this.timeout(60_000);

  const folder = temporaryFolder();
  let node: Node;
  let lives = 0;
  let vouchers: string;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
    await graduateModel(node.provider, node.addresses);
    await node.json("endpoint --model 1 --api-id flock/qwen-alice --from platform");
    await node.json("deposit --usdc 100 --from bob");
    const file = join(folder, "signed.json");
    await node.json("voucher --sign --model 1 --units 1000000 --list-usdc 2 --from bob --file", file);
    const [{ user, signature }] = JSON.parse(readFileSync(file, "utf8")) as [{ user: string; signature: string }];
    const { r, yParityAndS: vs } = Signature.from(signature);
    const sums = { units: "1000000", list: "2000000", paid: "2000000" };
    vouchers = `${JSON.stringify({ user, key: user, modelId: 1, ...sums, r, vs, open: "2000000", openedAt: null })}\n`;
  });

  let now = 0;
  /** The platform's keeper, with an app that reads its store. */
  async function platform(
    store = "postgres://store",
    limits = UNBOUNDED,
  ): Promise<[KeeperLife, () => Promise<Settlement | undefined>]> {
    const root = join(folder, (lives++).toString());
    const app = join(root, "apps", "gateway");
    for (const part of ["node_modules", join("src", "settlement")]) mkdirSync(join(app, part), { recursive: true });
    writeFileSync(join(app, "package.json"), '{ "type": "module" }');
    writeFileSync(join(app, "src", "settlement", "main.ts"), APP);
    writeFileSync(join(app, "src", "settlement", "vouchers.jsonl"), vouchers);
    const life = await startKeeper(node, ALICE, root, limits);
    now = 0;
    const settler = new Settler({ store, thresholds: { open: undefined, age: undefined }, every: 3_600n }, () => now);
    return [life, () => settler.settleIfDue(life.keeper)];
  }
  const failureOf = (settlement: Settlement | undefined) =>
    settlement !== undefined && "failure" in settlement ? settlement : undefined;
  const outcomeOf = (settlement: Settlement | undefined) =>
    settlement !== undefined && "outcome" in settlement ? settlement.outcome : undefined;

  it("refuses to settle as somebody who is not the platform", async () => {
    expect(await node.refusalUnsent("keeper --once --store http://127.0.0.1:1 --from bob")).to.match(
      /may not settle: name the platform's account with --from/,
    );
    const [{ session, keeper }] = await platform();
    await requirePlatform(session, keeper.signer);
  });

  it("tells why it could not, lets everything else be done, and tries again after five minutes", async () => {
    const [life, settle] = await platform("http://127.0.0.1:1");
    expect(failureOf(await settle())).to.deep.equal({ failure: "The store does not answer.", againIn: 300n });
    expect((await life.round())!.done.map(({ outcome }) => outcome)).to.include("executed");
    now = 5 * MINUTE - 1;
    expect(await settle()).to.equal(undefined);
    now = 5 * MINUTE;
    expect(failureOf(await settle())).to.have.property("failure");
  });

  it("does not settle beyond the limits of the day", async () => {
    const [{ ledger, session }, settle] = await platform(undefined, { gas: 50_000n, wei: undefined });
    expect(failureOf(await settle())!.failure).to.match(/^"Settle 1 of model 1" may take more than what is left/);
    expect(ledger.spentOn(epochAt(await timeOf(session))).all.gas).to.equal(0n);
  });

  it("collects what the store has, counts what that costs, and looks again an hour later", async () => {
    const [{ ledger, session }, settle] = await platform();
    const { collected, transactions } = outcomeOf(await settle())!;
    expect(collected).to.equal(1);
    expect(transactions).to.have.length(1);
    const { all } = ledger.spentOn(epochAt(await timeOf(session)));
    expect(all.gas).to.equal(BigInt(transactions[0]!.gasUsed));
    now = 60 * MINUTE - 1;
    expect(await settle()).to.equal(undefined);
    now = 60 * MINUTE;
    expect(outcomeOf(await settle())).to.deep.include({ collected: 0, transactions: [] });
  });
});
