import { parseDecimal, parseWhole, showTime, showUsdc, unitsOf } from "../../lib/command/amounts.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { addressOf, openSession, signerOf, timeOf } from "../../lib/chain/session.ts";
import { keyStatus } from "../../lib/usage/keys.ts";
import { send } from "../../lib/chain/transactions.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  key: string | undefined;
  capUsdc: string | undefined;
  expiresDays: string | undefined;
  revoke: boolean;
  show: boolean;
  account: string | undefined;
}

const DAY = 86_400n;
/** The longest life of a key: ten years are as good as for ever. */
const MAX_DAYS = 3_650n;

/** `fomo authorize`: lets a key sign vouchers for the signer, takes that power back, or shows it. */
export default runCommand<Arguments>(async (args, context) => {
  const setting = args.capUsdc !== undefined || args.expiresDays !== undefined;
  if (args.key === undefined) throw new CommandError("Say which key with --key, such as --key 0x….");
  if ([setting, args.revoke, args.show].filter(Boolean).length !== 1) {
    throw new CommandError("Say one thing: --cap-usdc with --expires-days, or --revoke, or --show.");
  }
  if (setting && (args.capUsdc === undefined || args.expiresDays === undefined)) {
    throw new CommandError("A key has both a cap and an expiry: name --cap-usdc and --expires-days.");
  }
  if (args.account !== undefined && !args.show) {
    throw new CommandError("A key is authorised by its user alone: sign with --from and leave --account out.");
  }
  const days = args.expiresDays === undefined ? 0n : parseWhole("--expires-days", args.expiresDays, 1n, MAX_DAYS);
  const typedCap = args.capUsdc === undefined ? undefined : parseDecimal("--cap-usdc", args.capUsdc, true);
  const session = await openSession(context);
  const key = await addressOf(session, "--key", args.key);
  const user =
    args.account === undefined
      ? (await signerOf(session, args.from)).address
      : await addressOf(session, "--account", args.account);
  const { out, usdcDecimals } = session;

  const transactions: object[] = [];
  if (!args.show) {
    const signer = await signerOf(session, args.from);
    const { authorizeKey, revokeKey } = session.protocol.meter.connect(signer);
    if (args.revoke) {
      out.say(
        `Revoking the key ${key} of ${user}; it expires now, and what it has signed is collected for 48 hours more.`,
      );
      transactions.push((await send(session, signer, "Revoke the key", revokeKey, key)).sent);
    } else {
      const cap = unitsOf(typedCap!, usdcDecimals);
      const expiresAt = (await timeOf(session)) + days * DAY;
      out.say(
        `Authorising the key ${key} for ${user}: at most ${showUsdc(cap, usdcDecimals)} until ${showTime(expiresAt)}; a lower cap than now holds in 48 hours.`,
      );
      transactions.push((await send(session, signer, "Authorise the key", authorizeKey, key, cap, expiresAt)).sent);
    }
  }
  return { user, key, ...(await keyStatus(session, user, key)), transactions };
});
