import { randomUUID } from "node:crypto";
import { dirname, join, resolve } from "node:path";

import { pino } from "pino";
import type { Logger } from "pino";

import { readOf } from "../../../sdk/src/reads/read.ts";
import type { RefusalCode } from "../../../sdk/src/gateway/wire.ts";
import { unitsOfDecimal } from "../../../sdk/src/units/numbers.ts";
import { Gate } from "./auth/gate.ts";
import { gatewayKey, keyOf, sessionSecret } from "./auth/ownKeys.ts";
import { RateLimit } from "./auth/rates.ts";
import { Sessions } from "./auth/sessions.ts";
import { ReceiptSigner } from "./auth/signer.ts";
import { VoucherGate } from "./auth/vouchers.ts";
import { appOf } from "./app.ts";
import { ChainClock } from "./chain/clock.ts";
import { isLocal, localRelayerKey } from "./chain/local.ts";
import { ChainNode } from "./chain/node.ts";
import { Relayer } from "./chain/relayer.ts";
import { SeriesReader } from "./chain/series.ts";
import { servedModel } from "./config/models.ts";
import type { ServedModel } from "./config/models.ts";
import { OperatorError } from "./config/operatorError.ts";
import { deploymentFor } from "./config/read.ts";
import type { Config } from "./config/schema.ts";
import { Desk } from "./metering/desk.ts";
import { Janitor } from "./metering/janitor.ts";
import { Ledger } from "./metering/ledger.ts";
import { Metrics } from "./observe/metrics.ts";
import type { Gateway } from "./routes/context.ts";
import { listen, stopListening } from "./server.ts";
import { startStandIn } from "./standIn/server.ts";
import { loadCryptography } from "./signatures/cryptography.ts";
import { migrate } from "./store/migrations.ts";
import { openPglite } from "./store/pglite.ts";
import { openPostgres } from "./store/postgres.ts";
import { gone } from "./store/reports.ts";
import type { Store } from "./store/sql.ts";
import { KeptAnswers } from "./upstream/answers.ts";
import { Upstream } from "./upstream/call.ts";

/** What of the environment a gateway reads. */
export interface Environment {
  DATABASE_URL?: string | undefined;
  FOMO_GATEWAY_KEY?: string | undefined;
  FOMO_RELAYER_KEY?: string | undefined;
  FOMO_OPERATOR_TOKEN?: string | undefined;
  [name: string]: string | undefined;
}

/** A gateway that serves. */
export interface RunningGateway {
  url: string;
  /** Its address, which signs receipts. */
  address: string;
  /** What its store is, in words. */
  store: string;
  /** Takes nothing new, waits for what is being served, and closes its store. */
  stop(): Promise<void>;
}

/** How long the chain or the store may be silent before the gateway says that it is not well [ms]. */
const SILENT = 30_000;

/** How long requests may take that are served when it stops [ms]. */
const DRAIN = 30_000;

/**
 * Starts a gateway.
 * @param configPath Where its file is: relative paths start there.
 * @throws OperatorError if something stands in its way that the operator can put right.
 */
export async function startGateway(
  config: Config,
  configPath: string,
  given: Environment,
  log: Logger = pino({ level: config.log.level }),
): Promise<RunningGateway> {
  // A variable that is empty is not set: an empty token would open everything to everybody.
  const environment = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== "")) as Environment;
  const node = await ChainNode.connect(config.chain.rpcUrl);
  if (config.upstream.url === "stand-in" && !isLocal(node.chainId)) {
    throw new OperatorError("The stand-in is for local chains: name the model's server in `upstream.url`.");
  }
  if (config.relay !== undefined && environment.FOMO_RELAYER_KEY === undefined && !isLocal(node.chainId)) {
    throw new OperatorError("The gateway's file has `relay`: put the relayer's key into FOMO_RELAYER_KEY.");
  }
  const deployment = deploymentFor(node.chainId, config.chain.record, configPath);
  const models = await servedModels(config, node, deployment);
  const chain = await identityOf(node);
  const folder = resolve(dirname(configPath), config.store.folder, chain);
  const cryptography = await loadCryptography();
  const key = gatewayKey(environment.FOMO_GATEWAY_KEY, folder);
  const signer = new ReceiptSigner(key, deployment, cryptography);
  const { DATABASE_URL: url } = environment;
  const store = url === undefined ? await openPglite(join(folder, "store")) : openPostgres(url);
  try {
    const { chainId, usdcDecimals, addresses } = deployment;
    await store.query("select 1").catch(() => {
      throw new OperatorError(
        `The store (${store.what}) does not answer: look at DATABASE_URL and the server behind it.`,
      );
    });
    await migrate(store, { chain, chainId, usdcDecimals, meter: addresses.meter });
    const clock = await ChainClock.start(node);
    const parts = { config, node, deployment, models, store, signer, clock, log, environment };
    return await run(parts, new VoucherGate(deployment, models.byId, cryptography), sessionSecret(key));
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface Parts {
  config: Config;
  node: ChainNode;
  deployment: Gateway["deployment"];
  models: Gateway["models"];
  store: Store;
  signer: ReceiptSigner;
  clock: ChainClock;
  log: Logger;
  environment: Environment;
}

async function run(parts: Parts, vouchers: VoucherGate, secret: Buffer): Promise<RunningGateway> {
  const { config, node, deployment, models, store, signer, clock, log, environment } = parts;
  const { limits } = config;
  const standIn = config.upstream.url === "stand-in" ? await startStandIn() : undefined;
  const upstreamUrl = standIn?.url ?? config.upstream.url;
  if (standIn !== undefined) log.warn({ upstream: upstreamUrl }, "a stand-in answers, and no model");
  const now = () => Date.now();
  const name = randomUUID();
  const ledger = new Ledger({
    ...{ store, gateway: name, digest: signer.digest, now: () => ({ wall: now(), chain: clock.now() }) },
    ran: (books) => {
      gateway.metrics.batches.inc({ books });
    },
    limits: {
      requestsInFlight: limits.requestsInFlight,
      mostOfRequest: [...models.byId.values()].reduce((most, model) => (model.most > most ? model.most : most), 0n),
      settlementSeconds: BigInt(config.settlementSeconds),
      staleAfter: config.chain.staleSeconds * 1_000,
    },
  });
  const reader = new SeriesReader(node, deployment);
  const desk = new Desk({ ledger, reader, models: models.byId, freshFor: config.chain.freshSeconds * 1_000, now });
  const janitor = new Janitor({
    store,
    gateway: name,
    ledger,
    desk,
    keepReceiptsDays: config.store.keepReceiptsDays,
    log,
  });
  const rates = new RateLimit(limits.requestsPerMinute, now);
  const sessions = new Sessions(secret);
  const inFlight = { count: 0 };
  let isStopping = false;
  const gateway: Gateway = {
    ...{ config, deployment, models, desk, sessions, signer, reader, store, log, now, inFlight },
    gate: new Gate({ sessions, vouchers, now, count: (key) => { rates.count(key); } }), // prettier-ignore
    upstream: new Upstream({ ...config.upstream, url: upstreamUrl }, upstreamKey(config, environment)),
    answers: new KeptAnswers(limits.keepAnswersBytes, limits.keepAnswersSeconds * 1_000, now),
    openRates: new RateLimit(limits.openRequestsPerMinute, now),
    relayer: relayerOf(parts),
    operatorToken: environment.FOMO_OPERATOR_TOKEN,
    metrics: new Metrics({ chainAge: () => clock.age(), inFlight: () => inFlight.count, open: () => janitor.open() }),
    health: () => {
      const problems = [
        ...(isStopping ? ["it is stopping"] : []),
        ...(clock.age() > SILENT ? ["the chain does not answer"] : []),
        ...(janitor.age() > SILENT ? ["the store does not answer"] : []),
      ];
      return { ok: problems.length === 0, problems };
    },
  };
  await janitor.start();
  const refused = (code: RefusalCode) => {
    gateway.metrics.refusals.inc({ code });
  };
  const listening = await listen(appOf(gateway), config, refused).catch(async (error: unknown) => {
    janitor.stop();
    clock.stop();
    await standIn?.stop();
    throw error;
  });
  const url = `http://${config.listen.host}:${listening.port.toString()}`;
  log.info({ url, gateway: signer.address, store: store.what, chainId: deployment.chainId }, "serving");
  return {
    ...{ url, address: signer.address, store: store.what },
    stop: async () => {
      isStopping = true;
      await stopListening(listening, DRAIN);
      janitor.stop();
      clock.stop();
      await ledger.drain();
      await gone(store, name);
      await store.close();
      await standIn?.stop();
    },
  };
}

/** The models of the file with what the chain says of them. @throws OperatorError if one is not served under its name. */
async function servedModels(
  { models }: Config,
  node: ChainNode,
  deployment: Gateway["deployment"],
): Promise<Gateway["models"]> {
  const served: ServedModel[] = [];
  for (const model of models) {
    const id = BigInt(model.modelId);
    const [terms, apiId] = await Promise.all([
      node.ask(readOf(deployment, "registry", "usageTermsOf", [id])),
      node.ask(readOf(deployment, "registry", "apiIdOf", [id])),
    ]).catch(() => {
      throw new OperatorError(`The chain knows no model ${id.toString()}: name one that has graduated.`);
    });
    if (apiId !== model.id) {
      throw new OperatorError(
        apiId === ""
          ? `The model ${id.toString()} has no API id on chain: record one with \`fomo endpoint\`.`
          : `The model ${id.toString()} is called "${apiId}" on chain, and "${model.id}" in the gateway's file: make them the same.`,
      );
    }
    served.push(servedModel(model, terms.minimumPrice, deployment.usdcDecimals));
  }
  const byName = new Map(served.map((model) => [model.config.id, model]));
  const byId = new Map(served.map((model) => [model.modelId, model]));
  if (byId.size === served.length && byName.size === served.length) return { byName, byId };
  throw new OperatorError("The gateway's file names a model twice.");
}

/** What tells the chain from all others: a local one has its id together with others. */
const identityOf = async (node: ChainNode): Promise<string> =>
  isLocal(node.chainId) ? `${node.chainId.toString()}-${(await node.genesis()).slice(2, 18)}` : node.chainId.toString();

function upstreamKey({ upstream: { apiKeyVariable } }: Config, environment: Environment): string | undefined {
  if (apiKeyVariable === undefined) return undefined;
  const key = environment[apiKeyVariable];
  if (key !== undefined) return key;
  throw new OperatorError(
    `The environment has no ${apiKeyVariable}, which the gateway's file names for the upstream's key.`,
  );
}

function relayerOf({ config, node, deployment, store, environment }: Parts): Relayer | undefined {
  const { relay } = config;
  if (relay === undefined) return undefined;
  const named = environment.FOMO_RELAYER_KEY; // without it the chain is a local one
  return new Relayer({
    ...{ node, url: config.chain.rpcUrl, deployment, store },
    key: named === undefined ? localRelayerKey() : keyOf(named, "FOMO_RELAYER_KEY"),
    limits: {
      leastDeposit: unitsOfDecimal(relay.leastDepositUsdc, deployment.usdcDecimals),
      weiPerDay: unitsOfDecimal(relay.etherPerDay, 18),
    },
  });
}
