import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import JSON5 from "json5";

import { startEmptyChain } from "../support/emptyChain.ts";
import type { EmptyChain } from "../support/emptyChain.ts";
import { START_TIMEOUT } from "../support/node.ts";
import { runHardhat } from "../support/process.ts";
import { journalsOf, recordsOf } from "../support/records.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** The id of Base, which this chain has without being it. */
const CHAIN_ID = 8_453;

/** Nobody whose key is known here. */
const SOMEBODY = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

/** Values of the local file that a public chain must not have, each with the key that is named. */
const KEYS = ["flock", "usdc", "dexFactory", "route"];
const HOLDERS = ["administrator", "governor", "guardian", "platform", "treasury", "firstTier.provider"];

describe("fomo deploy on a chain with the id of a public one", function () {
  this.timeout(60_000);

  const parameters = join(temporaryFolder(), "parameters.json5");
  let chain: EmptyChain;
  before(async function () {
    this.timeout(START_TIMEOUT);
    const local = JSON5.parse<object>(readFileSync("deploy/parameters/local.json5", "utf8"));
    writeFileSync(parameters, JSON5.stringify({ ...local, chainId: CHAIN_ID }));
    chain = await startEmptyChain(CHAIN_ID);
  });
  after(() => chain.stop());

  it("asks for no key in a dry run of somebody who is named", async () => {
    const line = `fomo deploy --network base --dry-run --deployer ${SOMEBODY} --parameters`;
    const environment = { BASE_RPC_URL: chain.url, FOMO_PRIVATE_KEY: "no key" };
    const { code, stderr } = await runHardhat([...line.split(" "), parameters], environment);
    expect(code).to.equal(1);
    expect(stderr).to.match(/^`flock` is "local", a stand-in/m);
  });

  for (const dryRun of [[], ["--dry-run"]]) {
    it(`refuses stand-ins and test accounts, each with its key${dryRun.join("")}`, async () => {
      const refusal = await chain.cli.refusal(
        "deploy",
        "--network",
        "localhost",
        "--parameters",
        parameters,
        ...dryRun,
      );
      const lines = refusal.split("\n");
      for (const key of KEYS) {
        const [found] = lines.filter((line) => line.startsWith(`\`${key}\``));
        expect(found).to.match(/ is "local", a stand-in that only a local chain may have: name the /);
      }
      for (const key of HOLDERS) {
        const [found] = lines.filter((line) => line.startsWith(`\`${key}\``));
        expect(found).to.match(/ is 0x\w{40}, a test account whose key everybody has: name another account\.$/);
      }
      expect(lines).to.include(
        "The deployer is 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266, a test account whose key everybody has: deploy with another key.",
      );
      expect(lines).to.have.lengthOf(KEYS.length + HOLDERS.length + 1);
      expect([...journalsOf(CHAIN_ID), ...recordsOf(CHAIN_ID)]).to.deep.equal([]);
    });
  }
});
