import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { JsonRpcProvider, Wallet } from "ethers";
import { actionOf, callOf, deploymentOf, recordApiId, settle, voucherOfJson } from "fomo-sdk";
import type { Action, LaunchFileTerms } from "fomo-sdk";
import JSON5 from "json5";
import { createPublicClient, createWalletClient, http } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";

import * as buyByEthers from "../examples/ethers/buyWithPermit.ts";
import * as claimByEthers from "../examples/ethers/claimEverything.ts";
import * as followByEthers from "../examples/ethers/followRaise.ts";
import * as keepByEthers from "../examples/ethers/keepBuyback.ts";
import * as launchByEthers from "../examples/ethers/launchFromFile.ts";
import * as beginByEthers from "../examples/ethers/newcomer.ts";
import * as safeByEthers from "../examples/ethers/safeTransaction.ts";
import * as vouchersByEthers from "../examples/ethers/vouchers.ts";
import * as buyByViem from "../examples/viem/buyWithPermit.ts";
import * as claimByViem from "../examples/viem/claimEverything.ts";
import * as followByViem from "../examples/viem/followRaise.ts";
import * as keepByViem from "../examples/viem/keepBuyback.ts";
import * as launchByViem from "../examples/viem/launchFromFile.ts";
import * as beginByViem from "../examples/viem/newcomer.ts";
import * as safeByViem from "../examples/viem/safeTransaction.ts";
import * as vouchersByViem from "../examples/viem/vouchers.ts";
import { localChain } from "./chain.ts";
import type { Actor, LocalChain } from "./chain.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const DEPLOYMENT = deploymentOf(31_337);
const FLOCK = 10n ** 18n;
const USDC = 10n ** 6n;

/** The launch file that the README launches, and the hash of its document. */
const terms = JSON5.parse<LaunchFileTerms>(readFileSync(join(ROOT, "deploy/launches/qwen-alice.json5"), "utf8"));
const document = readFileSync(join(ROOT, "deploy/launches/qwen-alice.metadata.json"));
const hash = `0x${createHash("sha256").update(document).digest("hex")}` as const;

/** The examples of one library, with what each of them needs of it. */
function byEthers({ url }: LocalChain) {
  const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, pollingInterval: 50 });
  const as = ({ privateKey }: Actor) => new Wallet(privateKey, provider);
  return {
    launch: (issuer: Actor) => launchByEthers.launchFromFile(as(issuer), terms, hash),
    buy: (buyer: Actor, flockIn: bigint) => buyByEthers.buyWithPermit(as(buyer), 1n, flockIn),
    follow: (from: number) => followByEthers.followRaise(provider, 1n, from),
    keep: (keeper: Actor) => keepByEthers.keeperRound(as(keeper)),
    claim: (account: Actor) => claimByEthers.claimEverything(as(account)),
    begin: (user: Actor, relayer: Actor, key: Actor, amount: bigint) =>
      beginByEthers.beginWithoutGas(as(user), as(relayer), key.address, amount),
    sign: (key: Actor, user: Actor, used: { units: bigint; list: bigint }) =>
      vouchersByEthers.signUsage(provider, as(key), user.address, 1n, used),
    worth: (received: unknown) => vouchersByEthers.worthOfVoucher(provider, received),
    safe: (safe: Actor) => safeByEthers.treasuryClaim(provider, safe.address, 1_700_000_000_000),
    end: () => {
      provider.destroy();
    },
  };
}

/** The same of viem. */
function byViem({ url }: LocalChain): ReturnType<typeof byEthers> {
  const transport = http(url);
  const client = createPublicClient({ chain: hardhat, transport, pollingInterval: 50, cacheTime: 0 });
  const of = ({ privateKey }: Actor) => privateKeyToAccount(privateKey);
  const as = (actor: Actor) => createWalletClient({ account: of(actor), chain: hardhat, transport });
  return {
    launch: (issuer) => launchByViem.launchFromFile(client, as(issuer), terms, hash),
    buy: (buyer, flockIn) => buyByViem.buyWithPermit(client, as(buyer), 1n, flockIn),
    async follow(from) {
      const { lines, next } = await followByViem.followRaise(client, 1n, BigInt(from));
      return { lines, next: Number(next) };
    },
    keep: (keeper) => keepByViem.keeperRound(client, as(keeper)),
    claim: (account) => claimByViem.claimEverything(client, as(account)),
    begin: (user, relayer, key, amount) =>
      beginByViem.beginWithoutGas(client, of(user), as(relayer), key.address, amount) as never,
    sign: (key, user, used) => vouchersByViem.signUsage(client, of(key), user.address, 1n, used),
    worth: (received) => vouchersByViem.worthOfVoucher(client, received),
    safe: (safe) => safeByViem.treasuryClaim(client, safe.address, 1_700_000_000_000),
    end: () => undefined,
  };
}

/** A transfer of USDC, as anybody makes one. */
const transferOf = ({ address }: Actor, amount: bigint) =>
  actionOf(DEPLOYMENT, "usdc", "transfer", [address, amount], "Transfer");

/** Sends what is not the example's own business. */
async function send(chain: LocalChain, { address }: Actor, call: { to: string; data: string }): Promise<void> {
  await chain.ask("eth_sendTransaction", { from: address, to: call.to, data: call.data });
}

for (const [library, examplesOf] of Object.entries({ ethers: byEthers, viem: byViem })) {
  describe(`The examples for ${library}`, () => {
    it("are files of at most 60 lines each", () => {
      const files = globSync(join(ROOT, "sdk", "examples", library, "*.ts"));
      assert.equal(files.length, 8);
      for (const file of files) assert.ok(readFileSync(file, "utf8").split("\n").length <= 61, file);
    });

    it("play a model's life, from the launch to everybody's claims", async () => {
      const chain = await localChain();
      await chain.rewind();
      const { alice, bob, carol, keeper, stranger, treasury, dave } = chain.actors;
      const act = (actor: Actor, action: Action) => send(chain, actor, callOf(action));
      const examples = examplesOf(chain);

      const launched = await examples.launch(alice);
      assert.equal(launched.modelId, 1n);
      await chain.warp(7_200);
      const bought = await examples.buy(bob, 1_000n * FLOCK);
      assert.equal(bought.recipient, bob.address);
      assert.ok(bought.flockIn === 1_000n * FLOCK && bought.mtOut > 0n);
      const { lines, next } = await examples.follow(DEPLOYMENT.startBlocks.offering);
      assert.equal(lines.length, 1);
      assert.match(lines[0]!, /paid 1,000 FLOCK for QALICE: 987\.5 FLOCK raised, the pool would open at 0\.\d+ FLOCK/);

      const rest = await examples.buy(carol, 200_000n * FLOCK);
      assert.equal(rest.raised, 100_000n * FLOCK);
      assert.equal((await examples.follow(next)).lines.length, 1);
      assert.deepEqual((await examples.keep(keeper)).done, ["Graduate model 1", "Poke the route"]);
      assert.deepEqual(await examples.claim(bob), ["Claim"]);
      assert.deepEqual(await examples.claim(bob), []);

      // A newcomer with USDC alone; its key signs for what it uses, and the platform settles it.
      await act(alice, recordApiId(DEPLOYMENT, 1n, "qwen-alice"));
      const { to, data } = callOf(transferOf(stranger, 100n * USDC));
      await send(chain, bob, { to, data });
      await examples.begin(stranger, alice, dave, 100n * USDC);
      assert.equal(await chain.ask("eth_getTransactionCount", stranger.address, "latest"), "0x0");
      const entry = await examples.sign(dave, stranger, { units: 50_000_000n, list: 60n * USDC });
      assert.equal(await examples.worth(entry), 60n * USDC);
      assert.match(String(await examples.worth({ ...entry, paidUsdc: "59" })), /signature/);
      assert.match(String(await examples.worth("nonsense")), /./);
      const read = voucherOfJson(DEPLOYMENT, entry);
      assert.ok(read.ok);
      await act(alice, settle(DEPLOYMENT, 1n, [read.voucher]));
      assert.match(String(await examples.worth(entry)), /collected/);

      // What it brought goes to everybody: the buyback, the treasury's Safe, the issuer.
      await chain.warp(1_800);
      const all = [];
      for (let round = 0; round < 4; ++round) {
        all.push(...(await examples.keep(keeper)).done);
        await chain.warp(360);
      }
      for (const what of ["Buy FLOCK for burning", "Buy FLOCK for model 1", "Buy MT of model 1"]) {
        assert.ok(all.includes(what), `${what}: ${all.join(", ")}`);
      }
      const file = JSON.parse(await examples.safe(treasury)) as { transactions: { to: string; data: string }[] };
      assert.equal(file.transactions.length, 1);
      for (const call of file.transactions) await send(chain, treasury, call);
      await assert.rejects(() => examples.safe(treasury), /Waterfall_ZeroAmount/);
      // The rewards of a day are due when it is over: that may have been a while ago, whatever time of the day it is.
      await chain.warp(86_400);
      all.push(...(await examples.keep(keeper)).done);
      assert.ok(all.includes("Roll model 1"), all.join(", "));
      const ofIssuer = await examples.claim(alice);
      for (const what of ["Claim creator fees", "Release", "Claim credit"]) assert.ok(ofIssuer.includes(what), what);
      examples.end();
    });
  });
}
