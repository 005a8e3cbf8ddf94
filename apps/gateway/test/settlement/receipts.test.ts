import assert from "node:assert/strict";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { gatewayClient } from "../../../../sdk/src/gateway/client/gatewayClient.ts";
import { folderMemory } from "../../../../sdk/src/node/folderMemory.ts";
import { DEPLOYMENT, liveChain } from "../support/chain.ts";
import { fomo } from "../support/fomo.ts";
import { testGateway } from "../support/gateways.ts";
import type { TestGateway } from "../support/gateways.ts";
import { newUser } from "../support/users.ts";
import { newFolder } from "./logs.ts";

const TOKEN = "a token";

describe("fomo receipts on a gateway's store", () => {
  const folder = newFolder();
  let gateway: TestGateway;
  before(async () => {
    gateway = await testGateway({ environment: { FOMO_OPERATOR_TOKEN: TOKEN } });
    const user = await newUser(await liveChain(), 1_000_000n);
    const client = gatewayClient({
      ...{ url: gateway.url, user: user.address, key: user.address, signer: user, deployment: DEPLOYMENT },
      memory: folderMemory(folder),
    });
    for (const content of ["One", "Two", "Three"]) {
      const body = JSON.stringify({ model: "qwen-alice", messages: [{ role: "user", content }] });
      await (await client.fetch(`${gateway.url}/v1/chat/completions`, { method: "POST", body })).text();
    }
    await client.close();
  });
  after(() => gateway.stop());

  async function receipts(): Promise<{ code: number | null; sentences: string[] }> {
    const args = ["receipts", "--folder", folder, "--store", gateway.url];
    const { code, out } = await fomo(args, { environment: { FOMO_OPERATOR_TOKEN: TOKEN } });
    const { contradictions } = JSON.parse(out) as { contradictions: { sentence: string }[] };
    return { code, sentences: contradictions.map(({ sentence }) => sentence) };
  }

  it("finds nothing where store and folder agree", async () => {
    assert.deepEqual(await receipts(), { code: 0, sentences: [] });
  });

  it("finds a voucher of the store for more than was signed in the folder", async () => {
    const file = join(folder, globSync("*/receipts.jsonl", { cwd: folder })[0]!); // the client has written it
    const lines = readFileSync(file, "utf8").split("\n");
    const last = lines.findLastIndex((line) => line.includes('"kind":"signed"'));
    writeFileSync(file, lines.toSpliced(last, 1).join("\n"));
    assert.deepEqual(await receipts(), {
      code: 2,
      sentences: ["The store has a voucher for more than was signed here."],
    });
  });
});
