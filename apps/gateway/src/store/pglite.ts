import { mkdirSync } from "node:fs";

import { PGlite } from "@electric-sql/pglite";

import type { Queries, SqlValue, Store } from "./sql.ts";

/**
 * Opens the embedded store.
 * @param folder Where it is kept; undefined for one that lives in memory, for tests.
 */
export async function openPglite(folder: string | undefined): Promise<Store> {
  if (folder !== undefined) mkdirSync(folder, { recursive: true });
  const database = await PGlite.create(folder === undefined ? {} : { dataDir: folder, relaxedDurability: false });
  const queriesOf = (client: Pick<PGlite, "query">): Queries => ({
    query: async <Row>(text: string, values: readonly SqlValue[] = []) =>
      (await client.query(text, values as unknown[])).rows as Row[],
  });
  return {
    ...queriesOf(database),
    what: "PGlite",
    isExclusive: true,
    lanes: 1,
    script: async (text) => {
      await database.exec(text);
    },
    transaction: (run) =>
      database.transaction(async (transaction) => {
        const queries = queriesOf(transaction);
        const sent: Promise<unknown>[] = [];
        const send = (text: string, values?: readonly SqlValue[]) => void sent.push(queries.query(text, values));
        const result = await run({ ...queries, send });
        await Promise.all(sent);
        return result;
      }),
    close: () => database.close(),
  };
}
