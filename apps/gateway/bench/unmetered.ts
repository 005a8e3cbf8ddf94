import { randomBytes } from "node:crypto";

import { pino } from "pino";

import { deploymentOf } from "../../../sdk/src/deployments/deployment.ts";
import { NO_USAGE } from "../../../sdk/src/gateway/cost.ts";
import { NO_RECEIPT } from "../../../sdk/src/gateway/receipt.ts";
import type { SignedReceipt } from "../../../sdk/src/gateway/receipt.ts";
import { appOf } from "../src/app.ts";
import { Gate } from "../src/auth/gate.ts";
import { RateLimit } from "../src/auth/rates.ts";
import { Sessions } from "../src/auth/sessions.ts";
import { VoucherGate } from "../src/auth/vouchers.ts";
import { servedModel } from "../src/config/models.ts";
import { readConfig } from "../src/config/read.ts";
import type { Order, Ticket } from "../src/metering/desk.ts";
import { Metrics } from "../src/observe/metrics.ts";
import type { Gateway } from "../src/routes/context.ts";
import { listen } from "../src/server.ts";
import { loadCryptography } from "../src/signatures/cryptography.ts";
import { KeptAnswers } from "../src/upstream/answers.ts";
import { Upstream } from "../src/upstream/call.ts";
import { BENCH_SECRET } from "./secret.ts";

/**
 * The gateway itself without metering: sessions, limits, time-outs, figures and log are its own, and there are no vouchers,
 * no books and no receipts. Each answer says the same instead of a receipt. It prints its port.
 */
const config = readConfig(process.argv[2]!); // the bench names it
const model = servedModel(config.models[0]!, 1_000_000n, 6); // the file has one
const deployment = deploymentOf(31_337);
const log = pino({ level: config.log.level });
const now = () => Date.now();
const rates = new RateLimit(config.limits.requestsPerMinute, now);
const sessions = new Sessions(BENCH_SECRET);
const inFlight = { count: 0 };
const models = { byName: new Map([[model.config.id, model]]), byId: new Map([[model.modelId, model]]) };
const word = `0x${randomBytes(32).toString("hex")}` as const;

const receipt: SignedReceipt = {
  ...{ requestId: word, user: deployment.addresses.meter, key: deployment.addresses.meter, modelId: 1n, number: 1n },
  ...{ previous: NO_RECEIPT, tokens: { input: 40, cached: 0, output: 100 }, used: NO_USAGE, sums: NO_USAGE },
  ...{ requestHash: word, answerHash: word, servedAt: 0n, signedWith: [word], r: word, vs: word },
};
const ticketOf = (order: Order): Ticket => ({
  ...{ order, model, discountWad: 0n },
  close: () => Promise.resolve(receipt),
  drop: () => Promise.resolve(),
});

const gateway = {
  ...{ config, deployment, models, sessions, log, now, inFlight, relayer: undefined, operatorToken: undefined },
  gate: new Gate({
    ...{ sessions, now, vouchers: new VoucherGate(deployment, models.byId, await loadCryptography()) },
    count: (key) => {
      rates.count(key);
    },
  }),
  desk: { open: (order: Order) => Promise.resolve({ kind: "served", ticket: ticketOf(order) }) },
  signer: { sign: () => Promise.resolve(receipt) },
  upstream: new Upstream(config.upstream, undefined),
  answers: new KeptAnswers(config.limits.keepAnswersBytes, config.limits.keepAnswersSeconds * 1_000, now),
  openRates: rates,
  metrics: new Metrics({ chainAge: () => 0, inFlight: () => inFlight.count, open: () => undefined }),
  health: () => ({ ok: true, problems: [] }),
};
// The routes that are asked for use no more than this.
console.log((await listen(appOf(gateway as unknown as Gateway), config)).port);
