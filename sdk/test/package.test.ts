import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { SDK, packed } from "./support/consumer.ts";
import { run } from "./support/run.ts";
import { checkSize } from "./support/sizes.ts";

const tool = (...path: string[]) => join(SDK, "node_modules", ...path);

describe("The package", () => {
  it("has the version that the changelog names first", () => {
    const { version } = JSON.parse(readFileSync(join(SDK, "package.json"), "utf8")) as { version: string };
    const [, newest] = /^## (\S+)/m.exec(readFileSync(join(SDK, "CHANGELOG.md"), "utf8")) ?? [];
    assert.equal(version, newest);
  });

  it("needs no package but the peer of ./ethers", () => {
    const manifest = JSON.parse(readFileSync(join(SDK, "package.json"), "utf8")) as Record<string, object>;
    assert.equal(manifest.dependencies, undefined);
    assert.deepEqual(Object.keys(manifest.peerDependencies!), ["ethers"]);
    assert.deepEqual(manifest.peerDependenciesMeta, { ethers: { optional: true } });
  });

  it("holds what is needed and nothing else", async () => {
    const files = (await packed()).files.map(({ path }) => path);
    assert.deepEqual(
      files.filter((file) => !isNeeded(file)),
      [],
    );
    assert.deepEqual(
      REQUIRED.filter((file) => !files.includes(file)),
      [],
    );
  });

  it("has every file that llms.txt links to", async () => {
    const files = (await packed()).files.map(({ path }) => path);
    const links = [...readFileSync(join(SDK, "llms.txt"), "utf8").matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
    assert.ok(links.length > 20);
    assert.deepEqual(
      links.filter((link) => !files.includes(link)),
      [],
    );
  });

  it("keeps the licences of what is bundled", async () => {
    const vendored = (await packed()).files.flatMap(
      ({ path }) => /^dist\/vendor\/((@\w+\/)?[a-z]\w*)\//.exec(path)?.[1] ?? [],
    );
    const licences = readFileSync(join(SDK, "dist", "vendor", "LICENSES.txt"), "utf8");
    assert.ok(vendored.includes("ethers"));
    for (const name of new Set(vendored)) assert.match(licences, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+$`, "m"));
  });

  it("is as large as the README says", async () => {
    checkSize("the package, unpacked", (await packed()).unpackedSize);
  });

  it("has nothing that publint objects to", async () => {
    const { tarball } = await packed();
    const { code, stdout, stderr } = await run(
      process.execPath,
      [tool("publint", "src", "cli.js"), tarball, "--strict"],
      SDK,
    );
    assert.equal(code, 0, stdout + stderr);
  });

  it("has types that are right for whoever imports ESM", async () => {
    const { tarball } = await packed();
    const attw = tool("@arethetypeswrong", "cli", "dist", "index.js");
    const { code, stdout } = await run(process.execPath, [attw, tarball, "--profile", "esm-only"], SDK);
    assert.equal(code, 0, stdout);
  });
});

const REQUIRED = [
  "package.json",
  "README.md",
  "CHANGELOG.md",
  "LICENSE",
  "llms.txt",
  "schemas/launch.schema.json",
  ...["index", "abi/index", "ethers/index", "node/index"].flatMap((name) => [`dist/${name}.js`, `dist/${name}.d.ts`]),
];

/** Parts of other packages that are bundled, and ten lines of the bundler. */
const VENDORED =
  /^dist\/vendor\/(LICENSES\.txt|_rolldown\/runtime\.js|(ethers\/lib\.esm|@noble\/(hashes|curves)\/esm)\/[\w/-]+\.js)$/;

/** Whether a file belongs into the package: each of dist/ is made of one source. */
function isNeeded(file: string): boolean {
  if (REQUIRED.includes(file) || VENDORED.test(file) || /^schemas\/[\w/-]+\.schema\.json$/.test(file)) return true;
  const [, module] = /^dist\/((?:\w+\/)+\w+)(\.js|\.d\.ts)$/.exec(file) ?? [];
  return module !== undefined && !/^(ethers|node)\//.test(module) && existsSync(join(SDK, "src", `${module}.ts`));
}
