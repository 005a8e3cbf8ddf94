import { join } from "node:path";

import { expect } from "chai";

import { BROKEN, breakTexts } from "../support/brokenTexts.ts";
import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** What a terminal would obey, turn around or not show; lines are lines. */
const OBEYED = /(?!\n)[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u;

/** Model 1 is in use and model 2 on sale; a registry that took whatever it was given has broken texts for both. */
describe("O6 fomo commands on a chain with broken texts", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  let node: Node;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
    await graduateModel(node.provider, node.addresses);
    await node.json("endpoint --model 1 --api-id flock/qwen-alice --from platform");
    await node.json("launch --file deploy/launches/qwen-alice.json5 --from alice");
    const { models } = (await node.json("status")) as { models: Parameters<typeof breakTexts>[3][] };
    const { registry } = node.addresses;
    await breakTexts(node.provider, registry, 1n, models[0]!);
    await breakTexts(node.provider, registry, 2n, models[1]!);
  });

  const commands: [line: string, shown: (keyof typeof BROKEN)[]][] = [
    ["status", ["name", "symbol", "apiId"]],
    ["status --model 1", ["name", "symbol", "apiId"]],
    ["status --model 2", ["name", "symbol"]],
    ["status --account bob", ["symbol"]],
    ["status --account bob --model 1", ["symbol"]],
    ["quote --model 2 --flock 100", ["name", "symbol"]],
    ["rewards --account bob", []],
    ["emissions", []],
    ["discount --model 1 --account bob", ["symbol"]],
    ["endpoint --model 1", ["name", "apiId"]],
    ["fees --model 1", ["symbol"]],
    ["credits", []],
    ["operations", []],
  ];
  for (const [line, shown] of commands) {
    it(`answer, with every character shown: ${line}`, async () => {
      const { code, stdout, stderr } = await node.fomo(line);
      expect(stderr).to.equal("");
      expect(code).to.equal(0);
      expect(stdout).to.not.match(OBEYED);
      for (const text of shown) expect(stdout, text).to.contain(BROKEN[text].shown);
    });

    it(`give the same to machines, with escapes that are JSON's own: ${line}`, async () => {
      const { code, stdout, stderr } = await node.fomo(line, "--json");
      expect(code).to.equal(0);
      expect(stdout).to.not.match(OBEYED);
      expect(stderr).to.not.match(OBEYED);
      JSON.parse(stdout);
    });
  }

  it("give machines the characters themselves, and U+FFFD for what is none", async () => {
    const { models } = (await node.json("status")) as { models: Document[] };
    const texts = { name: BROKEN.name.text, symbol: BROKEN.symbol.text };
    expect(models[0]).to.include({ ...texts, apiId: BROKEN.apiId.text });
    expect(models[1]).to.include(texts);
  });

  it("still sign a voucher", async () => {
    const file = join(folder, "vouchers.json");
    const { code, stdout } = await node.fomo(
      "voucher --sign --model 1 --units 1 --list-usdc 2 --from bob --file",
      file,
    );
    expect(code).to.equal(0);
    expect(stdout).to.not.match(OBEYED);
    expect(stdout).to.contain(`for the use of ${BROKEN.symbol.shown} (model 1)`);
  });

  it("still buy", async () => {
    const { code, stdout } = await node.fomo("buy --model 2 --flock 100 --accept-high-fee --from bob");
    expect(code).to.equal(0);
    expect(stdout).to.not.match(OBEYED);
    expect(stdout).to.contain(`Buying ${BROKEN.symbol.shown} (model 2, ${BROKEN.name.shown})`);
  });
});
