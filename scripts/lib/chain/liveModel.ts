import { MaxUint256, parseEther } from "ethers";
import type { JsonRpcProvider } from "ethers";

import type { ProtocolAddresses } from "../../../deploy/config/deployed.ts";
import { connectProtocol } from "../../../sdk/src/ethers/connect.ts";
import { workedExample } from "../offering/workedExample.ts";
import { LOCAL_ACTORS, LOCAL_ALIASES } from "./localActors.ts";

/** A deadline that nothing reaches [s]. */
const NO_DEADLINE = 2n ** 40n;

/** Purchases cost the base fee alone from then on [s]. */
const ANTI_SNIPE_WINDOW = 98 * 60;

/** MT that Bob buys and does not claim. */
const BOB_MT = parseEther("50000");

/** Under which API id a live model is served. */
export const LIVE_API_ID = "qwen-alice";

const signerOf = (provider: JsonRpcProvider, name: string) =>
  provider.getSigner(LOCAL_ACTORS.findIndex((actor) => actor === (LOCAL_ALIASES[name] ?? name)));

/**
 * A graduated model on a local node, over JSON-RPC and without a process for each step: the worked example of section
 * 3.3.4, of which Bob bought 50,000 MT and Carol the rest. It has no API id yet.
 */
export async function graduateModel(provider: JsonRpcProvider, addresses: ProtocolAddresses): Promise<void> {
  const [alice, bob, carol, keeper] = await Promise.all(
    ["alice", "bob", "carol", "keeper"].map((name) => signerOf(provider, name)),
  );
  const as = (who: typeof alice) => connectProtocol(addresses, who).offering;
  for (const who of [alice, bob, carol]) {
    await (await connectProtocol(addresses, who).flock.approve(addresses.offering, MaxUint256)).wait();
  }
  const terms = workedExample();
  const payment = { launchFeeMax: parseEther("1000"), bundleFlock: 0n, bundleMtMin: 0n, deadline: NO_DEADLINE };
  await (await as(alice).launch(terms, payment)).wait();
  await provider.send("evm_increaseTime", [ANTI_SNIPE_WINDOW]);
  await (await as(bob).buyExactOut(1n, BOB_MT, parseEther("1000000"), bob!.address, NO_DEADLINE)).wait();
  await (await as(carol).buyExactIn(1n, parseEther("100000"), 0n, carol!.address, NO_DEADLINE)).wait();
  await (await as(keeper).graduate(1n)).wait();
}

/** The same model with its API id, so that its usage can be paid: what a gateway needs. */
export async function serveModel(provider: JsonRpcProvider, addresses: ProtocolAddresses): Promise<void> {
  await graduateModel(provider, addresses);
  const { registry } = connectProtocol(addresses, await signerOf(provider, "platform"));
  await (await registry.setApiId(1n, LIVE_API_ID)).wait();
}
