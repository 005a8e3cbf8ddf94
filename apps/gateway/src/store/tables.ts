import type { SqlValue, Transaction } from "./sql.ts";

/** A table that is written many rows at once. */
export interface Table {
  name: string;
  /** Columns with their types. */
  columns: Readonly<Record<string, string>>;
  /** The columns of its primary key. */
  key: readonly string[];
  /** What happens to a row that is there: it is replaced, left alone, or added to. */
  conflict: "replace" | "leave" | "add";
}

const BY_USER = { user_address: "text", key_address: "text" };
const SUMS = { units: "numeric", list: "numeric", paid: "numeric" };
const TOKENS = { input_tokens: "bigint", cached_tokens: "bigint", output_tokens: "bigint" };

export const KEYS: Table = {
  name: "keys",
  columns: {
    ...BY_USER,
    ...{ cap: "numeric", spent: "numeric", expires_at: "bigint", unsettled: "numeric", unsigned: "numeric" },
    ...{ reserved: "numeric", in_flight: "int" },
  },
  key: ["user_address", "key_address"],
  conflict: "replace",
};

export const ACCOUNTS: Table = {
  name: "accounts",
  columns: {
    ...{ user_address: "text", available: "numeric", block: "bigint", checked_at: "timestamptz" },
    ...{ unsettled: "numeric", reserved: "numeric" },
  },
  key: ["user_address"],
  conflict: "replace",
};

export const SERIES: Table = {
  name: "series",
  columns: {
    ...BY_USER,
    ...{ model_id: "bigint", discount_wad: "numeric" },
    ...{ delivered_units: "numeric", delivered_list: "numeric", delivered_paid: "numeric" },
    ...{ signed_units: "numeric", signed_list: "numeric", signed_paid: "numeric" },
    ...{ collected_units: "numeric", collected_list: "numeric", collected_paid: "numeric" },
    ...{ signature: "text", signed_at: "timestamptz", opened_at: "timestamptz", receipts: "bigint", head: "text" },
  },
  key: ["user_address", "key_address", "model_id"],
  conflict: "replace",
};

export const RESERVATIONS: Table = {
  name: "reservations",
  columns: {
    ...{
      request_id: "text",
      gateway: "text",
      ...BY_USER,
      model_id: "bigint",
      amount: "numeric",
      made_at: "timestamptz",
    },
  },
  key: ["request_id"],
  conflict: "leave",
};

export const REQUESTS: Table = {
  name: "requests",
  columns: {
    ...{ request_id: "text", ...BY_USER, model_id: "bigint", number: "bigint", previous: "text", ...TOKENS, ...SUMS },
    ...{ units_sum: "numeric", list_sum: "numeric", paid_sum: "numeric" },
    ...{ request_hash: "text", answer_hash: "text", served_at: "bigint" },
  },
  key: ["request_id"],
  conflict: "leave",
};

export const USAGE_DAYS: Table = {
  name: "usage_days",
  columns: { ...BY_USER, model_id: "bigint", day: "date", requests: "bigint", ...TOKENS, ...SUMS },
  key: ["day", "user_address", "key_address", "model_id"],
  conflict: "add",
};

/** Writes rows, in one statement however many there are. No two of them have the same key. */
export function writeRows(
  transaction: Pick<Transaction, "send">,
  table: Table,
  rows: readonly Record<string, SqlValue>[],
): void {
  if (rows.length === 0) return;
  const names = Object.keys(table.columns);
  const lists = names.map((name) => rows.map((row) => row[name] as string | number | null));
  transaction.send(statementOf(table), lists);
}

const statements = new Map<string, string>();

function statementOf(table: Table): string {
  const id = `${table.name} ${table.conflict}`;
  const known = statements.get(id);
  if (known !== undefined) return known;
  const { name, columns, key, conflict } = table;
  const names = Object.keys(columns);
  const lists = names.map((column, index) => `$${(index + 1).toString()}::${columns[column]!}[]`);
  const changed = names.filter((column) => !key.includes(column));
  const set = changed.map((column) =>
    conflict === "add" ? `${column} = ${name}.${column} + excluded.${column}` : `${column} = excluded.${column}`,
  );
  const text = [
    `insert into ${name} (${names.join(", ")}) select * from unnest(${lists.join(", ")})`,
    `on conflict (${key.join(", ")}) do ${conflict === "leave" ? "nothing" : `update set ${set.join(", ")}`}`,
  ].join(" ");
  statements.set(id, text);
  return text;
}
