import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";

import { gatewayClient } from "../../../../sdk/src/gateway/client/gatewayClient.ts";
import { folderMemory } from "../../../../sdk/src/node/folderMemory.ts";
import { DEPLOYMENT, liveChain } from "../support/chain.ts";
import { testGateway } from "../support/gateways.ts";
import type { TestGateway } from "../support/gateways.ts";
import { newUser } from "../support/users.ts";
import { newFolder } from "./logs.ts";

const ROOT = join(import.meta.dirname, "..", "..", "..", "..");
const HARDHAT = join(ROOT, "node_modules", "hardhat", "dist", "src", "cli.js");
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
    const { url } = await liveChain();
    const args = ["fomo", "receipts", "--json", "--folder", folder, "--store", gateway.url];
    const child = spawn(process.execPath, [HARDHAT, ...args], {
      cwd: ROOT,
      env: { ...process.env, NODE_OPTIONS: "", FOMO_LOCALHOST_URL: url, FOMO_OPERATOR_TOKEN: TOKEN },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const ended = once(child, "close") as Promise<[number | null]>;
    const document = JSON.parse(await text(child.stdout)) as { contradictions: { sentence: string }[] };
    return { code: (await ended)[0], sentences: document.contradictions.map(({ sentence }) => sentence) };
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
