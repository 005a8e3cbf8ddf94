import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { HDNodeWallet, JsonRpcProvider, Mnemonic, Wallet, parseEther } from "ethers";

import { callOf } from "../../sdk/src/actions/action.ts";
import type { PaidAction } from "../../sdk/src/actions/action.ts";
import { fund } from "../../sdk/src/actions/emissions.ts";
import { approvalOf } from "../../sdk/src/actions/payment.ts";
import { claimAndStake } from "../../sdk/src/actions/staking.ts";
import { deploymentOf } from "../../sdk/src/deployments/deployment.ts";
import { gatewayClient } from "../../sdk/src/gateway/client/gatewayClient.ts";
import { folderMemory } from "../../sdk/src/node/folderMemory.ts";
import { answerOf, readOf, requestOf } from "../../sdk/src/reads/read.ts";
import { showFlock, showMt, showUsdc } from "../../sdk/src/units/show.ts";
import { LOCAL_ACTORS } from "../lib/chain/localActors.ts";
import { LIVE_API_ID } from "../lib/chain/liveModel.ts";

/** The accounts of every local chain come from this phrase, which everybody knows. */
const PHRASE = Mnemonic.fromPhrase("test test test test test test test test test test test junk");

/** What Bob stakes [MT], and what he deposits and lets his key spend [USDC units]. */
const STAKE = parseEther("10000");
const PREPAID = 5_000_000n;

/** What the budget of emissions gets, so that there is something to earn [FLOCK]. */
const BUDGET = parseEther("100000");

/** A day, and a little more, so that what takes one is over [s]. */
const DAY = 86_460;

const DEPLOYMENT = deploymentOf(31_337);
const MODEL = 1n;

/** What the story needs. */
export interface StoryTerms {
  chainUrl: string;
  gatewayUrl: string;
  say: (line: string) => void;
  /** Runs a command of the house. */
  command: (...args: string[]) => Promise<void>;
}

/** Bob pays for a model's answers with a session key and no gas, the platform settles, and a day later he has a reward. */
export async function tellStory({ chainUrl, gatewayUrl, say, command }: StoryTerms): Promise<void> {
  const provider = new JsonRpcProvider(chainUrl, DEPLOYMENT.chainId, { staticNetwork: true, cacheTimeout: -1 });
  const folder = mkdtempSync(join(tmpdir(), "fomo-bob-"));
  try {
    const bob = walletOf("bob");
    await stakeAndFund(provider, bob.address, say);

    const session = new Wallet(Wallet.createRandom().privateKey);
    const client = gatewayClient({
      ...{ url: gatewayUrl, user: bob.address, key: session.address, signer: session },
      ...{ memory: folderMemory(folder), deployment: DEPLOYMENT },
    });
    const { timestamp } = (await provider.getBlock("latest"))!; // there is one
    await client.start({
      ...{ owner: bob, deployment: DEPLOYMENT, deposit: { amount: PREPAID, validBefore: BigInt(timestamp + DAY) } },
      authorization: { cap: PREPAID, expiresAt: BigInt(timestamp + 30 * DAY), deadline: BigInt(timestamp + DAY) },
      read: async (question) => answerOf(question as never, await provider.call(requestOf(question as never))), // it is the SDK's
    });
    say(
      `Bob has signed a deposit of ${showUsdc(PREPAID, 6)} and a session key; the gateway has submitted both, and paid the gas.`,
    );

    for (const content of ["What is a bonding curve?", "And what pays for it?"]) {
      const body = { model: LIVE_API_ID, messages: [{ role: "user", content }] };
      const response = await client.fetch(`${gatewayUrl}/v1/chat/completions`, {
        method: "POST",
        body: JSON.stringify(body),
      });
      const answer = (await response.json()) as { choices: { message: { content: string } }[] };
      say(`Bob asks: ${content}\n  ${answer.choices[0]!.message.content}`); // the gateway has answered
    }
    await client.close();
    const [series] = await client.series();
    say(`${series!.receipts.toString()} receipts, ${showUsdc(series!.signed.paid, 6)} signed.`);

    say("The platform settles what the gateway's store has:");
    await command("settle", "--store", gatewayUrl, "--from", "platform", "--yes");

    await pass(provider, DAY);
    say("A day has passed on the chain. Bob's reward:");
    await command("collect", "--account", "bob", "--from", "keeper", "--yes");
    say(`${await balancesOf(provider, bob.address)}\n`);
  } finally {
    provider.destroy();
    rmSync(folder, { recursive: true, force: true });
  }
}

const walletOf = (name: (typeof LOCAL_ACTORS)[number]) =>
  HDNodeWallet.fromMnemonic(PHRASE, `m/44'/60'/0'/0/${LOCAL_ACTORS.indexOf(name).toString()}`);

/** Bob stakes what he has bought, the budget is filled, and a day passes until the stake counts. */
async function stakeAndFund(provider: JsonRpcProvider, bob: string, say: (line: string) => void): Promise<void> {
  const token = answerOf(
    readOf(DEPLOYMENT, "offering", "tokenOf", [MODEL]),
    await provider.call(requestOf(readOf(DEPLOYMENT, "offering", "tokenOf", [MODEL]))),
  );
  await act(provider, bob, claimAndStake(DEPLOYMENT, { modelId: MODEL, amount: STAKE, token }));
  await act(provider, walletOf("keeper").address, fund(DEPLOYMENT, BUDGET));
  await pass(provider, DAY);
  say(`Bob has staked ${showMt(STAKE)}, and a day has passed on the chain: his stake counts.`);
}

/** Pays for something and does it, from an account of the node. */
async function act(provider: JsonRpcProvider, from: string, action: PaidAction): Promise<void> {
  const signer = await provider.getSigner(from);
  await (await signer.sendTransaction(approvalOf(action.payment))).wait();
  await (await signer.sendTransaction(callOf(action))).wait();
}

async function pass(provider: JsonRpcProvider, seconds: number): Promise<void> {
  await provider.send("evm_increaseTime", [seconds]);
  await provider.send("evm_mine", []);
}

/** What Bob has at the end. */
async function balancesOf(provider: JsonRpcProvider, account: string): Promise<string> {
  const read = readOf(DEPLOYMENT, "flock", "balanceOf", [account as `0x${string}`]);
  return `Bob has ${showFlock(answerOf(read, await provider.call(requestOf(read))))} now.`;
}
