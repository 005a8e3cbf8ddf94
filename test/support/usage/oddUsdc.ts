import { MaxUint256 } from "ethers";

import { connectProtocol } from "../../../sdk/src/ethers/connect.ts";
import { deployLocalChain, deployProtocol } from "../../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../../scripts/lib/deployment/parameterFiles.ts";
import { connection, firstSigners, launchPayment, networkHelpers, workedExample } from "../fixtures.ts";
import { ANTI_SNIPE_WINDOW, NO_DEADLINE } from "../time.ts";
import { tokens } from "../units.ts";
import { deployUsageMock } from "./serving.ts";

/**
 * A protocol whose USDC has other decimals, a blacklist and, once it is switched on, a fee. One graduated model of
 * Dave's is served at 1 USDC for a million units; Bob has deposited 1,000 USDC. There is no route for the buyback.
 */
export async function oddUsdcScene(decimals: bigint) {
  const [deployer, , guardian, treasury, provider, platform, bob, carol, dave, keeper] = await firstSigners();
  const unit = 10n ** decimals;
  const chain = await deployLocalChain(connection);
  const odd = await deployUsageMock("OddUsdc", [decimals]);
  const parameters = { ...localParameters(), route: [] };
  const addresses = await deployProtocol(connection, parameters, { ...chain, usdc: await odd.getAddress() });
  const f = connectProtocol(addresses, keeper);
  for (const actor of [bob, carol, dave]) {
    await f.flock.connect(deployer).transfer(actor, tokens(1_000_000));
    await f.flock.connect(actor).approve(addresses.offering, MaxUint256);
  }
  await f.offering.connect(dave).launch(workedExample({ usage: { tierId: 1n, minimumPrice: unit } }), launchPayment());
  await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
  await f.offering.connect(carol).buyExactIn(1n, tokens(100_000), 0n, carol, NO_DEADLINE);
  await f.offering.graduate(1n);
  await f.registry.connect(platform).setApiId(1n, "qwen-alice");
  for (const account of [bob, platform]) {
    await f.usdc.connect(deployer).transfer(account, 100_000n * unit);
    await f.usdc.connect(account).approve(addresses.meter, MaxUint256);
  }
  await f.meter.connect(bob).deposit(1_000n * unit);
  return { ...f, odd, unit, deployer, guardian, treasury, provider, platform, bob, carol, issuer: dave, keeper };
}

/** The scene with 6 decimals, as on Base. */
export const usdcOf6Fixture = () => oddUsdcScene(6n);
/** The scene with 18 decimals, as on BSC. */
export const usdcOf18Fixture = () => oddUsdcScene(18n);

/** The protocol with `odd`, its USDC, and `unit`, one of it [USDC units]. */
export type OddUsdcScene = Awaited<ReturnType<typeof oddUsdcScene>>;
