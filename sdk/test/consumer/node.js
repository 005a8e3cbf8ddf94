import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ZERO_ADDRESS, gatewayClient } from "fomo-sdk";
import { folderMemory } from "fomo-sdk/node";

const folder = mkdtempSync(join(tmpdir(), "fomo-memory-"));
const place = { url: "http://127.0.0.1:1", user: ZERO_ADDRESS, key: ZERO_ADDRESS };
const memory = folderMemory(folder);
const first = await memory.open(place);
await first.append({ kind: "forgiven", modelId: 1 });
const isLocked = await codeOf(memory.open(place));
await first.close();
const again = await memory.open(place);
const client = gatewayClient({ ...place, signer: () => Promise.reject(new Error("nothing is to be signed")) });
const asked = client.fetch(`${place.url}/v1/chat/completions`, { method: "POST", body: "{}" });
const result = { remembered: again.entries.length, isLocked, asksPlatform: await codeOf(asked) };
process.stdout.write(JSON.stringify({ version: process.version, result }));
rmSync(folder, { recursive: true });

async function codeOf(failing) {
  try {
    await failing;
    return undefined;
  } catch (error) {
    return error.code;
  }
}
