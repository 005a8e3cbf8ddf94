import { meterAbi } from "../../abi/meter.ts";
import type { Address, Hex } from "../../codec/hex.ts";
import type { Deployment } from "../../deployments/deployment.ts";
import { FomoError } from "../../errors/fomoError.ts";
import { signDeposit } from "../../signing/deposit.ts";
import { tokenDomain, tokenDomainAbi } from "../../signing/domains.ts";
import type { MeterPlace } from "../../signing/domains.ts";
import { signKeyAuthorization } from "../../signing/keyAuthorization.ts";
import type { TypedDataSigner } from "../../signing/signer.ts";
import type { Domain } from "../../signing/typedData.ts";
import type { StartDocument } from "../wire.ts";
import { randomId } from "./digests.ts";
import type { Settings } from "./settings.ts";

/** A question to a contract, as viem's `readContract` takes it; `requestOf` makes a call of it for other libraries. */
export interface ChainQuestion {
  address: Hex;
  abi: readonly object[];
  functionName: string;
  args: readonly unknown[];
}

/** What a newcomer signs. */
export interface StartTerms {
  /** Whoever signs for the user. */
  owner: TypedDataSigner;
  /** What is deposited [USDC units]; nothing if left out. */
  deposit?: { amount: bigint; validAfter?: bigint; validBefore?: bigint; nonce?: Hex } | undefined;
  /** What the key may spend [USDC units], and until when it may [s]; no key is authorised if left out. */
  authorization?: { cap: bigint; expiresAt: bigint; deadline?: bigint; nonce?: bigint } | undefined;
  /** The domain of the chain's USDC; `read` finds it out if left out. */
  usdc?: Domain | undefined;
  /** Asks the chain what is left out, such as `(question) => client.readContract(question)`. */
  read?: ((question: ChainQuestion) => Promise<unknown>) | undefined;
  /** Where USDC is, for `read`. */
  deployment?: Deployment | undefined;
}

/**
 * How long what is signed can be submitted, if nothing else is said [s]. It can become nothing else than what it says, and a
 * local chain may be hours ahead.
 */
const VALIDITY = 86_400n;

/**
 * Has a newcomer's deposit and key signed.
 * @throws FomoError `badAddress`, `badValue` if something is left out and nothing says how to find it; `badSignature`.
 */
export async function signStart(
  { user, key }: Pick<Settings, "user" | "key">,
  where: MeterPlace,
  terms: StartTerms,
): Promise<StartDocument> {
  const { owner, deposit, authorization } = terms;
  const now = BigInt(Math.floor(Date.now() / 1_000));
  const document: StartDocument = {};
  if (deposit !== undefined) {
    const { amount, validAfter = 0n, validBefore = now + VALIDITY, nonce = randomId() } = deposit;
    const place = { usdc: await usdcOf(terms), meter: where.addresses.meter };
    const signed = await signDeposit(owner, place, { user, amount, validAfter, validBefore, nonce });
    document.deposit = {
      ...{ user, amount: amount.toString(), validAfter: validAfter.toString(), validBefore: validBefore.toString() },
      ...{ nonce, signature: signed.signature },
    };
  }
  if (authorization !== undefined) {
    const { cap, expiresAt, deadline = now + VALIDITY, nonce = await nonceOf(terms, user) } = authorization;
    const signed = await signKeyAuthorization(owner, where, { user, key, cap, expiresAt, nonce, deadline });
    document.authorization = {
      ...{ user, key, cap: cap.toString(), expiresAt: Number(expiresAt), nonce: nonce.toString() },
      ...{ deadline: Number(deadline), signature: signed.signature },
    };
  }
  return document;
}

/** How the chain is asked. */
function readerOf({ read, deployment }: StartTerms, what: string) {
  if (read !== undefined && deployment !== undefined) return { read, deployment };
  throw new FomoError("badValue", `Name ${what}, or \`read\` and \`deployment\` by which it can be found out.`);
}

async function nonceOf(terms: StartTerms, user: Address): Promise<bigint> {
  const { read, deployment } = readerOf(terms, "the authorisation's `nonce`");
  const { meter: address } = deployment.addresses;
  return (await read({ address, abi: meterAbi, functionName: "nonces", args: [user] })) as bigint;
}

async function usdcOf(terms: StartTerms): Promise<Domain> {
  if (terms.usdc !== undefined) return terms.usdc;
  const { read, deployment } = readerOf(terms, "the domain of USDC as `usdc`");
  const { chainId, addresses } = deployment;
  const ask = (functionName: string) =>
    read({ address: addresses.usdc, abi: tokenDomainAbi, functionName, args: [] }) as Promise<string>;
  const answers = {
    ...{ DOMAIN_SEPARATOR: await ask("DOMAIN_SEPARATOR"), name: await ask("name") },
    // USDC has a version and no EIP-5267; other tokens have it the other way round.
    version: await ask("version").catch(() => undefined),
  };
  const eip712Domain = answers.version === undefined ? await ask("eip712Domain") : undefined;
  const domain = tokenDomain({ chainId, token: addresses.usdc }, { ...answers, eip712Domain: eip712Domain as never });
  if (domain === undefined) {
    throw new FomoError("unknownAnswer", "USDC says another domain than it uses: nothing can be signed for it.");
  }
  return domain;
}
