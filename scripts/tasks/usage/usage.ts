import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { addressOf, openSession, timeOf } from "../../lib/chain/session.ts";
import type { Session } from "../../lib/chain/session.ts";
import { parseModelId } from "../../lib/command/modelId.ts";
import { askApp } from "../../lib/settlement/app.ts";
import { parseDays } from "../../lib/usageReport/days.ts";
import { openUsage } from "../../lib/usageReport/openSeries.ts";
import type { OpenUsage } from "../../lib/usageReport/openSeries.ts";
import { describeUsage, jsonUsage } from "../../lib/usageReport/report.ts";
import { UsageDays } from "../../lib/usageReport/servedDays.ts";
import { settledDays } from "../../lib/usageReport/settledDays.ts";
import type { Asked } from "../../lib/usageReport/settledDays.ts";
import { runCommand } from "../runCommand.ts";

interface Arguments {
  json: boolean;
  store: string | undefined;
  model: string | undefined;
  user: string | undefined;
  fromDay: string | undefined;
  toDay: string | undefined;
}

/** `fomo usage`: what was used, signed, paid, settled and is open, and why something was not counted. */
export default runCommand("usage", async (args: Arguments, context) => {
  const modelId = args.model === undefined ? undefined : parseModelId(args.model);
  const session = await openSession(context);
  const { out, usdcDecimals } = session;
  const user = args.user === undefined ? undefined : await addressOf(session, "--user", args.user);
  const asked = { ...parseDays(args.fromDay, args.toDay, await timeOf(session)), modelId, user };

  const days = new UsageDays();
  const { settled, skips } = await settledDays(session, asked);
  days.addSettled(settled);
  const open = args.store === undefined ? undefined : await readStore(session, args.store, asked, days);
  const report = { days: days.list(), skips, open };
  out.say(`Usage from ${asked.from} to ${asked.to} (UTC):\n`);
  for (const line of describeUsage(report, usdcDecimals, (text) => out.inFull(text))) out.say(line);
  return { from: asked.from, to: asked.to, ...jsonUsage(report, usdcDecimals) };
});

/** Adds what a store knows to the days, and says where its vouchers stand. */
async function readStore(session: Session, store: string, asked: Asked, days: UsageDays): Promise<OpenUsage> {
  const folder = mkdtempSync(join(tmpdir(), "fomo-usage-"));
  try {
    const { from, to } = asked;
    const served = await askApp(session, { logs: [], store, usageDays: { from, to }, folder });
    await days.addServed(served.usageDays!, asked); // it was asked for
    const { summary } = await askApp(session, { logs: [], store, usageDays: null, folder });
    return await openUsage(session, summary!.vouchers, asked); // it was asked for
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
