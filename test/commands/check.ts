import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import JSON5 from "json5";
import { toBeHex, zeroPadValue } from "ethers";

import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { PROTOCOL_CONTRACTS } from "../../scripts/lib/deployment/recordFormat.ts";
import { runCheck } from "../support/check.ts";
import { ADDRESS, START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const DAY = 86_400;
const OTHER = ADDRESS.stranger;

/** What `fomo check` finds: nothing right after a deployment, and each class of difference by its key. */
describe("fomo check", function () {
  this.timeout(START_TIMEOUT);

  const folder = temporaryFolder();
  let node: Node;
  beforeEach(async () => {
    node = await freshNode();
  });

  const check = (...args: string[]) => runCheck(node, ...args);
  const found = async (...args: string[]) => (await check(...args)).differences;
  const parameterFile = (changes: object) => {
    const file = join(folder, "parameters.json5");
    writeFileSync(file, JSON5.stringify({ ...localParameters(), ...changes }));
    return ["--parameters", file];
  };
  it("finds nothing right after the deployment, and says how much it has compared", async () => {
    const { agrees, counts, differences } = await check();
    expect({ agrees, differences }).to.deep.equal({ agrees: true, differences: [] });
    const compared = Object.fromEntries(counts.map((count) => [count.group, count.compared]));
    expect(compared.code).to.equal(2 * PROTOCOL_CONTRACTS.length);
    expect(compared).to.have.all.keys(
      ..."code,immutables,wiring,settings,first tier,seats,roles,functions,deployer".split(","),
    );
    const { stdout } = await node.fomo("check");
    expect(stdout).to.match(/All \d{3} are as the parameters say\.\n$/);
  });

  it("finds nothing when the delays that the AccessManager holds back have begun", async () => {
    await node.warp(6 * DAY);
    expect(await found()).to.deep.equal([]);
  });

  it("finds a setting that governance has changed, unless the file says so", async () => {
    const file = parameterFile({ launchFeeFlock: "2000" });
    await node.json("propose --from governor", ...file);
    await node.warp(2 * DAY);
    await node.json("operations --execute --from governor");
    const difference = { group: "settings", key: "launchFeeFlock", expected: "1000", actual: "2000", fault: false };
    expect(await found()).to.deep.equal([difference]);
    expect(await found(...file)).to.deep.equal([]);
  });

  it("finds every parameter that is not the deployment's", async () => {
    const { firstTier, ...rest } = localParameters();
    const other = (value: unknown): unknown => {
      if (typeof value === "boolean") return !value;
      if (typeof value === "number") return value + 1;
      if (/^0x[0-9a-f]{64}$/i.test(String(value))) return `0x${"ab".repeat(32)}`;
      if (/^0x/.test(String(value))) return OTHER;
      return /^[\d.]+$/.test(String(value)) ? (Number(value) + 1).toString() : `${String(value)}.new`;
    };
    const changed = Object.entries(rest).map(([key, value]) => [key, other(value)] as const);
    const lowered = { discountCapBps: 2_999, antiSnipeStartBps: 9_899, bundleCapBps: 2_499, pairFeeBps: 29 };
    const fixed = { chainId: rest.chainId, flock: "local", usdc: "local", dexFactory: "local", route: [] };
    const tier = Object.entries(firstTier).map(([key, value]) => [key, other(value)] as const);
    const differences = await found(
      ...parameterFile({ ...Object.fromEntries(changed), ...lowered, ...fixed, firstTier: Object.fromEntries(tier) }),
    );
    const keys = new Set(differences.map(({ key }) => key));
    const known = ["chainId", "flock", "usdc", "dexFactory", "flockBurns", "pairFeeBps"];
    for (const key of Object.keys(rest).filter((one) => !known.includes(one))) expect(keys).to.include(key);
    for (const key of Object.keys(firstTier)) expect(keys).to.include(`firstTier.${key}`);
    expect(keys).to.include("buyback.PAIR_FEE_BPS");
    expect(keys).to.include("buyback.FLOCK_BURNS");
    expect(keys).to.include("emissions.FLOCK_BURNS");
    expect(differences.filter(({ group }) => group === "immutables").every(({ fault }) => fault)).to.equal(true);
  });

  it("finds other code, and does not believe what it answers", async () => {
    await node.provider.send("hardhat_setCode", [node.addresses.staking, "0x6001"]);
    const { differences, cutShort, counts } = await check();
    expect(differences.map(({ key, fault }) => [key, fault])).to.deep.equal([
      ["staking (compiled here)", true],
      ["staking (in the record)", true],
    ]);
    expect(cutShort).to.match(/^what other code answers means nothing/);
    expect(counts.map(({ group }) => group)).to.deep.equal(["code", "immutables"]);
  });

  it("finds code that was changed in an immutable alone", async () => {
    const code = await node.provider.getCode(node.addresses.vault);
    const flock = zeroPadValue(node.addresses.flock, 32).slice(2).toLowerCase();
    const changed = code.replaceAll(flock, zeroPadValue(OTHER, 32).slice(2).toLowerCase());
    expect(changed).to.not.equal(code);
    await node.provider.send("hardhat_setCode", [node.addresses.vault, changed]);
    expect((await found()).map(({ key }) => key)).to.deep.equal(["vault (in the record)", "vault.FLOCK"]);
  });

  it("finds every link that leads elsewhere", async () => {
    const links: [contract: keyof typeof node.addresses, link: keyof typeof node.addresses][] = [
      ["registry", "offering"],
      ["registry", "buyback"],
      ["tokenFactory", "graduation"],
      ["graduation", "offering"],
      ["vault", "graduation"],
      ["vault", "emissions"],
      ["waterfall", "meter"],
      ["emissions", "meter"],
    ];
    for (const [contract, link] of links) {
      expect(await redirect(node.addresses[contract], node.addresses[link]), `${contract}.${link}`).to.equal(true);
    }
    const differences = (await found()).filter(({ group }) => group === "wiring");
    expect(differences.map(({ key, actual, fault }) => [key, actual, fault])).to.deep.equal(
      links.map(([contract, link]) => [`${contract}.${link}`, OTHER, true]),
    );
    /** Puts another address where a contract keeps this one; false if it is found nowhere. */
    async function redirect(contract: string, link: string): Promise<boolean> {
      for (let slot = 0n; slot < 64n; slot++) {
        const value = await node.provider.getStorage(contract, slot);
        if (!value.endsWith(link.slice(2).toLowerCase())) continue;
        const other = `${value.slice(0, 26)}${OTHER.slice(2).toLowerCase()}`;
        await node.provider.send("hardhat_setStorageAt", [contract, toBeHex(slot), other]);
        return true;
      }
      return false;
    }
  });

  it("finds a seat that was handed over", async () => {
    await node.json("seat --seat treasury --offer stranger --from treasury");
    await node.json("seat --seat treasury --accept --from stranger");
    const expected = { group: "seats", key: "treasury", expected: ADDRESS.treasury, actual: OTHER, fault: false };
    expect(await found()).to.deep.equal([expected]);
  });

  it("refuses the file of another chain", async () => {
    expect(await node.refusal("check", ...parameterFile({ chainId: 8453 }))).to.match(
      /^The parameter file is for chain/,
    );
  });
});
