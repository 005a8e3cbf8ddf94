import type { Logger } from "pino";

import type { Gate } from "../auth/gate.ts";
import type { RateLimit } from "../auth/rates.ts";
import type { Sessions } from "../auth/sessions.ts";
import type { ReceiptSigner } from "../auth/signer.ts";
import type { Relayer } from "../chain/relayer.ts";
import type { SeriesReader } from "../chain/series.ts";
import type { ServedModel } from "../config/models.ts";
import type { Config } from "../config/schema.ts";
import type { Deployment } from "../../../../sdk/src/deployments/deployment.ts";
import type { Desk } from "../metering/desk.ts";
import type { Metrics } from "../observe/metrics.ts";
import type { Store } from "../store/sql.ts";
import type { KeptAnswers } from "../upstream/answers.ts";
import type { Upstream } from "../upstream/call.ts";

/** Everything that routes work with. */
export interface Gateway {
  config: Config;
  deployment: Deployment;
  /** By API id, and by the model's id on chain. */
  models: { byName: ReadonlyMap<string, ServedModel>; byId: ReadonlyMap<bigint, ServedModel> };
  desk: Desk;
  gate: Gate;
  sessions: Sessions;
  signer: ReceiptSigner;
  reader: SeriesReader;
  store: Store;
  upstream: Upstream;
  answers: KeptAnswers;
  /** For what needs no session, by address. */
  openRates: RateLimit;
  /** Undefined if it submits nothing for users. */
  relayer: Relayer | undefined;
  /** What the operator has to show; undefined if the operator's addresses are off. */
  operatorToken: string | undefined;
  metrics: Metrics;
  log: Logger;
  /** [ms] */
  now: () => number;
  /** Whether requests are taken, and why not. */
  health: () => { ok: boolean; problems: string[] };
  /** How many requests are being served. */
  inFlight: { count: number };
}
