import { MaxUint256 } from "ethers";

import { connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { deployLocalChain, deployProtocol } from "../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { connection, firstSigners, launchPayment, networkHelpers, workedExample } from "./fixtures.ts";
import { deployMock } from "./scenes.ts";
import { ANTI_SNIPE_WINDOW } from "./time.ts";
import { tokens } from "./units.ts";

/** The protocol on a chain whose FLOCK is a mock; Alice and Bob hold some of it and have approved the offering. */
export async function mockFlockProtocol(mock: string, args: unknown[] = []) {
  const signers = await firstSigners();
  const [deployer, administrator, guardian, treasury, , alice, bob, stranger] = signers;
  const chain = await deployLocalChain(connection);
  const token = await deployMock(mock, args);
  const mockAddress = await token.getAddress();
  // The chain's own USDC/FLOCK pair is not one of the mock: money for the buyback waits.
  const parameters = { ...localParameters(), route: [], flockBurns: false };
  const addresses = await deployProtocol(connection, parameters, { ...chain, flock: mockAddress });
  const protocol = connectProtocol(addresses, stranger);
  for (const actor of [alice, bob]) {
    // Sent raw: a token without return values has nothing to decode.
    const { transfer, approve } = protocol.flock;
    await deployer.sendTransaction(await transfer.populateTransaction(actor, tokens(1_000_000)));
    await actor.sendTransaction(await approve.populateTransaction(addresses.offering, MaxUint256));
  }
  return { ...protocol, token, deployer, administrator, guardian, treasury, alice, bob, stranger };
}

/** Alice's worked example on such a chain, past the anti-sniping window. */
export async function mockFlockOffering(mock: string, args: unknown[] = []) {
  const f = await mockFlockProtocol(mock, args);
  await f.offering.connect(f.alice).launch(workedExample(), launchPayment());
  await networkHelpers.time.increase(ANTI_SNIPE_WINDOW);
  return f;
}
