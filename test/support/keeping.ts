import { MaxUint256 } from "ethers";
import type { JsonRpcApiProvider } from "ethers";

import type { ProtocolAddresses } from "../../deploy/config/deployed.ts";
import { LOCAL_ACTORS } from "../../scripts/lib/chain/localActors.ts";
import { workedExample } from "../../scripts/lib/offering/workedExample.ts";
import type { FlatTerms } from "../../scripts/lib/offering/workedExample.ts";
import { dayOf, epochAt } from "../../sdk/src/emissions/epochs.ts";
import { connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { ANTI_SNIPE_WINDOW, NO_DEADLINE } from "./time.ts";
import { tokens } from "./units.ts";

/** Models of a local chain, and what happens to them, over JSON-RPC and without a process for each step. */
export type Work = Awaited<ReturnType<typeof workOn>>;

/** Begins on a chain on which the protocol was deployed. Alice issues the models and is the platform; Carol buys. */
export async function workOn(provider: JsonRpcApiProvider, addresses: ProtocolAddresses) {
  const as = async (name: (typeof LOCAL_ACTORS)[number]) =>
    connectProtocol(addresses, await provider.getSigner(LOCAL_ACTORS.indexOf(name)));
  const [alice, carol] = [await as("alice"), await as("carol")];
  const carolAddress = (await provider.getSigner(LOCAL_ACTORS.indexOf("carol"))).address;
  await (await alice.flock.approve(addresses.offering, MaxUint256)).wait();
  await (await carol.flock.approve(addresses.offering, MaxUint256)).wait();
  await (await alice.usdc.approve(addresses.meter, MaxUint256)).wait();

  const pass = async (seconds: bigint | number) => {
    await provider.send("evm_increaseTime", [Number(seconds)]);
    await provider.send("evm_mine", []);
  };
  /** Launches the worked example and waits until the fee is down to its base. */
  const launch = async (terms: Partial<FlatTerms> = {}): Promise<bigint> => {
    const payment = { launchFeeMax: tokens(1_000), bundleFlock: 0n, bundleMtMin: 0n, deadline: NO_DEADLINE };
    await (await alice.offering.launch(workedExample(terms), payment)).wait();
    await pass(ANTI_SNIPE_WINDOW);
    return await alice.registry.modelCount();
  };
  const buy = async (modelId: bigint, flock: bigint) => {
    await (await carol.offering.buyExactIn(modelId, flock, 0n, carolAddress, NO_DEADLINE)).wait();
  };
  return {
    alice,
    /** What an account has paid for, on a day or ever: its transactions, their gas, and their cost [wei]. */
    async paidBy(account: string, day?: string) {
      const paid = { transactions: [] as string[], gas: 0n, wei: 0n };
      for (let number = await provider.getBlockNumber(); number > 0; number--) {
        const block = await provider.getBlock(number, true);
        const of = dayOf(epochAt(BigInt(block!.timestamp)));
        if (day !== undefined && of < day) break; // ISO dates are in order
        if (day !== undefined && of !== day) continue;
        for (const { from, hash } of block!.prefetchedTransactions) {
          if (from !== account) continue;
          const receipt = (await provider.getTransactionReceipt(hash))!;
          paid.transactions.push(hash);
          paid.gas += receipt.gasUsed;
          paid.wei += receipt.fee;
        }
      }
      return paid;
    },
    pass,
    launch,
    buy,
    /** Sells all of a raise. */
    sellOut: (modelId: bigint) => buy(modelId, tokens(100_000)),
    /** Graduates a model that was sold out, and gives it its API id. */
    async serve(modelId: bigint) {
      await (await alice.offering.graduate(modelId)).wait();
      await (await alice.registry.setApiId(modelId, `flock/model-${modelId.toString()}`)).wait();
    },
    /** Revenue of a model that came by card [USDC units], nearly all of it net. */
    async earn(modelId: bigint, paid: bigint) {
      await (await alice.meter.settleCard([{ modelId, units: 1n, list: paid, paid }])).wait();
    },
  };
}
