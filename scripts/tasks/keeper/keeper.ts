import { MAX_AMOUNT, WAD } from "../../../sdk/src/units/numbers.ts";
import { parseAcceptance } from "../../lib/buyback/acceptance.ts";
import { openSession, signerOf } from "../../lib/chain/session.ts";
import { parseAmount, parseWhole } from "../../lib/command/amounts.ts";
import { CommandError } from "../../lib/command/commandError.ts";
import { weiOfUsd } from "../../lib/keeper/budget.ts";
import { Ledger } from "../../lib/keeper/ledger.ts";
import { requirePlatform } from "../../lib/keeper/settling.ts";
import type { Settling } from "../../lib/keeper/settling.ts";
import { parseThresholds } from "../../lib/settlement/thresholds.ts";
import { keepOn, keepOnce } from "../../lib/keeper/watch.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments {
  json: boolean;
  from: string | undefined;
  once: boolean;
  maxGasPerDay: string | undefined;
  maxUsdPerDay: string | undefined;
  ethUsd: string | undefined;
  minWorth: string | undefined;
  intervalSeconds: string | undefined;
  metricsPort: string | undefined;
  store: string | undefined;
  minUsdc: string | undefined;
  maxAgeHours: string | undefined;
  settleMinutes: string | undefined;
  slippageBps: string | undefined;
  maxMinutes: string | undefined;
}

const DEFAULT_INTERVAL = "15";
const MAX_INTERVAL = 3_600n;
const DEFAULT_SETTLE_MINUTES = "60";
/** Half of what is left after the request of a withdrawal or the end of a key. */
const MAX_SETTLE_MINUTES = 1_440n;
const MAX_PORT = 65_535n;
/** As much as a JSON number holds exactly [gas]. */
const MAX_GAS_PER_DAY = BigInt(Number.MAX_SAFE_INTEGER);

/** `fomo keeper`: all that is due, until Ctrl-C, within the limits of a day. */
export default runCommand("keeper", async (args: Arguments, context) => {
  const { limits, ...money } = parseMoney(args);
  const acceptance = parseAcceptance(args);
  const manner = parseManner(args, context.sending.options.dryRun);
  const settlingIn = parseSettling(args);
  const session = await openSession(context);
  const signer = await signerOf(session, args.from);
  if (settlingIn !== undefined) await requirePlatform(session, signer);
  const settling = settlingIn?.(session.usdcDecimals);
  const ledger = await Ledger.of(session, signer.address, limits);
  const keeper = { session, signer, ledger, ...money, ...acceptance };
  if (manner === "once") return await keepOnce(keeper, settling);
  await keepOn(keeper, { ...manner, settling });
  return undefined;
});

/** What may be spent, and on what. */
function parseMoney({ maxGasPerDay, maxUsdPerDay, ethUsd, minWorth }: Arguments) {
  const needsPrice = maxUsdPerDay !== undefined ? "--max-usd-per-day" : minWorth !== undefined ? "--min-worth" : null;
  if (needsPrice !== null && ethUsd === undefined) {
    throw new CommandError(
      `${needsPrice} needs to know what gas costs: name the price of the chain's currency with --eth-usd.`,
    );
  }
  const usd = (option: string, typed: string | undefined) =>
    typed === undefined ? undefined : parseAmount(option, typed, MAX_AMOUNT);
  const price = usd("--eth-usd", ethUsd);
  const maxUsd = usd("--max-usd-per-day", maxUsdPerDay);
  return {
    ...{ ethUsd: price, maxUsd },
    minWorth: usd("--min-worth", minWorth) ?? WAD,
    limits: {
      gas: maxGasPerDay === undefined ? undefined : parseWhole("--max-gas-per-day", maxGasPerDay, 1n, MAX_GAS_PER_DAY),
      wei: maxUsd === undefined ? undefined : weiOfUsd(maxUsd, price!), // it was asked for
    },
  };
}

/** What is settled, once the decimals of USDC are known; undefined without a store. */
function parseSettling({ store, minUsdc, maxAgeHours, settleMinutes }: Arguments) {
  if (store === undefined) {
    if ((minUsdc ?? maxAgeHours ?? settleMinutes) === undefined) return undefined;
    throw new CommandError(
      "--min-usdc, --max-age-hours and --settle-minutes are for a keeper that settles: add --store.",
    );
  }
  const thresholds = parseThresholds({ minUsdc, maxAgeHours });
  const every = parseWhole("--settle-minutes", settleMinutes ?? DEFAULT_SETTLE_MINUTES, 1n, MAX_SETTLE_MINUTES) * 60n;
  return (usdcDecimals: number): Settling => ({ store, thresholds: thresholds(usdcDecimals), every });
}

/** Whether it goes on, and how. */
function parseManner({ once, intervalSeconds, metricsPort }: Arguments, dryRun: boolean) {
  if (once || dryRun) {
    if (intervalSeconds === undefined && metricsPort === undefined) return "once";
    throw new CommandError(
      "--interval-seconds and --metrics-port are for a keeper that goes on: leave them out, or --once and --dry-run.",
    );
  }
  return {
    interval: parseWhole("--interval-seconds", intervalSeconds ?? DEFAULT_INTERVAL, 1n, MAX_INTERVAL),
    metricsPort:
      metricsPort === undefined ? undefined : Number(parseWhole("--metrics-port", metricsPort, 1n, MAX_PORT)),
  };
}
