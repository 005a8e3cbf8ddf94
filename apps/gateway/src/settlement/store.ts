import pg from "pg";
import { z } from "zod";

import { typedText } from "../../../../sdk/src/text/plainText.ts";
import { OperatorError } from "../config/operatorError.ts";
import { inUsdc } from "../store/inUsdc.ts";
import type { RowAmounts } from "../store/inUsdc.ts";

/** How many rows are fetched at once. */
const AT_ONCE = 10_000;

/** The environment variable with the token that the gateway wants of its operator. */
export const TOKEN_VARIABLE = "FOMO_OPERATOR_TOKEN";

const placeSchema = z.object({ chainId: z.coerce.number(), meter: z.string(), usdcDecimals: z.coerce.number() });

/** For which chain and meter a store keeps what was signed. */
export type StorePlace = z.infer<typeof placeSchema>;

const amount = z.string().regex(/^\d{1,40}$/);
const decimal = z.string().regex(/^\d{1,40}(\.\d{1,30})?$/);
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/);
const moment = z.iso.datetime().nullable();

const voucherSchema = z.object({
  ...{ user: address, key: address, modelId: z.coerce.number().int(), units: amount },
  ...{ listUsdc: decimal, paidUsdc: decimal, collectedUsdc: decimal },
  ...{ signature: z.string(), openedAt: moment },
});

/** A signed voucher of a store, as a row of a log has it. */
export type StoredVoucher = z.infer<typeof voucherSchema>;

const usageDaySchema = z.object({
  ...{ user: address, key: address, modelId: z.coerce.number().int(), day: z.iso.date() },
  requests: z.coerce.number(),
  ...{ inputTokens: z.coerce.bigint(), cachedTokens: z.coerce.bigint(), outputTokens: z.coerce.bigint() },
  ...{ units: z.coerce.bigint(), list: z.coerce.bigint(), paid: z.coerce.bigint() },
});

/** What one series used on one day (UTC) [tokens, units, USDC units]. */
export type UsageDay = z.infer<typeof usageDaySchema>;

/** Days (UTC), both of them included. */
export interface Days {
  from: string;
  to: string;
}

/** What a store is asked for. */
interface Listing<Row> {
  schema: z.ZodType<Row>;
  /** Its path at a gateway. */
  path: string;
  /** Its query at a server. */
  query: string;
  parameters: string[];
  /** Makes a row of the listing of one that the query has given. */
  rowOf: (row: object, place: StorePlace) => unknown;
}

const MOMENT = `'YYYY-MM-DD"T"HH24:MI:SS"Z"'`;

const VOUCHERS: Listing<StoredVoucher> = {
  schema: voucherSchema,
  path: "operator/vouchers",
  query: `
    select user_address as "user", key_address as "key", model_id::text as "modelId", units::text, list::text, paid::text,
      collected_paid::text as collected, signature,
      to_char(opened_at at time zone 'UTC', ${MOMENT}) as "openedAt"
    from signed_vouchers`,
  parameters: [],
  rowOf: (row, { usdcDecimals }) => {
    const { list, paid, collected, ...rest } = row as RowAmounts;
    return { ...rest, ...inUsdc({ list, paid, collected }, usdcDecimals) };
  },
};

const usageDaysListing = ({ from, to }: Days): Listing<UsageDay> => ({
  schema: usageDaySchema,
  path: `operator/usage-days?from=${from}&to=${to}`,
  query: `
    select user_address as "user", key_address as "key", model_id::text as "modelId", day::text, requests::text,
      input_tokens::text as "inputTokens", cached_tokens::text as "cachedTokens", output_tokens::text as "outputTokens",
      units::text, list::text, paid::text
    from usage_days where day between $1::date and $2::date
    order by day, user_address, key_address, model_id`,
  parameters: [from, to],
  rowOf: (row) => row,
});

/** What a gateway has in its store: at a PostgreSQL server, or at the gateway that keeps it to itself. */
export interface Store {
  /** For which chain and meter it is. */
  place(): Promise<StorePlace>;
  vouchers(): AsyncGenerator<StoredVoucher>;
  usageDays(days: Days): AsyncGenerator<UsageDay>;
  close(): Promise<void>;
}

/**
 * Opens a store.
 * @param where `postgres://…`, or the `http(s)://` address of a gateway.
 * @param token What the gateway wants of its operator.
 * @throws OperatorError if it is neither, or does not answer.
 */
export async function openStore(where: string, token: string | undefined): Promise<Store> {
  const scheme = /^([a-z]+):\/\//.exec(where)?.[1];
  if (scheme === "postgres" || scheme === "postgresql") return await openServer(where);
  if (scheme === "http" || scheme === "https") return gatewayStore(where, token);
  throw new OperatorError(
    "The store must be a postgres:// URL, or the http:// or https:// address of the gateway that keeps it.",
  );
}

async function openServer(url: string): Promise<Store> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
  } catch (error) {
    throw new OperatorError(`The store cannot be opened: ${reasonOf(error)}. Check the URL, and that the server runs.`);
  }
  const askPlace = async (): Promise<StorePlace> => {
    const query = 'select chain_id::text as "chainId", meter, usdc_decimals as "usdcDecimals" from place';
    let rows: unknown[];
    try {
      ({ rows } = await client.query<object>(query));
    } catch (error) {
      throw new OperatorError(`There is no gateway's store at this URL: ${reasonOf(error)}.`);
    }
    if (rows.length === 0) throw new OperatorError("The store is empty: no gateway has used it yet.");
    return placeSchema.parse(rows[0]);
  };
  let known: Promise<StorePlace> | undefined;
  const place = () => (known ??= askPlace());
  const list = async function* <Row>({ schema, query, parameters, rowOf }: Listing<Row>): AsyncGenerator<Row> {
    const where = await place();
    await client.query("begin read only");
    await client.query(`declare rows no scroll cursor for ${query}`, parameters);
    for (;;) {
      const { rows } = await client.query<object>(`fetch ${AT_ONCE.toString()} from rows`);
      if (rows.length === 0) break;
      for (const row of rows) yield schema.parse(rowOf(row, where));
    }
    await client.query("commit");
  };
  return {
    place,
    vouchers: () => list(VOUCHERS),
    usageDays: (days) => list(usageDaysListing(days)),
    close: () => client.end(),
  };
}

function gatewayStore(base: string, token: string | undefined): Store {
  const ask = async (path: string): Promise<ReadableStream<Uint8Array>> => {
    const url = new URL(path, base.endsWith("/") ? base : `${base}/`);
    let response: Response;
    try {
      response = await fetch(url, { headers: { authorization: `Bearer ${token ?? ""}` } });
    } catch (error) {
      throw new OperatorError(`The gateway at ${typedText(base)} does not answer: ${reasonOf(error)}.`);
    }
    if (response.status === 401 || response.status === 403 || response.status === 404) {
      throw new OperatorError(
        `The gateway at ${typedText(base)} does not show its store: set ${TOKEN_VARIABLE} to the token with which it was started.`,
      );
    }
    if (response.ok && response.body !== null) return response.body;
    throw new OperatorError(
      `The gateway at ${typedText(base)} answers ${response.status.toString()}: look at its log.`,
    );
  };
  const list = async function* <Row>({ schema, path }: Listing<Row>): AsyncGenerator<Row> {
    const body = await ask(path);
    let rest = "";
    for await (const text of body.pipeThrough(new TextDecoderStream())) {
      const whole = (rest + text).split("\n");
      rest = whole.pop()!; // `split` gives one part at least
      for (const line of whole) yield schema.parse(JSON.parse(line));
    }
    if (rest !== "") throw new OperatorError(`The answer of the gateway at ${typedText(base)} breaks off: try again.`);
  };
  return {
    place: async () => placeSchema.parse(await new Response(await ask("v1/terms")).json()),
    vouchers: () => list(VOUCHERS),
    usageDays: (days) => list(usageDaysListing(days)),
    close: () => Promise.resolve(),
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
