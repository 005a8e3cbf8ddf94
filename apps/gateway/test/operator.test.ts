import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import type { RefusalDocument } from "../../../sdk/src/gateway/wire.ts";
import { OperatorError } from "../src/config/operatorError.ts";
import { rowReader } from "../src/settlement/logRow.ts";
import { DEPLOYMENT, liveChain } from "./support/chain.ts";
import { testGateway } from "./support/gateways.ts";
import type { TestGateway } from "./support/gateways.ts";
import { openClient } from "./support/rawClient.ts";
import { newUser } from "./support/users.ts";

const codeOf = async (response: Response) => ((await response.json()) as RefusalDocument).error.code;

describe("the operator's addresses", () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await testGateway({ environment: { FOMO_OPERATOR_TOKEN: "a token", DATABASE_URL: "" } });
  });
  after(() => gateway.stop());

  const ask = (path: string, token?: string) =>
    fetch(`${gateway.url}${path}`, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });

  it("are closed without the token", async () => {
    for (const token of [undefined, "", "another", "a token and more"]) {
      const response = await ask("/operator/vouchers", token);
      assert.equal(response.status, 401);
      assert.equal(await codeOf(response), "noSession");
    }
  });

  it("are not there at all if the token is not set, or empty", async () => {
    for (const environment of [{}, { FOMO_OPERATOR_TOKEN: "" }]) {
      const other = await testGateway({ environment });
      const response = await fetch(`${other.url}/operator/vouchers`, { headers: { authorization: "Bearer " } });
      assert.equal(response.status, 404);
      await other.stop();
    }
  });

  it("tell what was signed and used, a line each", async () => {
    const client = await openClient(gateway, await newUser(await liveChain(), 1_000_000n));
    await client.chat("One");
    await client.chat("Two");
    const lines = async (path: string) =>
      (await (await ask(path, "a token")).text())
        .split("\n")
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    const [voucher] = await lines("/operator/vouchers");
    assert.deepEqual([voucher!.user, voucher!.modelId, voucher!.collectedUsdc], [client.user, 1, "0"]);
    assert.match(voucher!.signature as string, /^0x[0-9a-f]{128}$/);
    const row = rowReader({ ...DEPLOYMENT, meter: DEPLOYMENT.addresses.meter })(JSON.stringify(voucher));
    assert.equal(typeof row === "object" && row.paidUsdc, voucher!.paidUsdc, "a log can have it");
    const [day] = await lines("/operator/usage-days");
    assert.deepEqual([day!.user, day!.requests], [client.user, 2]);
    assert.equal((await lines("/operator/usage-days?from=2001-01-01&to=2001-01-02")).length, 0);
    assert.equal(await codeOf(await ask("/operator/usage-days?from=yesterday", "a token")), "badRequest");
  });

  it("do not stand in the way of a sentence for a port that is taken", async () => {
    const port = Number(new URL(gateway.url).port);
    await assert.rejects(testGateway({ port }), (error: unknown) => {
      assert.ok(error instanceof OperatorError);
      assert.match(error.message, /cannot listen at 127\.0\.0\.1:\d+ \(EADDRINUSE\)/);
      return true;
    });
  });
});
