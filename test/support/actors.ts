import { connectProtocol } from "../../sdk/src/ethers/connect.ts";
import { deployLocalChain, deployProtocol } from "../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { connection, firstSigners } from "./fixtures.ts";

/**
 * The protocol with every role in other hands: on the local chain one account governs and administers. The issuer has
 * launched nothing; being an issuer is a seat, not a role.
 */
export async function actorsFixture() {
  const signers = await firstSigners();
  const [deployer, administrator, guardian, treasury, provider, platform, governor, issuer, stranger] = signers;
  const chain = await deployLocalChain(connection);
  const parameters = { ...localParameters(), governor: governor.address };
  const protocol = connectProtocol(await deployProtocol(connection, parameters, chain), deployer);
  const actors = { stranger, deployer, issuer, guardian, treasury, provider, platform, administrator, governor };
  return { ...protocol, ...actors, actors };
}

/** The protocol with `actors`, everybody by name. */
export type ActorsScene = Awaited<ReturnType<typeof actorsFixture>>;
/** Who may try a function in the role tests. */
export type ActorName = keyof ActorsScene["actors"];

/** Everybody who may try one; their names are known before the scene is set. */
export const EVERYBODY = [
  "stranger",
  "deployer",
  "issuer",
  "guardian",
  "treasury",
  "provider",
  "platform",
  "administrator",
  "governor",
] as const satisfies ActorName[];
