import assert from "node:assert/strict";
import { mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";

import { gatewayKey, keyOf } from "../../src/auth/ownKeys.ts";
import { servedModel } from "../../src/config/models.ts";
import { OperatorError } from "../../src/config/operatorError.ts";
import { readConfig } from "../../src/config/read.ts";

const folder = mkdtempSync(join(tmpdir(), "fomo-config-"));

const fileWith = (text: string): string => {
  const file = join(folder, "gateway.json5");
  writeFileSync(file, text);
  return file;
};

/** The one sentence of what the operator has to put right. */
function problemOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    assert.ok(error instanceof OperatorError, String(error));
    assert.ok(error.message.endsWith("."), error.message);
    return error.message;
  }
  assert.fail("nothing was refused");
}

describe("the gateway's file", () => {
  it("is the one that is shipped, with defaults for what it leaves out", () => {
    const config = readConfig(join(import.meta.dirname, "..", "..", "local.json5"));
    assert.equal(config.upstream.url, "stand-in");
    assert.equal(config.limits.requestsInFlight, 8);
    assert.equal(config.models[0]!.unitsPerToken.input, 10_000n);
  });

  it("is refused with what is wrong in it", () => {
    assert.match(
      problemOf(() => readConfig(join(folder, "none.json5"))),
      /cannot be read/,
    );
    assert.match(
      problemOf(() => readConfig(fileWith("{ chain: "))),
      /is no JSON5/,
    );
    assert.match(
      problemOf(() => readConfig(fileWith("{ unknown: 1 }"))),
      /`chain`/,
    );
    const price =
      '{ chain: { rpcUrl: "http://x" }, upstream: { url: "http://x" }, models: [{ id: "a", modelId: 1, listUsdcPerMillionTokens: { input: 1, cached: "1", output: "1" }, contextTokens: 1, maxOutputTokens: 1 }] }';
    assert.match(
      problemOf(() => readConfig(fileWith(price))),
      /`models\.0\.listUsdcPerMillionTokens\.input`/,
    );
  });

  it("sells no kind of token below the floor", () => {
    const model = {
      ...{ id: "a", modelId: 1, contextTokens: 10, maxOutputTokens: 10, endpoints: ["chat" as const] },
      unitsPerToken: { input: 10_000n, cached: 2_500n, output: 10_000n },
    };
    const priced = (cached: string) =>
      servedModel({ ...model, listUsdcPerMillionTokens: { input: "1", cached, output: "1" } }, 1_000_000n, 6);
    assert.match(
      problemOf(() => priced("0.2499")),
      /sells cached tokens below the model's price floor: ask at least 250000/,
    );
    assert.equal(priced("0.25").prices.list.cached, 250_000n);
    assert.match(
      problemOf(() => priced("0.2500001")),
      /at most 6 decimals/,
    );
  });
});

describe("the gateway's key", () => {
  it("is made once, for its owner alone, and stays the same", () => {
    const own = join(folder, "own");
    const key = gatewayKey(undefined, own);
    assert.equal(key.length, 32);
    assert.deepEqual(gatewayKey(undefined, own), key);
    assert.equal(statSync(join(own, "gateway.key")).mode & 0o777, 0o600);
  });

  it("is refused without being repeated", () => {
    const sentence = problemOf(() => keyOf("0x1234secret", "FOMO_GATEWAY_KEY"));
    assert.ok(sentence.includes("FOMO_GATEWAY_KEY") && !sentence.includes("secret"));
  });
});
