import { HardhatError } from "@nomicfoundation/hardhat-errors";
import { Interface, Signature, TypedDataEncoder } from "ethers";
import type { TypedDataDomain } from "ethers";

import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import type { IERC20Metadata } from "../../../typechain-types/index.ts";
import { CommandError } from "../command/commandError.ts";
import { timeOf } from "./session.ts";
import type { Session, Signer } from "./session.ts";

/** A permit as the contracts take it: value, deadline, v, r, s. */
export type PermitArguments = [value: bigint, deadline: bigint, v: number, r: string, s: string];

/** What a permit allows. */
export interface Allowance {
  token: IERC20Metadata;
  /** Its name for people, such as `FLOCK`. */
  name: string;
  /** The contract that takes it. */
  spender: string;
  /** The maximum that it takes [wei of the token]. */
  max: bigint;
}

/** How long a permit is good [s]; it is handed over at once. */
const PERMIT_LIFE = 3_600n;

/** EIP-2612. */
const PERMIT_TYPES = {
  Permit: [
    { name: "owner", type: "address" },
    { name: "spender", type: "address" },
    { name: "value", type: "uint256" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};

/** What tokens call the version of their domain: EIP-5267, or a function of their own as USDC has. */
const DOMAIN_VIEWS = new Interface([
  "function version() view returns (string)",
  "function eip712Domain() view returns (bytes1 fields, string name, string version, uint256 chainId, address verifyingContract, bytes32 salt, uint256[] extensions)",
]);

/**
 * Signs an EIP-2612 permit for exactly what a payment takes.
 * @throws CommandError if the token has no permit, or one that cannot be signed here.
 */
export async function signPermit(session: Session, signer: Signer, allowance: Allowance): Promise<PermitArguments> {
  const { token, name, spender, max } = allowance;
  const domain = await tokenDomainOf(session, allowance, "leave --permit out");
  const permits = connectAs("flock", await token.getAddress(), signer);
  const deadline = (await timeOf(session)) + PERMIT_LIFE;
  const nonce = await permits.nonces(signer.address);
  const values = { owner: signer.address, spender, value: max, nonce, deadline };
  const { v, r, s } = Signature.from(await signer.signTypedData(domain, PERMIT_TYPES, values));
  session.out.say(`Signed a permit of ${name} for ${spender}.`);
  return [max, deadline, v, r, s];
}

/**
 * A token's EIP-712 domain, checked against the separator that the token itself computes.
 * @param instead What to do if there is none, as the sentence ends.
 * @throws CommandError if the token takes no signatures, or states another domain than it uses.
 */
export async function tokenDomainOf(
  { chainId, connection }: Session,
  { token, name }: Pick<Allowance, "token" | "name">,
  instead: string,
): Promise<TypedDataDomain> {
  const { provider } = connection.ethers;
  const verifyingContract = await token.getAddress();
  const read = async (view: "version" | "eip712Domain") => {
    const data = DOMAIN_VIEWS.encodeFunctionData(view);
    return DOMAIN_VIEWS.decodeFunctionResult(view, await provider.call({ to: verifyingContract, data }));
  };
  try {
    const separator = await connectAs("flock", verifyingContract, provider).DOMAIN_SEPARATOR();
    const stated = await read("eip712Domain").catch(() => undefined);
    const [tokenName, version] =
      stated === undefined
        ? [await token.name(), await read("version").then(([text]) => text as string)]
        : [stated.name as string, stated.version as string];
    const domain = { name: tokenName, version, chainId, verifyingContract };
    if (TypedDataEncoder.hashDomain(domain) === separator) return domain;
  } catch (error) {
    // A token without permits reverts or answers something else, in many ways; only the connection's errors are others.
    if (HardhatError.isHardhatError(error)) throw error;
  }
  throw new CommandError(`${name} takes nothing that could be signed here: ${instead}.`);
}
