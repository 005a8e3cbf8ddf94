import { jsonTime, parseWhole } from "../../lib/command/amounts.ts";
import { showDuration, showTime } from "../../../sdk/src/units/show.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { isLocal } from "../../lib/chain/identity.ts";
import { connectNetwork } from "../../lib/chain/session.ts";

interface Arguments {
  json: boolean;
  days: string | undefined;
  hours: string | undefined;
  minutes: string | undefined;
}

const SECONDS = { days: 86_400n, hours: 3_600n, minutes: 60n };

/** The longest leap: 100 years are enough for every date in the protocol. */
const MOST = 36_500n;

/** `fomo warp`: lets time pass on a local chain. */
export default runCommand("warp", async (args: Arguments, context) => {
  let seconds = 0n;
  for (const unit of ["days", "hours", "minutes"] as const) {
    const typed = args[unit];
    if (typed !== undefined) seconds += parseWhole(`--${unit}`, typed, 0n, MOST) * SECONDS[unit];
  }
  if (seconds === 0n) throw new CommandError("Say how much time is to pass: --days, --hours or --minutes.");
  const { connection, networkName, chainId } = await connectNetwork(context);
  if (!isLocal(chainId)) {
    throw new CommandError(`Time passes by itself on ${networkName}: only a chain of \`fomo node\` can be moved on.`);
  }
  const { provider } = connection.ethers;
  await provider.send("evm_increaseTime", [`0x${seconds.toString(16)}`]);
  await provider.send("evm_mine", []);
  const now = BigInt((await provider.getBlock("latest"))!.timestamp); // a block has just been made
  context.out.say(`The chain has moved on by ${showDuration(seconds)}: it is ${showTime(now)} there.`);
  return { passedSeconds: Number(seconds), ...jsonTime("time", now) };
});
