import { writeFileSync } from "node:fs";

import { Signature, hexlify, randomBytes } from "ethers";
import { z } from "zod";

import { exact, MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { parseDecimal, unitsOf } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { tokenDomainOf } from "../chain/permit.ts";
import { addressText, chainIdNumber, momentNumber, signatureText, usdcText } from "../command/schemas.ts";
import { timeOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import { readJson5, shownPath } from "../command/textFile.ts";
import { requireSignedHere } from "./signedHere.ts";

/** How long a signed deposit can be submitted [s]. */
const LIFE = 86_400n;

/** The meter's function that takes a signature in its parts, as every USDC with EIP-3009 does. */
export const DEPOSIT_BY_PARTS =
  "depositWithAuthorization(address,uint256,uint256,uint256,bytes32,uint8,bytes32,bytes32)";

/** EIP-3009: the receiver alone can submit it, so that nobody can make it anything but this deposit. */
const AUTHORIZATION_TYPES = {
  ReceiveWithAuthorization: [
    { name: "from", type: "address" },
    { name: "to", type: "address" },
    { name: "value", type: "uint256" },
    { name: "validAfter", type: "uint256" },
    { name: "validBefore", type: "uint256" },
    { name: "nonce", type: "bytes32" },
  ],
};

/** A deposit that its user has signed, as a file holds it. */
const signedDepositSchema = z.strictObject({
  chainId: chainIdNumber,
  meter: addressText,
  user: addressText,
  usdc: usdcText,
  validBefore: momentNumber,
  nonce: z.string({ error: "must be 32 bytes" }).regex(/^0x[0-9a-f]{64}$/i, "must be 0x and 64 hexadecimal digits"),
  signature: signatureText,
});

/** A deposit that its user has signed; amounts in USDC. */
export type SignedDeposit = z.infer<typeof signedDepositSchema>;

/**
 * Signs a deposit of the signer with EIP-3009 into a file, for anybody to submit within a day.
 * @param amount [USDC units]
 * @throws CommandError if the network's USDC has no such authorisations.
 */
export async function signDeposit(
  session: Session,
  signer: Signer,
  amount: bigint,
  file: string,
): Promise<SignedDeposit> {
  const { usdc, addresses } = session.protocol;
  const domain = await tokenDomainOf(session, { token: usdc, name: "USDC" }, "deposit without --sign-to");
  const nonce = hexlify(randomBytes(32));
  const validBefore = (await timeOf(session)) + LIFE;
  const values = { from: signer.address, to: addresses.meter, value: amount, validAfter: 0n, validBefore, nonce };
  const signed = {
    chainId: Number(session.chainId),
    meter: addresses.meter,
    user: signer.address,
    usdc: exact(amount, session.usdcDecimals),
    validBefore: Number(validBefore),
    nonce,
    signature: await signer.signTypedData(domain, AUTHORIZATION_TYPES, values),
  };
  try {
    // What was signed before and not submitted stays good, so its file is not written over.
    writeFileSync(file, `${JSON.stringify(signed, null, 2)}\n`, { flag: "wx" });
  } catch {
    throw new CommandError(`The file ${shownPath(file)} exists or cannot be written: name another one.`);
  }
  return signed;
}

/** Reads a signed deposit. */
export const readSignedDeposit = (file: string): SignedDeposit =>
  readJson5("signed deposit", file, signedDepositSchema);

/**
 * Refuses a deposit that was submitted before: the meter would do nothing for it, and gas would be paid for that.
 * @param user Who has signed it.
 */
export async function requireUnused({ protocol, now }: Session, user: string, nonce: string): Promise<void> {
  if (await protocol.usdc.authorizationState(user, nonce, now)) {
    throw new CommandError(`${user} has signed this deposit, and it was submitted or cancelled before.`);
  }
}

/** A signed deposit as the meter takes it: user, amount, validity, nonce and signature. */
export function authorizationOf(session: Session, file: string, signed: SignedDeposit) {
  requireSignedHere(session, `The signed deposit ${shownPath(file)}`, signed);
  const { v, r, s } = Signature.from(signed.signature);
  const amount = unitsOf(parseDecimal("`usdc`", signed.usdc, MAX_AMOUNT), session.usdcDecimals);
  return [signed.user, amount, 0n, BigInt(signed.validBefore), signed.nonce, v, r, s] as const;
}
