import pg from "pg";

import type { Queries, SqlValue, Store } from "./sql.ts";

/** How long a query may take before the connection is given up [ms]. */
const PATIENCE = 15_000;

/** Connects to a PostgreSQL server. Several gateways may share one. */
export function openPostgres(url: string, connections = 4): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: PATIENCE,
    query_timeout: PATIENCE,
    // What a gateway that was lost has begun must not hold up the others.
    idle_in_transaction_session_timeout: PATIENCE,
  });
  pool.on("error", () => undefined); // an idle connection was lost: the next query opens another, or fails and says so
  // A statement with a name is parsed once on each connection.
  const names = new Map<string, string>();
  const nameOf = (text: string) => {
    const known = names.get(text) ?? `statement_${names.size.toString()}`;
    names.set(text, known);
    return known;
  };
  const queriesOf = (client: pg.Pool | pg.PoolClient): Queries => ({
    query: async <Row>(text: string, values: readonly SqlValue[] = []) => {
      const named = values.length === 0 ? {} : { name: nameOf(text) };
      return (await client.query({ text, values: values as unknown[], ...named })).rows as Row[];
    },
  });
  return {
    ...queriesOf(pool),
    what: "PostgreSQL",
    isExclusive: false,
    script: async (text) => {
      await pool.query(text);
    },
    transaction: async (run) => {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query("begin");
        const result = await run(queriesOf(client));
        await client.query("commit");
        return result;
      } catch (error) {
        try {
          await client.query("rollback");
        } catch (lost) {
          broken = lost as Error;
        }
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}
