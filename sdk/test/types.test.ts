import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { SDK, bareConsumer, equippedConsumer } from "./support/consumer.ts";
import { run } from "./support/run.ts";

const TSC = join(SDK, "node_modules", "typescript", "lib", "tsc.js");

/** The ways in which TypeScript finds the types of a package. */
const RESOLUTIONS: Record<string, object> = {
  bundler: { module: "esnext", moduleResolution: "bundler" },
  node16: { module: "node16", moduleResolution: "node16" },
};

const STRICT = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };

for (const [name, resolution] of Object.entries(RESOLUTIONS)) {
  /** Checks what somebody has written in `consumer/types`, and without `skipLibCheck` every declaration that it reaches. */
  const check = async (folder: string, files: readonly string[], options: object) => {
    const project = `tsconfig.${name}.${files[0]!}.json`;
    const compilerOptions = {
      ...{ target: "es2022", types: [], noEmit: true, allowImportingTsExtensions: true },
      ...{ ...resolution, ...STRICT, ...options },
    };
    writeFileSync(
      join(folder, project),
      JSON.stringify({ compilerOptions, files: files.map((one) => `types/${one}.ts`) }),
    );
    const { code, stdout } = await run(process.execPath, [TSC, "-p", project], folder);
    assert.equal(code, 0, stdout);
  };

  describe(`Types that moduleResolution "${name}" finds`, { concurrency: true }, () => {
    it(". and ./abi need neither another package nor a page", async () => {
      await check(await bareConsumer(), ["alone"], { lib: ["es2022"], skipLibCheck: false });
    });

    it("./ethers types the contracts of ethers", async () => {
      await check(await equippedConsumer(), ["ethers"], { lib: ["es2022", "dom"], skipLibCheck: false });
    });

    it("viem and abitype infer theirs from ABIs and descriptors, and the README's examples are right", async () => {
      const folder = await equippedConsumer();
      const files = ["viem", "abitype", ...writeExamples(folder)];
      // The declarations of viem are many, and not ours to check.
      await check(folder, files, { lib: ["es2022", "dom"], skipLibCheck: true });
    });
  });
}

/** Writes the examples of the README into files of their own. */
function writeExamples(folder: string): string[] {
  const examples = [...readFileSync(join(SDK, "README.md"), "utf8").matchAll(/^```ts\n(.*?)^```/gms)];
  assert.equal(examples.length, 3);
  return examples.map(([, text], index) => {
    writeFileSync(join(folder, "types", `readme${index}.ts`), text!);
    return `readme${index}`;
  });
}
