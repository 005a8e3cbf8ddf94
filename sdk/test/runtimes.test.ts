import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { bareConsumer, equippedConsumer } from "./support/consumer.ts";
import { EXPECTED } from "./support/expected.ts";
import { printed, run } from "./support/run.ts";

/** How each version of Node is started that the package supports. */
const NODES: Record<string, [program: string, ...options: string[]]> = {
  20: ["npx", "-y", "-p", "node@20", "node"],
  24: [process.execPath],
};

for (const [major, [program, ...options]] of Object.entries(NODES)) {
  const ask = async (file: string, folder: string) => {
    const { version, result } = JSON.parse(await printed(program, [...options, file], folder)) as {
      version: string;
      result: unknown;
    };
    assert.match(version, new RegExp(`^v${major}\\.`));
    return result;
  };

  describe(`With Node ${major}`, () => {
    it(". needs nothing else", async () => {
      assert.deepEqual(await ask("print.js", await bareConsumer()), EXPECTED);
    });

    it("./abi needs nothing else", async () => {
      assert.deepEqual(await ask("abi.js", await bareConsumer()), { abis: 19, first: "FLOCK" });
    });

    it("./schemas has the schemas of files and documents", async () => {
      assert.deepEqual(await ask("schema.js", await bareConsumer()), "Voucher");
    });

    it("./node lets a gateway's client remember in a folder", async () => {
      const found = await ask("node.js", await bareConsumer());
      assert.deepEqual(found, { remembered: 1, isLocked: "inUse", asksPlatform: "noAnswer" });
    });

    it("./ethers makes contracts of the ethers that is installed", async () => {
      const found = await ask("ethers.js", await equippedConsumer());
      assert.deepEqual(found, { isContract: true, isAtPlace: true, sharesErrors: true });
    });

    it("./ethers names what is missing where there is no ethers", async () => {
      const { code, stderr } = await run(program, [...options, "ethers.js"], await bareConsumer());
      assert.equal(code, 1);
      assert.match(stderr, /Cannot find package 'ethers'/);
    });
  });
}
