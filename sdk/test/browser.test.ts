import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { createContext, runInContext } from "node:vm";
import { Worker } from "node:worker_threads";
import { gzipSync } from "node:zlib";

import { build } from "esbuild";
import type { Format } from "esbuild";

import { bareConsumer } from "./support/consumer.ts";
import { EXPECTED } from "./support/expected.ts";
import { checkSize } from "./support/sizes.ts";

/** What pages import, and what they get by it; the README says how large each is. */
const PAGES: Record<string, string> = {
  "everything of `.`": 'export * from "fomo-sdk";',
  "everything of `./abi`": 'export * from "fomo-sdk/abi";',
  "quotes of purchases": 'export { quoteExactIn, quoteExactOut, saleAt } from "fomo-sdk";',
  "a gateway's client": 'export { gatewayClient } from "fomo-sdk";',
  "signing and checking vouchers": 'export { checkVoucher, signVoucher } from "fomo-sdk";',
};

/** What only Node has. A page fails when it comes to it. */
const OF_NODE = /(?<![.\w])(Buffer[.(]|process\.|__dirname)|(?<![.\w])require\(["']|["']node:/;

/** What a page has beside the language. */
const OF_PAGES = { TextDecoder, TextEncoder, URL, crypto };

describe("In a page", () => {
  for (const [what, imports] of Object.entries(PAGES)) {
    it(`${what} is as large as the README says, and needs nothing of Node`, async () => {
      const bundle = await bundleOf(imports);
      assert.equal(OF_NODE.exec(bundle)?.[0], undefined);
      checkSize(what, gzipSync(bundle, { level: 9 }).length);
    });
  }

  it("one quote does not bring ABIs and signatures along", async () => {
    assert.doesNotMatch(await bundleOf('export { quoteExactIn } from "fomo-sdk";'), /stateMutability|secp256k1/);
  });

  it("does what it does in Node", async () => {
    const bundle = await bundleOf('import { probe } from "./probe.js"; found = probe().then(JSON.stringify);', "iife");
    const page = createContext({ ...OF_PAGES, found: undefined });
    runInContext(bundle, page);
    assert.deepEqual(JSON.parse((await page.found) as string), EXPECTED);
  });
});

describe("In a worker", () => {
  it("does what it does in Node", async () => {
    const folder = await bareConsumer();
    await bundleOf('export { probe } from "./probe.js";', "esm", join(folder, "bundle.js"));
    const worker = new Worker(join(folder, "worker.js"));
    const found = await new Promise((done, fail) => {
      worker.once("message", done).once("error", fail);
    });
    assert.deepEqual(found, EXPECTED);
  });
});

/** A bundle for pages, made of the package as it would be published. */
async function bundleOf(contents: string, format: Format = "esm", outfile?: string): Promise<string> {
  const resolveDir = await bareConsumer();
  const { outputFiles } = await build({
    ...{ stdin: { contents, resolveDir }, bundle: true, minify: true, platform: "browser", format, target: "es2022" },
    ...(outfile === undefined ? { write: false } : { outfile }),
  });
  return outputFiles?.[0]?.text ?? "";
}
