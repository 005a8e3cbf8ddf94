import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "chai";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { ownWarnings } from "../../scripts/build/ownWarnings.ts";
import { buildContracts, buildLockOf } from "../../scripts/lib/chain/build.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const soljson = createRequire(import.meta.url).resolve("solc/soljson.js");

/** A contract with a function that could be pure, for which the compiler warns. */
const lax = (name: string, imports = "") => `// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;
${imports}
contract ${name} {
    function one() public returns (uint256) { return 1; }
}`;

describe("a build", function () {
  this.timeout(120_000);

  const folder = temporaryFolder();
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const isBuilt = (source: string, name: string) => existsSync(join(folder, "artifacts", source, `${name}.json`));

  /** What some work says while it compiles; what else the build prints is left out. */
  async function warningsDuring(work: () => Promise<unknown>): Promise<string> {
    const said: string[] = [];
    const { log, warn } = console;
    console.log = () => undefined;
    console.warn = (text: string) => said.push(text);
    try {
      await work();
    } finally {
      Object.assign(console, { log, warn });
    }
    return said.join("\n");
  }

  /** A project in which a source of ours and one of others deserve the same warning. */
  let hre: HardhatRuntimeEnvironment;
  let said: string;
  before(async () => {
    write("package.json", JSON.stringify({ name: "ours", version: "1.0.0", type: "module" }));
    write("node_modules/theirs/package.json", JSON.stringify({ name: "theirs", version: "1.0.0" }));
    write("node_modules/theirs/Theirs.sol", lax("Theirs"));
    write("contracts/Ours.sol", lax("Ours", 'import { Theirs } from "theirs/Theirs.sol";'));
    write("contracts/Gone.sol", lax("Gone"));
    write("test/Mock.sol", lax("Mock"));
    hre = await createHardhatRuntimeEnvironment(
      {
        plugins: [ownWarnings],
        solidity: { version: "0.8.30", path: soljson, npmFilesToBuild: ["theirs/Theirs.sol"] },
      },
      {},
      folder,
    );
    said = await warningsDuring(() => hre.tasks.getTask("build").run({ quiet: true }));
  });

  it("shows the compiler's warnings for our sources, and not for those of others", () => {
    expect(said).to.contain("contracts/Ours.sol").and.to.contain("can be restricted to pure");
    expect(said).to.not.contain("Theirs.sol");
  });

  it("of a command compiles no test, keeps those that are built, and forgets what is gone", async () => {
    expect(isBuilt("contracts/Gone.sol", "Gone") && isBuilt("test/Mock.sol", "Mock")).to.equal(true);
    write("test/Mock.sol", "no Solidity at all");
    write("contracts/New.sol", lax("New"));
    rmSync(join(folder, "contracts/Gone.sol"));
    await warningsDuring(() => buildContracts(hre));
    expect(isBuilt("contracts/New.sol", "New")).to.equal(true);
    expect(isBuilt("test/Mock.sol", "Mock")).to.equal(true);
    expect(isBuilt("contracts/Gone.sol", "Gone")).to.equal(false);
  });

  it("of a command waits for that of another process, which would write the same files", async () => {
    const lock = buildLockOf(hre);
    writeFileSync(lock, process.ppid.toString());
    let isDone = false;
    const building = warningsDuring(() => buildContracts(hre)).then(() => (isDone = true));
    await sleep(1_000);
    expect(isDone).to.equal(false);
    rmSync(lock);
    await building;
    expect(existsSync(lock)).to.equal(false);
  });
});
