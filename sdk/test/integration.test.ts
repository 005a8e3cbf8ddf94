import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { localChain } from "./chain.ts";
import { SDK, equippedConsumer } from "./support/consumer.ts";
import { printed } from "./support/run.ts";

/** Where the lines ask, which is where `npm run node` answers. */
const SHOWN = "http://127.0.0.1:8545";

/** What the lines at the beginning of each part print. */
const PRINTED: Record<string, RegExp> = {
  "API platforms": /^signed by 0x[0-9a-fA-F]{40}\n$/,
  "Wallets and front ends": /^100 USDC are prepaid\n$/,
  Indexers: /^(\d+ \w+\.\w+ [^\n]+\.\n){20,}$/,
  Agents: /^Poke the route 0x[0-9a-f]{64} accepted\n$/,
};

/** The first lines of code of each part of docs/integration.md. */
const parts = readFileSync(join(SDK, "..", "docs", "integration.md"), "utf8")
  .split(/^## /m)
  .slice(1)
  .map((part) => ({ name: part.split("\n")[0]!, code: /^```js\n([^]*?)^```$/m.exec(part)?.[1] ?? "" }));

describe("docs/integration.md", () => {
  it("has a part for each kind of reader", () => {
    assert.deepEqual(
      parts.map(({ name }) => name),
      Object.keys(PRINTED),
    );
  });

  for (const [index, { name, code }] of parts.entries()) {
    it(`begins with at most ten lines that work when pasted: ${name}`, async () => {
      assert.ok(code !== "" && code.trimEnd().split("\n").length <= 10);
      const [chain, folder] = [await localChain(), await equippedConsumer()];
      await chain.rewind();
      const file = `pasted${index}.mjs`;
      writeFileSync(join(folder, file), code.replaceAll(SHOWN, chain.url));
      assert.match(await printed(process.execPath, [file], folder), PRINTED[name]!);
    });
  }
});
