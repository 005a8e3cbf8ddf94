import { jsonFlock, jsonMt, jsonUsdc, parseWhole } from "../../lib/command/amounts.ts";
import { show, showFlock, showMt } from "../../../sdk/src/units/show.ts";
import { claimableOf } from "../../lib/emissions/claimable.ts";
import { runCommand } from "../runCommand.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { EPOCH_DURATION, dayOf, epochAt } from "../../../sdk/src/emissions/epochs.ts";
import { jsonEarned, rewardHistory } from "../../lib/emissions/rewardHistory.ts";
import type { EarnedIn } from "../../lib/emissions/rewardHistory.ts";
import { addressOf, openSession, timeOf } from "../../lib/chain/session.ts";
import { larger } from "../../../sdk/src/units/numbers.ts";
import { tableOf } from "../../lib/command/table.ts";

interface Arguments {
  json: boolean;
  account: string | undefined;
  days: string | undefined;
}

const DEFAULT_DAYS = "30";
const MOST_DAYS = 3_650n;

/** `fomo rewards`: what an account can claim now, and how it came about. */
export default runCommand("rewards", async (args: Arguments, context) => {
  if (args.account === undefined) throw new CommandError("Say whose rewards with --account, such as --account bob.");
  const days = parseWhole("--days", args.days ?? DEFAULT_DAYS, 1n, MOST_DAYS);
  const session = await openSession(context);
  const account = await addressOf(session, "--account", args.account);
  const time = await timeOf(session);
  const since = larger(time - days * EPOCH_DURATION, 0n);
  const { earned, claims } = await context.out.during("Reading events", rewardHistory(session, account, since, time));
  const current = epochAt(time);
  const models = (await claimableOf(session, account)).filter(
    ({ flock, mt, weight, issuerBonus }) => flock + mt + weight + issuerBonus !== 0n,
  );

  const { out, usdcDecimals } = session;
  out.say(`What ${account} can claim now:`);
  out.say(models.length === 0 ? "nothing." : "");
  if (models.length !== 0) {
    out.say(
      tableOf(
        [">model", ">FLOCK", ">MT", ">issuer's bonus (FLOCK)", "still to come"],
        models.map(({ modelId, flock, mt, epoch, weight, issuerBonus }) => [
          modelId.toString(),
          show(flock),
          show(mt),
          show(issuerBonus),
          epoch === current && weight !== 0n ? `${show(weight, usdcDecimals)} USDC weigh in the open epoch` : "",
        ]),
      ),
    );
  }
  out.say(`\nHow it came about, in the last ${days.toString()} days:`);
  out.say(earned.length === 0 ? "no use that weighs for rewards." : historyTable(earned, current, usdcDecimals));
  if (earned.some(({ reward }) => reward?.isCut)) {
    out.say("Cut: the part by weight was worth more than what the own net revenue may earn.");
  }
  for (const { modelId, flock, mt } of claims) {
    out.say(`Paid of model ${modelId.toString()}: ${showFlock(flock)} and ${showMt(mt)}.`);
  }
  return {
    account,
    models: models.map(({ modelId, flock, mt, epoch, weight, issuerBonus }) => ({
      modelId: Number(modelId),
      ...jsonFlock("claimable", flock),
      ...jsonMt("claimable", mt),
      ...jsonFlock("issuerBonus", issuerBonus),
      ...jsonUsdc("openWeight", epoch === current ? weight : 0n, usdcDecimals),
    })),
    history: earned.map((one) => jsonEarned(one, usdcDecimals)),
    claims: claims.map(({ modelId, flock, mt }) => ({
      modelId: Number(modelId),
      ...jsonFlock("paid", flock),
      ...jsonMt("paid", mt),
    })),
  };
});

function historyTable(all: EarnedIn[], current: bigint, decimals: number): string {
  return tableOf(
    [">model", "day", ">own weight", ">of", ">pool FLOCK", ">pool MT", ">reward FLOCK", ">reward MT", ">carried"],
    all.map((earned) => {
      const { modelId, epoch, own, rolled, reward } = earned;
      const start = [modelId.toString(), dayOf(epoch), show(own.weight, decimals, 2)];
      if (rolled === undefined || reward === undefined)
        return [...start, epoch === current ? "open" : "to be rolled", "", "", "", "", ""];
      const { pool, totals } = rolled;
      const amounts = [pool.flock, pool.mt, reward.flock, reward.mt, totals.carriedEmission];
      const [ofPool, ofPoolMt, ofOwn, ofOwnMt, carried] = amounts.map((amount) => show(amount, 18, 4));
      const cut = reward.isCut ? " (cut)" : "";
      return [
        ...start,
        show(pool.weight, decimals, 2),
        ofPool!,
        ofPoolMt!,
        `${ofOwn!}${cut}`,
        `${ofOwnMt!}${cut}`,
        carried!,
      ];
    }),
  );
}
