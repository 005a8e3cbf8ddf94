import { mkdirSync } from "node:fs";

import { PGlite } from "@electric-sql/pglite";

import { holderOf, releaseLock, takeLock } from "../../../../sdk/src/node/lockFile.ts";
import { OperatorError } from "../config/operatorError.ts";
import type { Queries, SqlValue, Store } from "./sql.ts";

/**
 * Opens the embedded store.
 * @param folder Where it is kept; undefined for one that lives in memory, for tests.
 * @throws OperatorError if a process that is alive has it open: two would spoil it.
 */
export async function openPglite(folder: string | undefined): Promise<Store> {
  const release = folder === undefined ? () => undefined : lock(folder);
  const database = await PGlite.create(folder === undefined ? {} : { dataDir: folder, relaxedDurability: false }).catch(
    (error: unknown) => {
      release();
      throw error;
    },
  );
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
    close: async () => {
      await database.close();
      release();
    },
  };
}

/** Takes a store for this process; what is given back gives it back. */
function lock(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const path = `${folder}.lock`;
  if (!takeLock(path)) {
    const holder = holderOf(path);
    const who = holder === undefined ? "Another process" : `The process ${holder.toString()}`;
    throw new OperatorError(
      `${who} has the embedded store ${folder} open: stop it, or give this gateway another \`store.folder\`.`,
    );
  }
  return () => {
    releaseLock(path);
  };
}
