import pg from "pg";

import type { Queries, SqlValue, Store } from "./sql.ts";

/** How long a query may take before the connection is given up [ms]. */
const PATIENCE = 15_000;

/** A promise that may fail before anybody looks at it. Whoever does is still told. */
function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

/** Connects to a PostgreSQL server. Several gateways may share one. */
export function openPostgres(url: string, lanes = 3): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: lanes + 2, // for what is no transaction
    pipeline: true,
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
    lanes,
    script: async (text) => {
      await pool.query(text);
    },
    transaction: async (run) => {
      const client = await pool.connect();
      const queries = queriesOf(client);
      // Nothing waits for these by itself, so that they go to the server together with what follows.
      const sent: Promise<unknown>[] = [quiet(queries.query("begin"))];
      try {
        const result = await run({
          ...queries,
          send: (text, values) => void sent.push(quiet(queries.query(text, values))),
        });
        sent.push(quiet(client.query("commit")));
        await Promise.all(sent);
        client.release();
        return result;
      } catch (error) {
        await Promise.allSettled(sent);
        const undone = await client.query("rollback").catch((lost: unknown) => lost);
        client.release(undone instanceof Error ? undone : undefined);
        throw error;
      }
    },
    close: () => pool.end(),
  };
}
