import { hexlify, randomBytes } from "ethers";
import { z } from "zod";

import type { Hex } from "../../../sdk/src/codec/hex.ts";
import { signDeposit } from "../../../sdk/src/signing/deposit.ts";
import { readSignature } from "../../../sdk/src/signing/signature.ts";
import { foreignFlaw } from "../../../sdk/src/signing/voucherJson.ts";
import { exact, MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { parseDecimal, unitsOf } from "../command/amounts.ts";
import { CommandError } from "../command/commandError.ts";
import { tokenDomainOf } from "../chain/permit.ts";
import { addressText, chainIdNumber, momentNumber, signatureText, usdcText } from "../command/schemas.ts";
import { timeOf } from "../chain/session.ts";
import type { Session, Signer } from "../chain/session.ts";
import { readJson5 } from "../command/textFile.ts";
import { flawed, placeOf, writeSigned } from "./signedHere.ts";

/** How long a signed deposit can be submitted [s]. */
const LIFE = 86_400n;

/** A deposit that its user has signed with EIP-3009, as a file holds it: anybody can submit it. */
export const signedDepositSchema = z.strictObject({
  chainId: chainIdNumber,
  meter: addressText.describe("The InferenceMeter that takes it."),
  user: addressText.describe("Who has signed, and prepays."),
  usdc: usdcText.describe("[USDC], with at most as many decimals as the chain's USDC has."),
  validBefore: momentNumber.describe("Before which moment it can be submitted [s]."),
  nonce: z
    .string({ error: "must be 32 bytes" })
    .regex(/^0x[0-9a-fA-F]{64}$/, "must be 0x and 64 hexadecimal digits")
    .describe("32 bytes that the user chose."),
  signature: signatureText,
});

/** A deposit that its user has signed; amounts in USDC. */
export type SignedDeposit = z.infer<typeof signedDepositSchema>;

/**
 * Signs a deposit of the signer with EIP-3009 into a file, for anybody to submit within a day.
 * @param amount [USDC units]
 * @throws CommandError if the network's USDC has no such authorisations.
 */
export async function writeSignedDeposit(
  session: Session,
  signer: Signer,
  amount: bigint,
  file: string,
): Promise<SignedDeposit> {
  const { addresses } = session.protocol;
  const domain = await tokenDomainOf(session, { token: addresses.usdc, name: "USDC" }, "deposit without --sign-to");
  const nonce = hexlify(randomBytes(32)) as Hex;
  const validBefore = (await timeOf(session)) + LIFE;
  const deposit = { user: signer.address, amount, validAfter: 0n, validBefore, nonce };
  const { signature } = await signDeposit(signer, { usdc: domain, meter: addresses.meter }, deposit);
  const signed = {
    chainId: Number(session.chainId),
    meter: addresses.meter,
    user: signer.address,
    usdc: exact(amount, session.usdcDecimals),
    validBefore: Number(validBefore),
    nonce,
    signature,
  };
  writeSigned(file, signed);
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

/** A signed deposit as the meter takes it: its terms, and the signature in its parts, which every USDC takes. */
export function authorizationOf(session: Session, file: string, signed: SignedDeposit) {
  const signature = readSignature(signed.signature);
  const found = foreignFlaw(placeOf(session), signed);
  if (found !== undefined) throw flawed("deposit", file, found);
  if (!signature.ok) throw flawed("deposit", file, signature);
  const amount = unitsOf(parseDecimal("`usdc`", signed.usdc, MAX_AMOUNT), session.usdcDecimals);
  const { user, validBefore, nonce } = signed;
  const authorization = { user, amount, validAfter: 0n, validBefore: BigInt(validBefore), nonce: nonce as Hex };
  return { authorization, parts: signature };
}
