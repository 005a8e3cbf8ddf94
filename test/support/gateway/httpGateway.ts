import { once } from "node:events";
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import type { FakeGateway } from "./fakeGateway.ts";

/** Lets other processes reach a fake gateway. */
export async function listening(gateway: FakeGateway): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    answer(gateway, request, response).catch(() => response.destroy()); // as a network does that loses it
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port.toString()}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(gateway: FakeGateway, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = Buffer.concat(await request.toArray());
  const { method = "GET", url = "/" } = request;
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const given = await gateway.fetch(`http://gateway.test${url}`, { method, headers, body: new Uint8Array(body) });
  response.writeHead(given.status, Object.fromEntries(given.headers));
  for await (const piece of given.body ?? []) response.write(piece);
  response.end();
}
