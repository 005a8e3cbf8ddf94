import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import JSON5 from "json5";

import type { Session } from "../../scripts/lib/chain/session.ts";
import { MOST_COMPARED, describeNamesakes, namesakesOf, spelledAlike } from "../../scripts/lib/registry/namesakes.ts";
import { START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

describe("a symbol that another model has", () => {
  it("is known in capitals and small letters, in other widths and forms, and in no other script", () => {
    for (const symbol of ["qalice", "QAlice", "ＱＡＬＩＣＥ", "𝐐𝐀𝐋𝐈𝐂𝐄", "Ⓠalice", " QALICE "]) {
      expect(spelledAlike(symbol), symbol).to.equal(spelledAlike("QALICE"));
    }
    expect(spelledAlike("ﬁne")).to.equal(spelledAlike("FINE"));
    expect(spelledAlike("STRASSE")).to.equal(spelledAlike("straße"));
    for (const symbol of ["QAL1CE", "QALICE2", "QАLICE"]) {
      expect(spelledAlike(symbol), symbol).to.not.equal(spelledAlike("QALICE"));
    }
  });

  /** A chain with so many models that are called alike; counts what is read of them. */
  function crowd(count: number) {
    const read: bigint[] = [];
    const raise = { outcome: 1n, endsAt: 2n };
    const session = {
      now: { blockTag: "latest" },
      connection: { ethers: { provider: { send: () => Promise.resolve({ timestamp: "0x1" }) } } },
      protocol: {
        lens: { raiseOf: () => Promise.resolve(raise) },
        registry: {
          modelCount: () => Promise.resolve(BigInt(count)),
          identityOf: (id: bigint) => {
            read.push(id);
            return Promise.resolve({ symbol: id === BigInt(count) - 3n ? "ａ" : "B", name: "other\nline" });
          },
        },
      },
    };
    return { read, session: session as unknown as Session };
  }

  it("is looked for among the newest models only, and the answer says so", async () => {
    const { read, session } = crowd(5_000);
    const found = await namesakesOf(session, "A");
    expect(read).to.have.length(MOST_COMPARED);
    expect([read[0], read.at(-1)]).to.deep.equal([5_000n, 4_901n]);
    expect(describeNamesakes(found)).to.deep.equal([
      "WARNING: the same symbol is that of model 4997, other\\u{a}line (ａ); a token's address names one model alone.",
      "The symbol was compared with the newest 100 of 5000 models only.",
    ]);
  });

  it("is not its own", async () => {
    const { read, session } = crowd(10);
    expect((await namesakesOf(session, "A", 7n)).found).to.deep.equal([]);
    expect(read).to.not.contain(7n);
    expect(describeNamesakes(await namesakesOf(session, "C"))).to.deep.equal([]);
  });

  describe("is pointed out", function () {
    this.timeout(60_000);
    const folder = temporaryFolder();

    let node: Node;
    before(async function () {
      this.timeout(START_TIMEOUT);
      node = await freshNode();
    });

    const launchFile = (symbol: string) => {
      const file = join(folder, "launch.json5");
      const example = JSON5.parse<object>(readFileSync("deploy/launches/qwen-alice.json5", "utf8"));
      const metadata = { uri: "https://example.org/m.json", sha256: `0x${"11".repeat(32)}` };
      writeFileSync(file, JSON.stringify({ ...example, symbol, metadata }));
      return file;
    };

    it("before a launch and a purchase, in a quote and in the status, as long as both are alive", async () => {
      const first = await node.json("launch --from alice --file", launchFile("QALICE"));
      expect(first.sameSymbolModels).to.deep.equal([]);
      const second = await node.fomo("launch --from alice --file", launchFile("ｑalice"));
      expect(second.stdout).to.contain("WARNING: the same symbol is that of model 1, QwenALICE (QALICE)");
      const third = await node.json("launch --from alice --file", launchFile("OTHER"));
      expect(third.sameSymbolModels).to.deep.equal([]);

      for (const line of [
        "quote --model 1 --flock 100",
        "status --model 1",
        "buy --model 1 --flock 100 --accept-high-fee",
      ]) {
        const { stdout } = await node.fomo(`${line} --from bob`.replace(/^(quote|status)(.*) --from bob$/, "$1$2"));
        expect(stdout, line).to.contain("WARNING: the same symbol is that of model 2, QwenALICE (ｑalice)");
      }
      expect(await node.json("quote --model 2 --flock 100")).to.deep.include({ sameSymbolModels: [1] });
      expect(await node.json("status --model 3")).to.deep.include({ sameSymbolModels: [] });
      const { stdout } = await node.fomo("status");
      expect(stdout.match(/WARNING: model [12] has the symbol/g)).to.have.length(2);

      await node.warp(8 * 86_400);
      await node.json("fail --model 1");
      expect(await node.json("status --model 2")).to.deep.include({ sameSymbolModels: [] });
      expect((await node.fomo("status")).stdout).to.not.contain("WARNING");
    });
  });
});
