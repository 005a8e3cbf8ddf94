import { migrate } from "../../src/store/migrations.ts";
import { openPglite } from "../../src/store/pglite.ts";
import { openPostgres } from "../../src/store/postgres.ts";
import type { Store } from "../../src/store/sql.ts";
import { newDatabase } from "./postgres.ts";

const PLACE = {
  ...{ chain: "31337", chainId: 31_337, usdcDecimals: 6 },
  meter: "0x5FbDB2315678afecb367f032d93F642f64180aa3",
};

/** Every kind of store, empty. */
export const stores: { name: string; open: () => Promise<Store> }[] = [
  {
    name: "PGlite",
    open: async () => {
      const store = await openPglite(undefined);
      await migrate(store, PLACE);
      return store;
    },
  },
  {
    name: "PostgreSQL",
    open: async () => {
      const store = openPostgres(await newDatabase());
      await migrate(store, PLACE);
      return store;
    },
  },
];
