import type { Deployment } from "../../../../sdk/src/deployments/deployment.ts";
import { inUsdc } from "./inUsdc.ts";
import type { RowAmounts } from "./inUsdc.ts";
import type { Queries } from "./sql.ts";

/** What can be read row by row. */
export type ExportName = "vouchers" | "usageDays";

/** Days (UTC), both of them included. */
export interface Days {
  from: string | undefined;
  to: string | undefined;
}

const PAGE = 5_000;

interface Export {
  /** The query of a page: its first parameters say after which row it begins, then come those of the days, if any. */
  text: string;
  /** What says where a row stands. */
  cursor: (row: Row) => string[];
  /** What stands before all rows. */
  first: string[];
  hasDays: boolean;
  /** What is told of a row. */
  told: (row: Row, deployment: Deployment) => object;
}

type Row = Record<string, unknown>;

const MOMENT = `to_char(%s at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const momentOf = (column: string, name: string) => `${MOMENT.replace("%s", column)} as "${name}"`;

const EXPORTS: Record<ExportName, Export> = {
  vouchers: {
    first: ["", "", "-1"],
    cursor: ({ user, key, modelId }) => [String(user), String(key), String(modelId)],
    text: `
      select user_address as "user", key_address as "key", model_id::int as "modelId", units::text as units,
        list::text as list, paid::text as paid, signature, collected_paid::text as collected,
        ${momentOf("signed_at", "signedAt")}, ${momentOf("opened_at", "openedAt")}
      from signed_vouchers
      where (user_address, key_address, model_id) > ($1, $2, $3::bigint)
      order by user_address, key_address, model_id limit ${PAGE.toString()}`,
    hasDays: false,
    told: (row, { chainId, addresses, usdcDecimals }) => {
      const { list, paid, collected, user, key, modelId, units, ...rest } = row as Row & RowAmounts;
      const sums = { units, ...inUsdc({ list, paid, collected }, usdcDecimals) };
      return { chainId, meter: addresses.meter, user, key, modelId, ...sums, ...rest };
    },
  },
  usageDays: {
    first: ["0001-01-01", "", "", "-1"],
    cursor: ({ day, user, key, modelId }) => [String(day), String(user), String(key), String(modelId)],
    text: `
      select user_address as "user", key_address as "key", model_id::int as "modelId", day::text as day,
        requests::int as requests, input_tokens::text as "inputTokens", cached_tokens::text as "cachedTokens",
        output_tokens::text as "outputTokens", units::text as units, list::text as list, paid::text as paid
      from usage_days
      where (day, user_address, key_address, model_id) > ($1::date, $2, $3, $4::bigint)
        and ($5::date is null or day >= $5::date) and ($6::date is null or day <= $6::date)
      order by day, user_address, key_address, model_id limit ${PAGE.toString()}`,
    hasDays: true,
    told: (row) => row,
  },
};

/** All rows, a page after another, so that no more than one of them is in memory. */
export async function* pages(
  queries: Queries,
  deployment: Deployment,
  name: ExportName,
  { from, to }: Days,
): AsyncGenerator<object[]> {
  const { text, cursor, first, hasDays, told } = EXPORTS[name];
  const days = hasDays ? [from ?? null, to ?? null] : [];
  for (let after = first; ;) {
    const rows = await queries.query<Row>(text, [...after, ...days]);
    if (rows.length !== 0) yield rows.map((row) => told(row, deployment));
    if (rows.length < PAGE) return;
    after = cursor(rows.at(-1)!); // it is not empty
  }
}
