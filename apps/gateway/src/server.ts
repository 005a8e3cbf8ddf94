import { createServer } from "node:http";
import type { Server } from "node:http";
import { once } from "node:events";

import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";

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
 * @throws OperatorError if it cannot.
 */
export async function listen(app: Hono, { listen: where, limits }: Config): Promise<Listening> {
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
    const { status, document } = refusalOf(error.code);
    const body = JSON.stringify(document);
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

function refusalOf(code: string | undefined): { status: string; document: unknown } {
  switch (code) {
    case "HPE_HEADER_OVERFLOW":
      return told(
        "431 Request Header Fields Too Large",
        new Refusal("tooLarge", "The headers of the request are too large."),
      );
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return told("408 Request Timeout", new Refusal("tooSlow", "The request has not arrived in time."));
    default:
      return told("400 Bad Request", new Refusal("badRequest", "The request is no HTTP."));
  }
}

const told = (status: string, refusal: Refusal) => ({ status, document: refusal.document() });

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
