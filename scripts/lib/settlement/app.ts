import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

import type { Session } from "../chain/session.ts";
import { CommandError } from "../command/commandError.ts";

/** The app that reads logs and stores. It is a package of its own, and nothing here imports it. */
const APP = join("apps", "gateway");

/** What is asked of the app; see `apps/gateway/src/settlement/request.ts`. */
export interface AppRequest {
  logs: string[];
  /** Null without one. */
  store: string | null;
  /** Days (UTC) of which the store is to say what was used; null if vouchers are to be reduced. */
  usageDays: { from: string; to: string } | null;
  /** A folder for what it writes. */
  folder: string;
}

/** A row that is no good voucher. */
export interface BadRow {
  file: string;
  row: number;
  reason: string;
  sentence: string;
}

/** What the app has found in logs and stores. */
export interface Reduced {
  rows: number;
  series: number;
  good: number;
  superseded: number;
  bad: Record<string, number>;
  examples: BadRow[];
  /** A file of good vouchers as JSON lines, the highest open value first. */
  vouchers: string;
}

/** A line of what the app tells. */
interface Told {
  progress?: { step: "reading" | "checking"; done: number; of: number };
  problem?: string;
  summary?: Reduced;
  usageDays?: string;
}

/**
 * Starts the app, shows how far it is, and gives what it has found.
 * @throws CommandError if the app is not installed, or says that something is wrong with what it was asked for.
 */
export async function askApp(session: Session, request: AppRequest): Promise<Pick<Told, "summary" | "usageDays">> {
  const folder = join(session.root, APP);
  if (!existsSync(join(folder, "node_modules"))) {
    throw new CommandError(
      `Logs and stores of vouchers are read by the gateway's app, which is not installed: run \`npm ci --prefix ${APP}\` once.`,
    );
  }
  const meter = {
    chainId: Number(session.chainId),
    meter: session.deployment.addresses.meter,
    usdcDecimals: session.usdcDecimals,
  };
  return await session.out.duringSteps("Starting the app that reads vouchers", async (announce) => {
    const child = spawn(process.execPath, [join(folder, "src", "settlement", "main.ts")], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const ended = once(child, "close");
    child.stdin.on("error", () => undefined); // it has ended, and says why
    child.stdin.end(JSON.stringify({ meter, ...request }));
    let last: Told = {};
    for await (const line of createInterface({ input: child.stdout })) {
      last = JSON.parse(line) as Told;
      if (last.progress !== undefined) announce(progressInWords(last.progress));
    }
    await ended;
    if (last.problem !== undefined) throw new CommandError(last.problem);
    if (child.exitCode !== 0) throw new CommandError("The app that reads vouchers has failed: see what it says above.");
    return last;
  });
}

function progressInWords({ step, done, of }: NonNullable<Told["progress"]>): string {
  const percent = `${Math.floor((100 * done) / Math.max(1, of)).toString()}%`;
  return step === "reading" ? `Reading vouchers, ${percent}` : `Checking signatures, ${percent}`;
}
