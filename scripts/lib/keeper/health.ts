import { once } from "node:events";
import { createServer } from "node:http";

import { LOCAL_HOST } from "../chain/localHost.ts";
import { CommandError } from "../command/commandError.ts";

/** How long no round may have succeeded until a keeper is ill [s], if its interval is no longer. */
const PATIENCE = 300;
/** How many intervals may pass without a round until it is ill. */
const INTERVALS = 4;

/** Whether a keeper does what it is there for. */
export class Health {
  readonly #patience: number;
  readonly #now: () => number;
  readonly #what: string;
  #lastAt: number | undefined;
  #reason: string | undefined;

  /**
   * @param interval From one round to the next [s].
   * @param what What a round is.
   * @param now A clock that never goes back [ms].
   */
  constructor(interval: number, what = "round", now = () => performance.now()) {
    this.#what = what;
    this.#patience = Math.max(PATIENCE, INTERVALS * interval);
    this.#now = now;
  }

  /** A round has succeeded. */
  succeeded(): void {
    this.#lastAt = this.#now();
    this.#reason = undefined;
  }

  /** A round has failed. */
  failed(reason: string): void {
    this.#reason = reason;
  }

  /** Why the keeper is ill; undefined if it is well. A single failure is no illness, nor is a round that takes a while. */
  illness(): string | undefined {
    const because = this.#reason === undefined ? "" : ` ${this.#reason}`;
    if (this.#lastAt === undefined) return `No ${this.#what} has succeeded yet.${because}`;
    const seconds = Math.floor((this.#now() - this.#lastAt) / 1_000);
    if (seconds <= this.#patience) return undefined;
    return `No ${this.#what} has succeeded for ${seconds.toString()} seconds.${because}`;
  }
}

/** What a keeper shows over HTTP. */
export interface Shown {
  metrics: () => string;
  illness: () => string | undefined;
}

/** Shows metrics and health on this machine, and to nobody else, until it is closed. */
export async function show(port: number, { metrics, illness }: Shown): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const answer = (status: number, type: string, body: string) => {
      response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    const path = request.url?.split("?")[0];
    if (request.method !== "GET" && request.method !== "HEAD") answer(405, "text/plain", "Only GET.\n");
    else if (path === "/metrics") answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics());
    else if (path === "/healthz") {
      const reason = illness();
      const body = { healthy: reason === undefined, reason: reason ?? null };
      answer(reason === undefined ? 200 : 503, "application/json", `${JSON.stringify(body)}\n`);
    } else answer(404, "text/plain", "There are /metrics and /healthz.\n");
  });
  try {
    await once(server.listen(port, LOCAL_HOST), "listening");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    throw new CommandError(
      `Port ${port.toString()} of ${LOCAL_HOST} is taken: stop what listens there, or choose another port with --metrics-port.`,
    );
  }
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://${LOCAL_HOST}:${port.toString()}`, close };
}
