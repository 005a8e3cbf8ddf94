import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { Wallet, id } from "ethers";

import type { Session } from "../../scripts/lib/chain/session.ts";
import { contradictionsIn, readReceiptFolder, seriesIn } from "../../scripts/lib/usage/receiptFolder.ts";
import { chainContradictions } from "../../scripts/lib/usage/receiptsOnChain.ts";
import type { SeriesOnChain } from "../../scripts/lib/usage/receiptsOnChain.ts";
import { gatewayContradictions } from "../../scripts/lib/usage/receiptsOfGateway.ts";
import { folderMemory } from "../../sdk/src/node/folderMemory.ts";
import { FakeGateway } from "../support/gateway/fakeGateway.ts";
import { chat, clientOf } from "../support/gateway/gatewayClient.ts";
import { listening } from "../support/gateway/httpGateway.ts";
import { START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";
import { KEY, USER } from "../support/signedThings.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("fomo receipts", function () {
  this.timeout(60_000);

  const folder = temporaryFolder();
  let [node, gateway, file]: [Node, FakeGateway, string] = [] as never;

  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
    const chainId = Number((await node.provider.getNetwork()).chainId);
    gateway = new FakeGateway({}, { chainId, addresses: node.addresses });
    const client = clientOf(gateway, { memory: folderMemory(folder) });
    for (const model of ["flock/large", "flock/large", "flock/small"]) await chat(client, { model });
    await client.close();
    file = join(folder, globSync("*/receipts.jsonl", { cwd: folder })[0]!);
  });

  /** Runs something on a file that was changed. */
  async function withFile<T>(change: (text: string) => string, work: () => Promise<T>): Promise<T> {
    const text = readFileSync(file, "utf8");
    writeFileSync(file, change(text));
    try {
      return await work();
    } finally {
      writeFileSync(file, text);
    }
  }

  const found = async () => await readReceiptFolder(folder, () => undefined);

  it("refuses what makes no sense", async () => {
    expect(await node.refusal("receipts")).to.equal("Name the folder of receipts with --folder.");
    expect(await node.refusal("receipts --folder contracts")).to.match(/^There are no receipts in contracts: name/);
    expect(await node.refusal("receipts --from dave --folder", folder)).to.match(/^--from signs only for a gateway/);
  });

  it("says what was served, signed and collected for each model", async () => {
    const document = await node.json("receipts --folder", folder);
    expect(document.contradictions).to.deep.equal([]);
    const series = document.series as Record<string, unknown>[];
    expect(series.map(({ apiId, receipts }) => [apiId, receipts])).to.deep.equal([
      ["flock/large", 2],
      ["flock/small", 1],
    ]);
    const { truth } = gateway.of(7);
    expect(series[0]).to.include({ user: USER.address, key: KEY.address, collectedPaidUsdc: "0" });
    expect(series[0]).to.include({
      servedPaidUsdcWei: truth.paid.toString(),
      signedPaidUsdcWei: truth.paid.toString(),
    });
  });

  it("shows a contradiction with the line in which it stands, and exits with 2", async () => {
    const change = (text: string) => text.replace(/"paid":"(\d+)"/, (_, paid: string) => `"paid":"1${paid}"`);
    const document = await withFile(change, () => node.partial("receipts --folder", folder));
    const [first] = document.contradictions as Record<string, unknown>[];
    expect(first).to.deep.include({ file, modelId: 7, sentence: "The receipt 1 is not signed by the gateway." });
    expect(first!.line).to.be.a("number").above(3);
  });

  it("says so when the receipts are for another chain", async () => {
    const change = (text: string) => text.replace(/"chainId":\d+/, '"chainId":1');
    const document = await withFile(change, () => node.partial("receipts --folder", folder));
    const sentences = (document.contradictions as { sentence: string }[]).map(({ sentence }) => sentence);
    expect(sentences).to.include.members(["The receipt 1 is not signed by the gateway."]);
    expect(sentences.at(-1)).to.match(/^The receipts are for the meter 0x\w+ of chain 1, and not for this one\.$/);
  });

  it("escapes whatever stands in a file", async () => {
    const document = await withFile(
      (text) => `${text}\u001b[31m\n`,
      () => node.partial("receipts --folder", folder),
    );
    expect((document.contradictions as unknown[]).length).to.equal(1);
    await withFile(
      (text) => text.replaceAll("flock/large", "flock\\u001b/large"),
      async () => {
        expect((await node.fomo("receipts --folder", folder)).stdout).to.include("flock\\u{1b}/large");
      },
    );
  });

  it("finds what the meter has collected and nobody has signed", async () => {
    const [series] = seriesIn(await found());
    const session = { usdcDecimals: 6 } as Session;
    const onChain = (more: bigint) => {
      const { units, list, paid } = series!.signed;
      return { ...series, chain: { collected: { units, list, paid: paid + more } } } as unknown as SeriesOnChain;
    };
    expect(chainContradictions(session, onChain(0n))).to.deep.equal([]);
    expect(chainContradictions(session, onChain(1n))[0]!.sentence).to.match(
      /^The meter has collected .* the key has signed elsewhere, or a part of this folder is missing\.$/,
    );
  });

  it("asks the gateway what it knows, by the key's signature", async () => {
    const { url, close } = await listening(gateway);
    try {
      const asker = { url, key: KEY.address, signer: KEY };
      const series = seriesIn(await found());
      expect(await gatewayContradictions(asker, series)).to.deep.equal([]);
      const stranger = new Wallet(id("a stranger"));
      expect(await gatewayContradictions({ ...asker, key: stranger.address }, series)).to.deep.equal([]);
      const sentences = async (change: () => void) => {
        const kept = { ...gateway.of(7) };
        change();
        const [first] = await gatewayContradictions(asker, series);
        gateway.series.set(7, kept);
        return first!.sentence;
      };
      const { receipts, signed } = gateway.of(7);
      expect(
        await sentences(() => gateway.series.set(7, { ...gateway.of(7), receipts: receipts.slice(0, 1) })),
      ).to.equal("The gateway knows of 1 receipts, and 2 are here.");
      const other = [receipts[0]!, { ...receipts[1]!, servedAt: 1n }];
      expect(await sentences(() => gateway.series.set(7, { ...gateway.of(7), receipts: other }))).to.equal(
        "The gateway's receipt 2 is another one than the one that is here.",
      );
      const more = { ...signed, paid: signed.paid + 1n };
      expect(await sentences(() => gateway.series.set(7, { ...gateway.of(7), signed: more }))).to.equal(
        "The gateway has a voucher for more than was signed here.",
      );
      expect(await sentences(() => gateway.series.delete(7))).to.equal(
        "The gateway knows of no receipts for this model.",
      );
    } finally {
      close();
    }
    expect(contradictionsIn(await found())).to.deep.equal([]);
  });
});
