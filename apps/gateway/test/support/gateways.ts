import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { pino } from "pino";

import { configSchema } from "../../src/config/schema.ts";
import type { Config } from "../../src/config/schema.ts";
import { startGateway } from "../../src/gateway.ts";
import type { Environment, RunningGateway } from "../../src/gateway.ts";
import { liveChain } from "./chain.ts";

/** What a test gateway differs in. */
export interface TestGatewayOptions {
  limits?: Partial<Config["limits"]>;
  upstream?: Partial<Config["upstream"]>;
  models?: Partial<Config["models"][number]>;
  chain?: { rpcUrl?: string; freshSeconds?: number; staleSeconds?: number };
  relay?: boolean;
  /** What the relayer may spend in a day [ether]. */
  etherPerDay?: string;
  port?: number;
  environment?: Environment;
  /** Where its store is: a folder that goes with the gateway if left out. */
  folder?: string;
  settlementSeconds?: number;
}

/** A gateway of a test, and what it has logged. */
export interface TestGateway extends RunningGateway {
  config: Config;
  logged: () => string;
  folder: string;
}

/** The file of a test gateway. */
export async function testFile({
  limits,
  upstream,
  models,
  chain,
  relay,
  etherPerDay = "10",
  folder,
  port,
  settlementSeconds,
}: TestGatewayOptions): Promise<object> {
  const { url } = await liveChain();
  return {
    chain: { rpcUrl: url, freshSeconds: 1, ...chain },
    listen: { port: port ?? 0 },
    upstream: { url: "stand-in", ...upstream },
    models: [
      {
        ...{ id: "qwen-alice", modelId: 1, contextTokens: 8_192, maxOutputTokens: 1_024 },
        listUsdcPerMillionTokens: { input: "1.00", cached: "1.00", output: "2.00" },
        endpoints: ["chat", "completions", "embeddings"],
        ...models,
      },
    ],
    limits: { openRequestsPerMinute: 100_000, requestsPerMinute: 100_000, ...limits },
    ...(relay === true ? { relay: { leastDepositUsdc: "1", etherPerDay } } : {}),
    settlementSeconds: settlementSeconds ?? 3_600,
    store: { folder },
  };
}

/** Starts a gateway in this process. */
export async function testGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "fomo-gateway-"));
  const config = configSchema.parse(await testFile({ ...options, folder }));
  let said = "";
  const log = pino({ level: "debug" }, { write: (line: string) => (said += line) });
  const gateway = await startGateway(config, "test.json5", options.environment ?? {}, log);
  return {
    ...gateway,
    ...{ config, folder, logged: () => said },
    stop: async () => {
      await gateway.stop();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
