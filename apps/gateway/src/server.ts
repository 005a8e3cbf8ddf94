import { createServer } from "node:http";
import type { Server } from "node:http";
import { once } from "node:events";

import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";

import type { RefusalCode } from "../../../sdk/src/gateway/wire.ts";
import { OperatorError } from "./config/operatorError.ts";
import type { Config } from "./config/schema.ts";
import { Refusal } from "./refusals/refusal.ts";

/** The most headers of a request, and their size [bytes]: vouchers for sixteen models take four thousand. */
const MOST_HEADERS = 64;
const HEADER_BYTES = 16_384;

/** How often requests that take too long are looked for [ms]. */
const LOOK_EVERY = 1_000;

/** A gateway that listens. */
export interface Listening {
  server: Server;
  port: number;
}

/**
 * Listens. Clients that send slowly, too many headers or something that is no HTTP get their answer before anything of
 * theirs reaches the gateway.
 * @param refused Told of those.
 * @throws OperatorError if it cannot.
 */
export async function listen(
  app: Hono,
  { listen: where, limits }: Config,
  refused: (code: RefusalCode) => void = () => undefined,
): Promise<Listening> {
  const answer = getRequestListener(app.fetch);
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES,
      requestTimeout: limits.receiveSeconds * 1_000,
      headersTimeout: Math.min(limits.receiveSeconds, 15) * 1_000,
      connectionsCheckingInterval: LOOK_EVERY,
      keepAliveTimeout: 65_000, // longer than that of load balancers
    },
    (request, response) => void answer(request, response),
  );
  server.maxHeadersCount = MOST_HEADERS;
  server.maxConnections = limits.connections;
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code === "ECONNRESET" || !socket.writable) {
      socket.destroy();
      return;
    }
    const { status, refusal } = refusalOf(error.code);
    refused(refusal.code);
    const body = JSON.stringify(refusal.document());
    const headers = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body).toString()}\r\nconnection: close`;
    socket.end(`HTTP/1.1 ${status}\r\n${headers}\r\n\r\n${body}`);
  });
  server.listen(where.port, where.host);
  await once(server, "listening").catch((error: unknown) => {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new OperatorError(
      `The gateway cannot listen at ${where.host}:${where.port.toString()} (${code}): choose another port with \`listen.port\`.`,
    );
  });
  const address = server.address();
  return { server, port: typeof address === "object" && address !== null ? address.port : where.port };
}

function refusalOf(code: string | undefined): { status: string; refusal: Refusal } {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return {
        status: "431 Request Header Fields Too Large",
        refusal: new Refusal("tooLarge", "The headers of the request are too large."),
      };
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return {
        status: "408 Request Timeout",
        refusal: new Refusal("tooSlow", "The request has not arrived in time."),
      };
    default:
      return { status: "400 Bad Request", refusal: new Refusal("badRequest", "The request is no HTTP.") };
  }
}

/** Stops listening, and waits for what is being served, at most so long [ms]. */
export async function stopListening({ server }: Listening, patience: number): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    server.closeAllConnections();
  }, patience);
  await closed;
  clearTimeout(timer);
}
