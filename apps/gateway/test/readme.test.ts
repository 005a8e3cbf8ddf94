import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, it } from "node:test";

import { z } from "zod";

import { configSchema } from "../src/config/schema.ts";
import { STATUS } from "../src/refusals/refusal.ts";
import { liveChain } from "./support/chain.ts";
import { testGateway } from "./support/gateways.ts";

const FOLDER = join(import.meta.dirname, "..");
const README = readFileSync(join(FOLDER, "README.md"), "utf8");

/** A JSON schema, as far as it is looked at here. */
interface Schema {
  properties?: Record<string, Schema>;
  items?: Schema;
  default?: unknown;
}

/** Settings of the schema with their defaults, by their names in the README. */
function settingsIn({ properties = {} }: Schema, prefix = ""): [name: string, fallback: unknown][] {
  return Object.entries(properties).flatMap(([key, schema]): [string, unknown][] => {
    const name = `${prefix}${key}`;
    if (schema.items?.properties !== undefined) return settingsIn(schema.items, `${name}[].`);
    return schema.properties === undefined ? [[name, schema.default]] : settingsIn(schema, `${name}.`);
  });
}

/** Settings whose default is no plain value of the schema. */
const IN_WORDS = /^models\[\]\.(upstreamModel|unitsPerToken\..*)$/;

describe("the README", () => {
  it("has every setting of the file, with its default", () => {
    const [, table] = /<!-- settings -->([^]*)<!-- \/settings -->/.exec(README) ?? [];
    const rows = [...(table ?? "").matchAll(/^\| `([^`]+)` \| (.+?) \|/gm)].map(([, name, fallback]) => [
      name,
      fallback,
    ]);
    const said = new Map(rows as [string, string][]);
    const schema = z.toJSONSchema(configSchema, { io: "input", unrepresentable: "any" }) as Schema;
    const settings = settingsIn(schema).filter(([name]) => name !== "$schema");
    assert.deepEqual(
      [...said.keys()].filter((name) => name !== "relay"),
      settings.map(([name]) => name),
    );
    for (const [name, fallback] of settings) {
      if (IN_WORDS.test(name)) continue;
      const expected = fallback === undefined ? undefined : JSON.stringify(fallback);
      const shown = said.get(name);
      assert.equal(shown === "-" ? undefined : shown?.replaceAll(", ", ","), expected, name);
    }
  });

  it("has every code of a refusal, with its status", () => {
    const [, table = ""] = /^## Refusals$([^]*?)^## /m.exec(README) ?? [];
    const rows = [...table.matchAll(/^\| `(\w+)` \| (\d{3})[, \d]* \|/gm)].map(([, code, status]) => [
      code,
      Number(status),
    ]);
    assert.deepEqual(Object.fromEntries(rows), STATUS);
  });

  it("takes a newcomer with USDC and without gas to a first paid answer", { timeout: 120_000 }, async () => {
    const [gateway, chain] = [await testGateway({ relay: true }), await liveChain()];
    const [, example = ""] = /^```ts\n([^]*?)^```/m.exec(README) ?? [];
    const file = join(FOLDER, `first-${process.pid.toString()}.ts`);
    // Other tests have moved the chain's time on: what is signed must be good for longer than it is by itself.
    const replaced = [
      ["http://127.0.0.1:8402", gateway.url],
      ["http://127.0.0.1:8545", chain.url],
      ["deposit: { amount: 5_000_000n }", "deposit: { amount: 5_000_000n, validBefore: 10n ** 11n }"],
      ["cap: 5_000_000n,", "cap: 5_000_000n, deadline: 10n ** 11n,"],
    ] as const;
    for (const [one] of replaced) assert.ok(example.includes(one), one);
    writeFileSync(
      file,
      replaced.reduce((text, [one, other]) => text.replace(one, other), example),
    );
    try {
      const child = spawn(process.execPath, [file], { cwd: FOLDER, stdio: ["ignore", "pipe", "inherit"] });
      const [said] = await Promise.all([text(child.stdout), once(child, "exit")]);
      assert.match(said, /^I am a stand-in and no model\. You said: What is a bonding curve\?/);
    } finally {
      rmSync(file);
      await gateway.stop();
    }
  });
});
