import { resolve } from "node:path";

import { authorizeKey, authorizeKeySigned, cancelSignedKey, revokeKey } from "../../../sdk/src/actions/usage.ts";
import { MAX_AMOUNT } from "../../../sdk/src/units/numbers.ts";
import { jsonTime, parseDecimal, parseWhole, unitsOf } from "../../lib/command/amounts.ts";
import { showTime, showUsdc } from "../../../sdk/src/units/show.ts";
import type { Decimal } from "../../lib/command/amounts.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { shownPath } from "../../lib/command/textFile.ts";
import { addressOf, openSession, signerOf, timeOf } from "../../lib/chain/session.ts";
import type { Session } from "../../lib/chain/session.ts";
import { keyStatus } from "../../lib/usage/keys.ts";
import { keyAuthorizationOf, readSignedKey, signKeyInto } from "../../lib/usage/signedKey.ts";
import type { SignedKey } from "../../lib/usage/signedKey.ts";
import { send } from "../../lib/chain/transactions.ts";
import type { Sent } from "../../lib/chain/transactions.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  key: string | undefined;
  capUsdc: string | undefined;
  expiresDays: string | undefined;
  signTo: string | undefined;
  signed: string | undefined;
  cancelSigned: boolean;
  revoke: boolean;
  show: boolean;
  account: string | undefined;
}

const DAY = 86_400n;
/** The longest life of a key: ten years are as good as for ever. */
const MAX_DAYS = 3_650n;

/** What is asked for. */
type Wish =
  | { kind: "set"; cap: Decimal; days: bigint; file: string | undefined }
  | { kind: "signed"; file: string; signed: SignedKey }
  | { kind: "revoke" | "show" | "cancel" };

/** `fomo authorize`: lets a key sign vouchers for the signer, now or by signature, takes that power back, or shows it. */
export default runCommand("authorize", async (args: Arguments, context) => {
  const wish = parseWish(args);
  const session = await openSession(context);
  if (wish.kind === "cancel") return await cancelSigned(session, args.from);
  if (wish.kind === "signed") return await submitSigned(session, args.from, wish);

  const key = await addressOf(session, "--key", args.key!); // parseWish asks for it
  if (args.account !== undefined) {
    const user = await addressOf(session, "--account", args.account);
    return { user, key, ...(await keyStatus(session, user, key)), transactions: [] };
  }
  const signer = await signerOf(session, args.from);
  const user = signer.address;
  const { out, usdcDecimals } = session;
  const { deployment } = session;

  const transactions: Sent[] = [];
  if (wish.kind === "revoke") {
    out.say(
      `Revoking the key ${key} of ${user}; it expires now, and what it has signed is collected for 48 hours more.`,
    );
    transactions.push((await send(session, signer, revokeKey(deployment, key))).sent);
  }
  if (wish.kind === "set") {
    const cap = unitsOf(wish.cap, usdcDecimals);
    const expiresAt = (await timeOf(session)) + wish.days * DAY;
    const terms = `at most ${showUsdc(cap, usdcDecimals)} until ${showTime(expiresAt)}`;
    if (wish.file !== undefined) {
      const { deadline } = await signKeyInto(session, signer, { key, cap, expiresAt }, wish.file);
      const validUntil = BigInt(deadline);
      out.say(
        `${user} has signed an authorisation of the key ${key} into ${shownPath(wish.file)}: ${terms}. Anybody can submit it with --signed until ${showTime(validUntil)}.`,
      );
      return { user, key, file: wish.file, ...jsonTime("validUntil", validUntil), transactions };
    }
    out.say(`Authorising the key ${key} for ${user}: ${terms}; a lower cap than now holds in 48 hours.`);
    transactions.push((await send(session, signer, authorizeKey(deployment, { key, cap, expiresAt }))).sent);
  }
  return { user, key, ...(await keyStatus(session, user, key)), transactions };
});

/** Reads what is asked for, and the file that holds it. */
function parseWish(args: Arguments): Wish {
  const { capUsdc, expiresDays, signTo, signed } = args;
  if (args.key === undefined && signed === undefined && !args.cancelSigned) {
    throw new CommandError("Say which key with --key, such as --key 0x….");
  }
  const setting = capUsdc !== undefined || expiresDays !== undefined || signTo !== undefined;
  if ([setting, signed !== undefined, args.cancelSigned, args.revoke, args.show].filter(Boolean).length !== 1) {
    throw new CommandError(
      "Say one thing: --cap-usdc with --expires-days, or --signed, or --cancel-signed, or --revoke, or --show.",
    );
  }
  if (args.account !== undefined && !args.show) {
    throw new CommandError("A key is authorised by its user alone: sign with --from and leave --account out.");
  }
  if (signed !== undefined || args.cancelSigned) {
    if (args.key !== undefined) throw new CommandError("The key stands in what was signed: leave --key out.");
    if (signed === undefined) return { kind: "cancel" };
    const file = resolve(signed);
    return { kind: "signed", file, signed: readSignedKey(file) };
  }
  if (!setting) return { kind: args.revoke ? "revoke" : "show" };
  if (capUsdc === undefined || expiresDays === undefined) {
    throw new CommandError("A key has both a cap and an expiry: name --cap-usdc and --expires-days.");
  }
  return {
    kind: "set",
    cap: parseDecimal("--cap-usdc", capUsdc, MAX_AMOUNT, true),
    days: parseWhole("--expires-days", expiresDays, 1n, MAX_DAYS),
    file: signTo === undefined ? undefined : resolve(signTo),
  };
}

/** Submits what a user has signed; the signer pays the gas and nothing else. */
async function submitSigned(
  session: Session,
  from: string | undefined,
  { file, signed }: { file: string; signed: SignedKey },
) {
  const authorization = keyAuthorizationOf(session, file, signed);
  const signer = await signerOf(session, from);
  const { user, key } = authorization;
  session.out.say(`Authorising the key ${key} as ${user} has signed, as ${signer.address}.`);
  const { sent } = await send(session, signer, authorizeKeySigned(session.deployment, authorization));
  return { user, key, ...(await keyStatus(session, user, key)), transactions: [sent] };
}

/** Cancels every authorisation that the signer has signed and nobody has submitted. */
async function cancelSigned(session: Session, from: string | undefined) {
  const signer = await signerOf(session, from);
  session.out.say(`Cancelling every authorisation that ${signer.address} has signed and nobody has submitted.`);
  const { sent } = await send(session, signer, cancelSignedKey(session.deployment));
  return { user: signer.address, transactions: [sent] };
}
