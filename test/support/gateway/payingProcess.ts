import { folderMemory } from "../../../sdk/src/node/folderMemory.ts";
import { gatewayClient } from "../../../sdk/src/gateway/client/gatewayClient.ts";
import { KEY, USER } from "../signedThings.ts";
import { chatBody } from "./chatBody.ts";

// Mocha loads every file of this folder; a process that pays is only who is started as one.
if (process.argv[1] === import.meta.filename) {
  const [url, folder] = process.argv.slice(2) as [string, string];
  const client = gatewayClient({
    ...{ url, user: USER.address, key: KEY.address, signer: KEY, memory: folderMemory(folder), retryAfterMs: 10 },
    tolerance: { lostUsdc: 10n ** 15n },
  });
  const ask = async (round: number) => {
    const body = chatBody({ stream: round % 2 === 0, model: round % 3 === 0 ? "flock/small" : "flock/large" });
    await (await client.fetch(`${url}/v1/chat/completions`, { method: "POST", body })).text();
  };
  // It asks until it is killed.
  const askOn = async (lane: number) => {
    for (let round = lane; ; round++) await ask(round);
  };
  await client.terms();
  process.send!("begun");
  await Promise.all([askOn(0), askOn(1), askOn(2)]);
}
