import { HardhatError } from "@nomicfoundation/hardhat-errors";

import type { Payment } from "../../../sdk/src/actions/action.ts";
import type { PermitValues } from "../../../sdk/src/actions/payment.ts";
import { decodeReturned, encodeCall } from "../../../sdk/src/codec/codec.ts";
import { connectAs } from "../../../sdk/src/ethers/connect.ts";
import { tokenDomain, tokenDomainAbi } from "../../../sdk/src/signing/domains.ts";
import type { TokenDomainAnswers } from "../../../sdk/src/signing/domains.ts";
import { signPermit as signTerms } from "../../../sdk/src/signing/permit.ts";
import type { Domain } from "../../../sdk/src/signing/typedData.ts";
import { CommandError } from "../command/commandError.ts";
import { timeOf } from "./session.ts";
import type { Session, Signer } from "./session.ts";

/** A token by its address, and what people call it. */
export interface NamedToken {
  token: string;
  name: string;
}

/** How long a permit is good [s]; it is handed over at once. */
const PERMIT_LIFE = 3_600n;

/**
 * Signs an EIP-2612 permit for exactly what a payment takes.
 * @throws CommandError if the token has no permit, or one that cannot be signed here.
 */
export async function signPermit(
  session: Session,
  signer: Signer,
  { payment, name }: { payment: Payment; name: string },
): Promise<PermitValues> {
  const { token, spender, max: value } = payment;
  const domain = await tokenDomainOf(session, { token, name }, "leave --permit out");
  const permits = connectAs("flock", token, signer);
  const deadline = (await timeOf(session)) + PERMIT_LIFE;
  const nonce = await permits.nonces(signer.address);
  const permit = await signTerms(signer, domain, { owner: signer.address, spender, value, nonce, deadline });
  session.out.say(`Signed a permit of ${name} for ${spender}.`);
  return permit;
}

/**
 * A token's EIP-712 domain, checked against the separator that the token itself computes.
 * @param instead What to do if there is none, as the sentence ends.
 * @throws CommandError if the token takes no signatures, or states another domain than it uses.
 */
export async function tokenDomainOf(
  { chainId, connection }: Session,
  { token, name }: NamedToken,
  instead: string,
): Promise<Domain> {
  const { provider } = connection.ethers;
  const read = async (view: (typeof tokenDomainAbi)[number]["name"]) => {
    const data = await provider.call({ to: token, data: encodeCall(tokenDomainAbi, view, []) });
    return decodeReturned(tokenDomainAbi, view, data);
  };
  try {
    const separator = { DOMAIN_SEPARATOR: await read("DOMAIN_SEPARATOR") };
    const eip712Domain = await read("eip712Domain").catch(unlessDisconnected);
    const stated =
      eip712Domain === undefined ? { name: await read("name"), version: await read("version") } : { eip712Domain };
    const domain = tokenDomain({ chainId, token }, { ...separator, ...stated } as TokenDomainAnswers);
    if (domain !== undefined) return domain;
  } catch (error) {
    unlessDisconnected(error);
  }
  throw new CommandError(`${name} takes nothing that could be signed here: ${instead}.`);
}

/** A token without permits reverts or answers something else, in many ways; only the connection's errors are others. */
function unlessDisconnected(error: unknown): undefined {
  if (HardhatError.isHardhatError(error)) throw error;
  return undefined;
}
