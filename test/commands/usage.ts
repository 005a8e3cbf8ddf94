import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { parseUnits } from "ethers";

import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { ADDRESS, START_TIMEOUT, freshNode, transactionsOf } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** From a stake to settled vouchers and back, in the order in which people use the commands. */
describe("fomo commands of usage", function () {
  this.timeout(60_000);

  const folder = temporaryFolder();
  const file = join(folder, "vouchers.json");
  const cards = join(folder, "cards.json5");
  let node: Node;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
    await graduateModel(node.provider, node.addresses);
  });

  const units = (usdc: unknown) => parseUnits(usdc as string, 6);
  const sum = (documents: Document[], key: string) => documents.reduce((total, one) => total + units(one[key]), 0n);

  describe("stake", () => {
    it("refuses what waits in a position", async () => {
      expect(await node.refusal("stake --model 1 --amount 10 --from bob")).to.match(
        /has 0 MT of QALICE and wants to stake 10 MT: add --claim, 50,000\.?\d* MT of the raise wait\.$/,
      );
    });

    it("stakes straight from a position, with a permit of exactly the stake, in one transaction", async () => {
      const staked = await node.json("stake --model 1 --claim --permit --from bob --amount 50000");
      expect(transactionsOf(staked)).to.deep.equal(["Claim and stake"]);
      expect(staked).to.include({ stakedMt: "50000", warmingMt: "50000", stakeMt: "0", discount: "0" });
    });
  });

  describe("deposit", () => {
    const signed = join(folder, "deposit.json");
    const credit = "deposit --usdc 50 --credit-for carol --from";

    it("pays with an approval", async () => {
      const approved = await node.json("deposit --usdc 400 --from bob");
      expect(transactionsOf(approved)).to.deep.equal(["Approve USDC", "Deposit"]);
    });

    it("pays with a permit", async () => {
      const deposited = await node.json("deposit --usdc 600 --permit --from bob");
      expect(transactionsOf(deposited)).to.deep.equal(["Deposit"]);
      expect(deposited).to.include({ depositedUsdc: "1000", availableUsdc: "1000", byCard: false });
    });

    it("is signed into a file, for anybody to submit", async () => {
      const bySignature = await node.json("deposit --usdc 25 --from carol --sign-to", signed);
      expect(bySignature).to.include({ signedUsdc: "25", user: ADDRESS.carol });
      const submitted = await node.json("deposit --from keeper --signed", signed);
      expect(submitted).to.include({ payer: ADDRESS.carol, user: ADDRESS.carol, depositedUsdc: "25" });
    });

    it("refuses to submit a file twice", async () => {
      expect(await node.refusal("deposit --from keeper --signed", signed)).to.match(
        /it was submitted or cancelled before\.$/,
      );
    });

    it("refuses another amount than was signed", async () => {
      expect(await node.refusal("deposit --usdc 1 --signed", signed)).to.match(/leave --usdc out\.$/);
    });

    it("refuses what was paid by card from others than the platform", async () => {
      expect(await node.refusal(`${credit} bob`)).to.match(/^AccessManagedUnauthorized: 0x976E.* has no role/);
    });

    it("brings what was paid by card, as the platform", async () => {
      const paid = await node.json(`${credit} platform`);
      expect(paid).to.include({ creditUsdc: "50", depositedUsdc: "25", byCard: true });
    });
  });

  describe("endpoint", () => {
    it("is shown, and recorded by the platform", async () => {
      expect(await node.json("endpoint --model 1")).to.include({ apiId: "", liveAt: null });
      const recorded = await node.json("endpoint --model 1 --api-id flock/qwen-alice --from platform");
      expect(recorded).to.include({ apiId: "flock/qwen-alice" });
      expect(recorded.liveAt).to.match(/^20\d\d-/);
    });
  });

  describe("discount", () => {
    it("is what a gateway reads, after the warm-up", async () => {
      await node.warp(25 * 3_600);
      const discount = await node.json("discount --model 1 --account bob");
      expect(discount).to.include({ stakeMt: "50000", warmingMt: "0", capBps: 3_000, multiplier: 2 });
      expect(discount.discount).to.match(/^0\.16[56]/);
    });
  });

  describe("authorize", () => {
    it("lets a key sign", async () => {
      const authorised = await node.json("authorize --key dave --from bob --cap-usdc 20 --expires-days 7");
      expect(authorised).to.include({ authorised: true, capUsdc: "20", spentUsdc: "0" });
    });

    it("takes that back at once, and says until when vouchers are collected", async () => {
      const key = "authorize --key stranger --from carol";
      await node.json(`${key} --cap-usdc 5 --expires-days 30`);
      const { expiresAt, collectedUntil } = await node.json(`${key} --revoke`);
      const shown = await node.json("authorize --show --key stranger --account carol");
      expect(shown).to.include({ authorised: false, capUsdc: "5", expiresAt, collectedUntil });
      const { timestamp } = (await node.provider.getBlock("latest"))!;
      expect(Date.parse(expiresAt as string) / 1_000 - timestamp).to.be.closeTo(0, 10);
      expect(Date.parse(collectedUntil as string) - Date.parse(expiresAt as string)).to.equal(2 * 86_400_000);
    });
  });

  describe("authorize by signature", () => {
    const signedKey = join(folder, "key.json");
    const sign = "authorize --key keeper --from bob --cap-usdc 20 --expires-days 7 --sign-to";

    it("is signed into a file, for anybody to submit, and sends nothing", async () => {
      const document = await node.json(sign, signedKey);
      expect(document).to.include({ user: ADDRESS.bob, file: signedKey });
      expect(document.transactions).to.deep.equal([]);
      expect(await node.refusal(sign, signedKey)).to.match(/exists or cannot be written: name another one\.$/);
      const submitted = await node.json("authorize --from carol --signed", signedKey);
      expect(submitted).to.include({ user: ADDRESS.bob, authorised: true, capUsdc: "20" });
      expect(transactionsOf(submitted)).to.deep.equal(["Authorise the key"]);
    });

    it("refuses one that was cancelled, of another meter, and what the file says already", async () => {
      const other = join(folder, "other-key.json");
      await node.json("authorize --key keeper --from carol --cap-usdc 3 --expires-days 2 --sign-to", other);
      const moved = join(folder, "moved-key.json");
      const content = JSON.parse(readFileSync(other, "utf8")) as object;
      writeFileSync(moved, JSON.stringify({ ...content, meter: ADDRESS.stranger }));
      expect(await node.refusal("authorize --signed", moved)).to.match(/is for the meter 0xBcd4.*signed again\.$/);
      await node.json("authorize --from carol --cancel-signed");
      expect(await node.refusal("authorize --from bob --signed", other)).to.match(/^Meter_WrongNonce: .* cancelled/);
      expect(await node.refusal("authorize --key bob --signed", other)).to.match(/leave --key out\.$/);
      expect(await node.refusal("authorize --key bob --revoke --show")).to.match(/^Say one thing/);
    });
  });

  describe("voucher", () => {
    const sign = (line: string, into = file) => node.json(`voucher --sign --model 1 ${line} --file`, into);
    const byKey = "--units 1000000 --list-usdc 30";

    it("is signed on top of the last of its series", async () => {
      const first = await sign("--units 100000000 --list-usdc 100 --from bob");
      expect(units(first.paidUsdc)).to.be.closeTo(83_400_000n, 100_000n);
      const second = await sign("--units 100000000 --list-usdc 100 --from bob");
      expect(second).to.include({ vouchers: 1, units: "200000000", listUsdc: "200" });
      // The discount falls a little while MT vests.
      expect(units(second.paidUsdc)).to.be.closeTo(2n * units(first.paidUsdc), 10n);
    });

    it("is signed by a key, and by who has nothing prepaid", async () => {
      await sign(`${byKey} --paid-usdc 25 --user bob --from dave`);
      expect(await sign(`${byKey} --from stranger`)).to.include({ vouchers: 3 });
    });

    it("refuses to be dearer than the list price", async () => {
      const dear = `voucher --sign --model 1 ${byKey} --paid-usdc 31 --user bob --from dave --file`;
      expect(await node.refusal(dear, file)).to.match(/^--paid-usdc is 31, above the list spend of 30/);
    });

    it("is signed for sums that are cumulative already", async () => {
      const inAll = "--total --units 5000000 --list-usdc 5 --paid-usdc 5 --from carol";
      const total = await sign(inAll, join(folder, "total.json"));
      expect(total).to.include({ vouchers: 1, units: "5000000", listUsdc: "5", paidUsdc: "5" });
    });

    it("is checked: what settling would collect, and why not", async () => {
      const { vouchers } = (await node.json("voucher --check --file", file)) as { vouchers: Document[] };
      expect(vouchers.map(({ skipped }) => skipped)).to.deep.equal([null, null, "noBalance"]);
      expect(vouchers[1]).to.include({ paidUsdc: "25", collectablePaidUsdc: "20" });
    });

    it("is checked in words", async () => {
      const { code, stdout } = await node.fomo("voucher --check --file", file);
      expect(code).to.equal(0);
      expect(stdout).to.contain("the user has no prepaid balance");
    });
  });

  describe("settle", () => {
    it("refuses others than the platform", async () => {
      expect(await node.refusal("settle --from bob --file", file)).to.match(/^AccessManagedUnauthorized/);
    });

    it("collects vouchers and cards, and reports what it skipped", async () => {
      const row = { id: "first", modelId: 1, units: "1000000", listUsdc: "10", paidUsdc: "10" };
      writeFileSync(cards, JSON.stringify([row, { ...row, id: "second", units: "900000000" }]));
      const done = await node.partial("settle --from platform --file", file, "--cards", cards);
      expect(transactionsOf(done)).to.deep.equal(["Settle 2 of model 1", "Approve USDC", "Settle 2 by card"]);
      expect(done.collected).to.equal(3);
      const skipped = (done.skipped as Document[]).map(({ skipped: why, row: at }) => [why, at]);
      expect(skipped).to.deep.equal([
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
      const rows = JSON.parse(readFileSync(cards, "utf8")) as Document[];
      writeFileSync(cards, JSON.stringify(rows.slice(0, 1)));
      const again = await node.nothing("settle --from platform --file", file, "--cards", cards);
      expect(again).to.deep.include({ collected: 0, settled: [], transactions: [] });
      const skipped = (again.skipped as Document[]).map(({ skipped: why }) => why);
      expect(skipped).to.deep.equal(["nothingNew", "settledBefore"]);
    });

    it("is told by a dry run, which sends nothing", async () => {
      const row = { id: "third", modelId: 1, units: "1000000", listUsdc: "10", paidUsdc: "10" };
      writeFileSync(cards, JSON.stringify([row]));
      const blocks = await node.blocks();
      const planned = await node.json("settle --from platform --dry-run --cards", cards);
      expect(planned.dryRun).to.equal(true);
      expect(transactionsOf(planned)).to.deep.equal(["Settle 1 by card"]);
      expect(await node.blocks()).to.equal(blocks);
    });
  });

  describe("credits", () => {
    const claim = "credits --seat treasury --claim --usdc 1 --to dave --from";

    it("refuses who does not hold the seat", async () => {
      const sentence = await node.refusal(`${claim} bob`);
      expect(sentence).to.match(/^Waterfall_NotHolder: 0x976E.* does not hold the treasury's seat/);
    });

    it("pays to whom the seat's holder names", async () => {
      expect(await node.json(`${claim} treasury`)).to.include({ claimedUsdc: "1", to: ADDRESS.dave });
    });
  });

  describe("seat", () => {
    it("is handed over in two steps", async () => {
      const seat = "seat --seat provider --tier 1";
      const offered = await node.json(`${seat} --offer dave --from provider`);
      expect(offered.offeredTo).to.equal(ADDRESS.dave);
      expect(await node.json(`${seat} --offer nobody --from provider`)).to.include({ offeredTo: null });
      await node.json(`${seat} --offer dave --from provider`);
      const accepted = await node.json(`${seat} --accept --from dave`);
      expect(accepted).to.include({ holder: offered.offeredTo, offeredTo: null });
    });
  });
});
