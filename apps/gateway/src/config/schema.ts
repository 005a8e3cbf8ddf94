import { z } from "zod";

import { unitsOfDecimal } from "../../../../sdk/src/units/numbers.ts";

const seconds = (least: number, most: number) => z.int().min(least).max(most);
const decimal = z.string().regex(/^\d{1,12}(\.\d{1,18})?$/, 'must be a decimal number in quotes, such as "0.25"');

/** Weights have at most four decimals: they are kept in basis points. */
const weight = z
  .string()
  .regex(/^\d{1,4}(\.\d{1,4})?$/, 'must be a decimal number with at most four decimals in quotes, such as "0.25"')
  .transform((text) => unitsOfDecimal(text, 4));

const endpoint = z.enum(["chat", "completions", "embeddings"]);

/** What of the upstream's API a model has. */
export type Endpoint = z.infer<typeof endpoint>;

const modelSchema = z.strictObject({
  /** The model's API id on chain: what clients name as `model`. */
  id: z.string().min(1).max(64),
  modelId: z.int().positive(),
  /** What the upstream calls it; its API id if left out. */
  upstreamModel: z.string().min(1).optional(),
  /** List price of a million tokens [USDC]. */
  listUsdcPerMillionTokens: z.strictObject({ input: decimal, cached: decimal, output: decimal }),
  /** How many units one token is, as the launch document says ("billedUnit"). */
  unitsPerToken: z
    .strictObject({ input: weight, cached: weight, output: weight })
    .default({ input: 10_000n, cached: 10_000n, output: 10_000n }),
  contextTokens: z.int().positive(),
  maxOutputTokens: z.int().positive(),
  endpoints: z.array(endpoint).min(1).default(["chat", "completions"]),
});

/** The file of a gateway. Whatever has a default can be left out. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  chain: z.strictObject({
    rpcUrl: z.url(),
    /** The record of a deployment that this version does not know, as `fomo deploy` has written it. */
    record: z.string().optional(),
    /** What is known of a user is asked again after this [s], and is not served on after that. */
    freshSeconds: seconds(1, 600).default(10),
    staleSeconds: seconds(2, 3_600).default(120),
  }),
  listen: z
    .strictObject({ host: z.string().default("127.0.0.1"), port: z.int().min(0).max(65_535).default(8402) })
    .prefault({}),
  upstream: z.strictObject({
    /** An OpenAI-compatible server; "stand-in" starts one for trying out, on a local chain alone. */
    url: z.union([z.literal("stand-in"), z.url()]),
    /** The name of the variable of the environment that has the upstream's key. */
    apiKeyVariable: z.string().optional(),
    /** How long its first byte, and then each further one, may take [s]. */
    firstByteSeconds: seconds(1, 3_600).default(120),
    idleSeconds: seconds(1, 600).default(60),
    /** How long a request may take in all [s]. */
    requestSeconds: seconds(1, 7_200).default(900),
    /** How often a request that the upstream has not begun to answer is tried again. */
    retries: z.int().min(0).max(5).default(1),
    /** Whether each event of its streams tells the tokens so far, as that of vLLM can. */
    continuousUsage: z.boolean().default(true),
  }),
  models: z.array(modelSchema).min(1),
  limits: z
    .strictObject({
      /** How many requests of a key are served at once. */
      requestsInFlight: z.int().min(1).max(256).default(8),
      requestsPerMinute: z.int().min(1).max(1_000_000).default(600),
      /** For what needs no session, by address. */
      openRequestsPerMinute: z.int().min(1).max(1_000_000).default(60),
      bodyBytes: z.int().min(1_024).max(67_108_864).default(2_097_152),
      /** How long a client may take to send a request [s]. */
      receiveSeconds: seconds(1, 600).default(30),
      connections: z.int().min(1).max(1_000_000).default(10_000),
      /** How long an answer is kept for a client that has lost it [s], and how many bytes of answers are. */
      keepAnswersSeconds: seconds(0, 3_600).default(120),
      keepAnswersBytes: z.int().min(0).max(4_294_967_296).default(67_108_864),
    })
    .prefault({}),
  /** Whether the address of a client is what a proxy in front says (`x-forwarded-for`). */
  behindProxy: z.boolean().default(false),
  /** Vouchers are settled at least so often [s]: a key must last longer. */
  settlementSeconds: seconds(60, 172_800).default(86_400),
  /** What its relayer submits for users without gas. It needs a key in FOMO_RELAYER_KEY. */
  relay: z
    .strictObject({
      leastDepositUsdc: decimal.default("1"),
      /** The most that it spends on gas a day [ether]. */
      etherPerDay: decimal.default("0.01"),
    })
    .optional(),
  store: z
    .strictObject({
      /** Where the embedded store and the gateway's key are kept. DATABASE_URL names a PostgreSQL server instead. */
      folder: z.string().default(".data"),
      /** How long receipts are kept [days]; those that are not signed for are kept longer. */
      keepReceiptsDays: z.int().min(3).max(36_500).default(400),
    })
    .prefault({}),
  log: z.strictObject({ level: z.enum(["debug", "info", "warn", "error", "silent"]).default("info") }).prefault({}),
});

/** A gateway's file, read. */
export type Config = z.infer<typeof configSchema>;

/** One of its models. */
export type ModelConfig = Config["models"][number];
