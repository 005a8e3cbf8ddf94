import assert from "node:assert/strict";
import { after, describe, it } from "node:test";

import { Wallet } from "ethers";
import { createPublicClient, http } from "viem";

import { callOf } from "../../../../sdk/src/actions/action.ts";
import { actionOf } from "../../../../sdk/src/actions/generic.ts";
import { gatewayClient } from "../../../../sdk/src/gateway/client/gatewayClient.ts";
import { DEPLOYMENT, liveChain } from "../support/chain.ts";
import { testGateway } from "../support/gateways.ts";
import type { TestGateway } from "../support/gateways.ts";

describe("the relayer's bounds", () => {
  const gateways: TestGateway[] = [];
  const relaying = async (etherPerDay: string) => {
    const gateway = await testGateway({ relay: true, etherPerDay });
    gateways.push(gateway);
    return gateway;
  };
  after(() => Promise.all(gateways.map((gateway) => gateway.stop())));

  /** Somebody with USDC and no gas, who begins with a deposit of so much and a key. */
  async function begin({ url }: TestGateway, amount: bigint): Promise<unknown> {
    const chain = await liveChain();
    const [owner, session] = [Wallet.createRandom(), Wallet.createRandom()].map((one) => new Wallet(one.privateKey)) as [Wallet, Wallet]; // prettier-ignore
    const give = callOf(actionOf(DEPLOYMENT, "usdc", "transfer", [owner.address as `0x${string}`, 5_000_000n]));
    await chain.ask("eth_sendTransaction", { from: chain.actors.bob.address, to: give.to, data: give.data });
    const reader = createPublicClient({ transport: http(chain.url) });
    const { timestamp: now } = await reader.getBlock(); // other tests have moved the chain's time on
    const client = gatewayClient({ url, user: owner.address, key: session.address, signer: session });
    return await client.start({
      ...{ owner, deployment: DEPLOYMENT, deposit: { amount, validBefore: now + 3_600n } },
      authorization: { cap: amount, expiresAt: now + 30n * 86_400n, deadline: now + 3_600n },
      read: (question) => reader.readContract(question),
    });
  }

  it("submit nothing more once a day's gas is spent", async () => {
    const gateway = await relaying("0.0000001");
    await assert.rejects(begin(gateway, 1_000_000n), /Nothing more is submitted for users today/);
  });

  it("submit no deposit that is not worth its gas", async () => {
    const gateway = await relaying("1");
    await assert.rejects(begin(gateway, 999_999n), /too small to be submitted here: bring at least 1 USDC/);
    await begin(gateway, 1_000_000n);
  });
});
