import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { HDNodeWallet, JsonRpcProvider, Mnemonic, N, toBeHex } from "ethers";
import { configVariable } from "hardhat/config";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import config from "../../hardhat.config.ts";
import { LOCAL_ACTORS } from "../../scripts/lib/chain/localActors.ts";
import type { ProtocolAddresses } from "../../deploy/config/deployed.ts";
import { commandLine } from "../support/commandLine.ts";
import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { ADDRESS, START_TIMEOUT } from "../support/node.ts";
import { freePort } from "../support/process.ts";
import { recordsOf } from "../support/records.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** A chain that is none of ours, for what matters on a public network; nobody has deployed anything on it. */
const CHAIN_ID = 4_242_424_242;
const NETWORK = "elsewhere";
const RECORD = `deploy/records/${NETWORK}.json`;
const VARIABLE = "FOMO_TEST_OF_KEYS";
const KEEPER = LOCAL_ACTORS.indexOf("keeper");
const WALLET = HDNodeWallet.fromMnemonic(
  Mnemonic.fromPhrase("test test test test test test test test test test test junk"),
  `m/44'/60'/0'/0/${KEEPER.toString()}`,
);

describe("O7 fomo commands on a network whose key is in the environment", function () {
  this.timeout(START_TIMEOUT);
  const folder = temporaryFolder();

  let runtime: () => Promise<HardhatRuntimeEnvironment>;
  let cli: ReturnType<typeof commandLine>;
  let addresses: ProtocolAddresses;
  before(async () => {
    const url = `http://127.0.0.1:${(await freePort()).toString()}`;
    cli = commandLine(url);
    addresses = await cli.becomeNode(CHAIN_ID);
    const provider = new JsonRpcProvider(url, CHAIN_ID, { staticNetwork: true, cacheTimeout: -1 });
    await graduateModel(provider, addresses);
    provider.destroy();
    // The node has a local chain's record; what is read here is a public one's.
    copyFileSync(recordsOf(CHAIN_ID)[0]!, RECORD); // it has just been deployed
    const network = { type: "http" as const, chainId: CHAIN_ID, url, accounts: [configVariable(VARIABLE)] };
    const networks = { ...config.networks, [NETWORK]: network };
    // A new one for each command, because it keeps the first key that it finds.
    runtime = () => createHardhatRuntimeEnvironment({ ...config, networks }, { network: NETWORK });
  });
  after(async () => {
    rmSync(RECORD, { force: true });
    await cli.close();
  });
  afterEach(() => {
    Reflect.deleteProperty(process.env, VARIABLE);
  });

  /** Runs a command in this process: whether it succeeded, and all that it printed. */
  async function run(command: string, args: object): Promise<{ success: boolean; said: string }> {
    const { default: action } = (await import(`../../scripts/tasks/${command}.ts`)) as {
      default: (args: object, hre: HardhatRuntimeEnvironment) => Promise<{ success: boolean }>;
    };
    const hre = await runtime();
    const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write.bind(stream) }));
    let said = "";
    for (const { stream } of streams) {
      stream.write = (text: string | Uint8Array) => {
        said += text.toString();
        return true;
      };
    }
    try {
      return { success: (await action({ json: false, ...args }, hre)).success, said };
    } finally {
      for (const { stream, write } of streams) stream.write = write;
    }
  }

  const model = "1";
  const account = ADDRESS.bob;
  const reading: [string, object][] = [
    ["lens/status", {}],
    ["lens/status", { model }],
    ["lens/status", { account }],
    ["offering/fees", { model }],
    ["governance/operations", {}],
    ["governance/pause", {}],
    ["governance/roles", {}],
    ["governance/handoverRoles", { guardian: ADDRESS.dave, dryRun: true }],
    ["emissions/rewards", { account }],
    ["emissions/emissions", {}],
    ["revenue/credits", {}],
    ["revenue/credits", { seat: "issuer", model, claim: false }],
    ["registry/seat", { seat: "treasury" }],
    ["registry/endpoint", { model }],
    ["staking/discount", { model, account }],
    ["usage/authorize", { key: ADDRESS.dave, account, show: true, revoke: false, cancelSigned: false }],
  ];
  for (const [what, key] of [
    ["without it", undefined],
    ["whatever it is", "0x12 is no key"],
  ] as const) {
    for (const [command, args] of reading) {
      it(`read ${what}: ${command} ${JSON.stringify(args)}`, async () => {
        if (key !== undefined) process.env[VARIABLE] = key;
        const { success, said } = await run(command, args);
        expect(said).to.not.contain(VARIABLE);
        expect(success, said).to.equal(true);
      });
    }

    it(`read ${what}: the quote of a sale that is over, which the contract refuses`, async () => {
      if (key !== undefined) process.env[VARIABLE] = key;
      expect((await run("offering/quote", { model, flock: "1" })).said).to.match(/^Offering_SaleClosed/);
    });

    it(`write ${what}: the calls of a role's holder into a file for its Safe`, async () => {
      if (key !== undefined) process.env[VARIABLE] = key;
      const safeFile = join(folder, `${what.replaceAll(" ", "-")}.json`);
      for (const [command, args] of [
        ["governance/pause", { what: "buys", safeFile }],
        ["governance/handoverRoles", { guardian: ADDRESS.dave, safeFile }],
      ] as const) {
        const { success, said } = await run(command, args);
        expect(success, said).to.equal(true);
        rmSync(safeFile);
      }
    });

    it(`read ${what}: what a file of vouchers would collect`, async () => {
      if (key !== undefined) process.env[VARIABLE] = key;
      const file = join(folder, "vouchers.json");
      const voucher = { chainId: CHAIN_ID, meter: addresses.meter, user: account, key: account, modelId: 1 };
      const sums = { units: "1", listUsdc: "1", paidUsdc: "1", signature: `0x${"11".repeat(64)}1b` };
      writeFileSync(file, JSON.stringify([{ ...voucher, ...sums }]));
      const { success, said } = await run("usage/voucher", { check: true, sign: false, file });
      expect(success, said).to.equal(true);
    });
  }

  const sending: [string, object][] = [
    ["emissions/fund", { flock: "1" }],
    ["offering/claim", { model }],
    ["usage/deposit", { usdc: "1", permit: false }],
    ["governance/pause", { what: "buys" }],
  ];
  for (const [command, args] of sending) {
    it(`say how to set it before they send: ${command}`, async () => {
      const { success, said } = await run(command, args);
      expect(success).to.equal(false);
      // Hardhat's own words where tests run, because they look into another keystore.
      expect(said).to.match(new RegExp(`^[^\\n]*${VARIABLE}[^\\n]* not (known|found)[^\\n]*keystore set[^\\n]*\\n$`));
    });
  }

  const malformed: [what: string, key: string][] = [
    ["of 31 bytes", `0x${"ab".repeat(31)}`],
    ["of 33 bytes", `0x${"ab".repeat(33)}`],
    ["of half a byte too much", `0x${"ab".repeat(32)}a`],
    ["of other letters", `0x${"xy".repeat(32)}`],
    ["of words", "legal winner thank year wave sausage worth useful"],
    ["of nothing", ""],
    ["that is zero", `0x${"00".repeat(32)}`],
    ["that no curve has", toBeHex(N, 32)],
  ];
  for (const [what, key] of malformed) {
    it(`refuse one ${what} in one sentence that does not show it`, async () => {
      process.env[VARIABLE] = key;
      for (const [command, args] of sending) {
        const { success, said } = await run(command, args);
        expect(success).to.equal(false);
        expect(said).to.match(new RegExp(`^${VARIABLE} is not a private key: .*\\.\n$`));
        if (key !== "") expect(said).to.not.contain(key.slice(2, 30));
      }
    });
  }

  it("sign with a good one, with or without 0x, and know it by its index", async () => {
    for (const key of [WALLET.privateKey, ` ${WALLET.privateKey.slice(2)}\n`]) {
      process.env[VARIABLE] = key;
      const { success, said } = await run("emissions/fund", { flock: "1" });
      expect(success, said).to.equal(true);
      expect(said).to.contain(`as ${WALLET.address}`).and.to.not.contain(WALLET.privateKey.slice(2));
      const rewards = await run("emissions/rewards", { account: "0" });
      expect(rewards.said).to.contain(`What ${WALLET.address}`);
    }
  });
});
