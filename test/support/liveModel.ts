import { MaxUint256 } from "ethers";
import type { JsonRpcProvider } from "ethers";

import { connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { workedExample } from "../../scripts/lib/offering/workedExample.ts";
import type { ProtocolAddresses } from "../../deploy/config/deployed.ts";
import { ANTI_SNIPE_WINDOW, NO_DEADLINE } from "./time.ts";
import { tokens } from "./units.ts";

/** Indices of the actors in `scripts/lib/chain/localActors.ts`. */
const [ALICE, BOB, CAROL, KEEPER] = [5, 6, 7, 9];

/** MT that Bob has bought and not claimed. */
const BOB_MT = tokens(50_000);

/**
 * A graduated model on a local node, over JSON-RPC and without a process for each step: the worked example of section
 * 3.3.4, of which Bob bought 50,000 MT and Carol the rest. It has no API id yet.
 */
export async function graduateModel(provider: JsonRpcProvider, addresses: ProtocolAddresses): Promise<void> {
  const [alice, bob, carol, keeper] = await Promise.all(
    [ALICE, BOB, CAROL, KEEPER].map((who) => provider.getSigner(who)),
  );
  const as = (who: typeof alice) => connectProtocol(addresses, who).offering;
  for (const who of [alice, bob, carol]) {
    await (await connectProtocol(addresses, who).flock.approve(addresses.offering, MaxUint256)).wait();
  }
  const terms = workedExample();
  const payment = { launchFeeMax: tokens(1_000), bundleFlock: 0n, bundleMtMin: 0n, deadline: NO_DEADLINE };
  await (await as(alice).launch(terms, payment)).wait();
  await provider.send("evm_increaseTime", [Number(ANTI_SNIPE_WINDOW)]);
  await (await as(bob).buyExactOut(1n, BOB_MT, tokens(1_000_000), bob!.address, NO_DEADLINE)).wait();
  await (await as(carol).buyExactIn(1n, tokens(100_000), 0n, carol!.address, NO_DEADLINE)).wait();
  await (await as(keeper).graduate(1n)).wait();
}
