import { OperatorError } from "../config/operatorError.ts";
import { PROCEDURES } from "./procedures.ts";
import type { Queries, Store } from "./sql.ts";

/** Where vouchers of a store are good. */
export interface StorePlace {
  chainId: number;
  meter: string;
  usdcDecimals: number;
  /** What tells a local chain from others with its id; the id itself for public ones. */
  chain: string;
}

/**
 * The tables. Amounts are whole USDC units. A *series* is one user, key and model. What is added up in `accounts` and `keys`
 * is over all their series, so that a request touches a row of each, however many keys a user has.
 */
const TABLES = `
  create table place_of_store (chain text not null, chain_id bigint not null, meter text not null, usdc_decimals int not null);
  create view place as select chain_id, meter, usdc_decimals from place_of_store;

  -- A user, as of a block, and what is promised against its balance. Whatever changes anything of a user counts its version.
  create table accounts (
    user_address text primary key,
    version bigint not null default 0,
    available numeric not null,
    block bigint not null,
    checked_at timestamptz not null,
    unsettled numeric not null default 0 check (unsettled >= 0),
    reserved numeric not null default 0 check (reserved >= 0)
  );
  -- A key of a user, as of its account's block. The cap is the one that holds when vouchers of now are settled; null if the user signs itself.
  create table keys (
    user_address text not null,
    key_address text not null,
    cap numeric,
    spent numeric not null,
    expires_at bigint,
    unsettled numeric not null default 0 check (unsettled >= 0),
    unsigned numeric not null default 0 check (unsigned >= 0),
    reserved numeric not null default 0 check (reserved >= 0),
    in_flight int not null default 0 check (in_flight >= 0),
    primary key (user_address, key_address)
  );
  create table series (
    user_address text not null,
    key_address text not null,
    model_id bigint not null,
    discount_wad numeric not null,
    delivered_units numeric not null, delivered_list numeric not null, delivered_paid numeric not null,
    signed_units numeric not null, signed_list numeric not null, signed_paid numeric not null,
    collected_units numeric not null, collected_list numeric not null, collected_paid numeric not null,
    signature text,
    signed_at timestamptz,
    opened_at timestamptz,
    receipts bigint not null default 0,
    head text not null,
    primary key (user_address, key_address, model_id),
    -- What is signed was delivered, and nothing is signed twice.
    check (signed_units <= delivered_units and signed_list <= delivered_list and signed_paid <= delivered_paid)
  );
  -- By a column that requests seldom change: where they change one that an index names, each leaves a row behind in each index.
  create index series_open on series (user_address) where opened_at is not null;

  -- What requests in flight may cost at most, and whose they are.
  create table gateways (gateway text primary key, seen_at timestamptz not null);
  create table reservations (
    request_id text primary key,
    gateway text not null,
    user_address text not null,
    key_address text not null,
    model_id bigint not null,
    amount numeric not null,
    made_at timestamptz not null
  );
  create index reservations_of on reservations (gateway);

  -- What was served: one row for each receipt.
  create table requests (
    request_id text primary key,
    user_address text not null,
    key_address text not null,
    model_id bigint not null,
    number bigint not null,
    previous text not null,
    input_tokens bigint not null, cached_tokens bigint not null, output_tokens bigint not null,
    units numeric not null, list numeric not null, paid numeric not null,
    units_sum numeric not null, list_sum numeric not null, paid_sum numeric not null,
    request_hash text not null,
    answer_hash text not null,
    served_at bigint not null,
    unique (user_address, key_address, model_id, number)
  );
  create index requests_by_time on requests (served_at);

  create table usage_days (
    user_address text not null,
    key_address text not null,
    model_id bigint not null,
    day date not null,
    requests bigint not null,
    input_tokens bigint not null, cached_tokens bigint not null, output_tokens bigint not null,
    units numeric not null, list numeric not null, paid numeric not null,
    primary key (day, user_address, key_address, model_id)
  );

  -- What was spent on gas for users without any [wei].
  create table relay_days (day date primary key, wei numeric not null);

  -- What a settlement reads.
  create view signed_vouchers as
    select user_address, key_address, model_id, signed_units as units, signed_list as list, signed_paid as paid,
      signature, collected_paid, signed_at, opened_at
    from series where signature is not null;
  `;

const statementsOf = (script: string): string[] =>
  script
    .replace(/--[^\n]*/g, "")
    .split(";")
    .filter((statement) => statement.trim() !== "");

/** The steps that lead to what a store has today, each with its statements; each runs once. */
const STEPS: readonly (readonly string[])[] = [[...statementsOf(TABLES), ...PROCEDURES]];

/** What several gateways that start at once wait for. */
const LOCK = 7_305_711;

/**
 * Brings a store to the tables of today.
 * @throws OperatorError if it belongs to another chain or meter, or was made by a later version.
 */
export async function migrate(store: Store, place: StorePlace): Promise<void> {
  await store.transaction(async (queries) => {
    await queries.query(`select pg_advisory_xact_lock(${LOCK.toString()})`);
    await queries.query("create table if not exists migrations (step int primary key, made_at timestamptz not null)");
    const [{ done } = { done: 0 }] = await queries.query<{ done: number }>(
      "select count(*)::int as done from migrations",
    );
    if (done > STEPS.length)
      throw new OperatorError("The store was made by a later version of the gateway: start that one.");
    for (const [index, step] of STEPS.entries()) {
      if (index < done) continue;
      for (const statement of step) await queries.query(statement);
      await queries.query("insert into migrations values ($1, now())", [index + 1]);
    }
    await requirePlace(queries, place);
  });
}

async function requirePlace(queries: Queries, { chain, chainId, meter, usdcDecimals }: StorePlace): Promise<void> {
  const [row] = await queries.query<{ chain: string; meter: string }>("select chain, meter from place_of_store");
  if (row === undefined) {
    await queries.query("insert into place_of_store values ($1, $2, $3, $4)", [chain, chainId, meter, usdcDecimals]);
  } else if (row.chain !== chain || row.meter !== meter) {
    throw new OperatorError(
      `The store belongs to the meter ${row.meter} of chain ${row.chain}, and this is ${meter} of chain ${chain}: name another store.`,
    );
  }
}
