import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";

import { OperatorError } from "../../src/config/operatorError.ts";
import { testGateway } from "../support/gateways.ts";
import { listening } from "../support/listening.ts";

describe("a gateway on a public chain", () => {
  /** A node of Base that knows nothing more. */
  const node = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { id, method } = JSON.parse(Buffer.concat(chunks).toString()) as { id: number; method: string };
      const answer = method === "eth_chainId" ? { result: "0x2105" } : { error: { code: -32_601, message: "no" } };
      response.end(JSON.stringify({ jsonrpc: "2.0", id, ...answer }));
    });
  });
  let rpcUrl: string;
  before(async () => {
    rpcUrl = await listening(node);
  });
  after(() => {
    node.close();
    node.closeAllConnections();
  });

  const refusalOf = async (options: Parameters<typeof testGateway>[0]) => {
    const error: unknown = await testGateway({ ...options, chain: { rpcUrl } }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof OperatorError, String(error));
    return error.message;
  };

  it("does not start with the stand-in for a model", async () => {
    assert.match(await refusalOf({}), /^The stand-in is for local chains: name the model's server/);
  });

  it("does not start as a relayer without a key of its own", async () => {
    const upstream = { url: "http://127.0.0.1:9/v1" };
    assert.match(await refusalOf({ upstream, relay: true }), /put the relayer's key into FOMO_RELAYER_KEY/);
    assert.match(
      await refusalOf({ upstream, relay: true, environment: { FOMO_RELAYER_KEY: "" } }),
      /put the relayer's key into FOMO_RELAYER_KEY/,
    );
  });
});
