import { fork } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "chai";

import { FomoError } from "../../sdk/src/errors/fomoError.ts";
import { folderMemory } from "../../sdk/src/node/folderMemory.ts";
import { FakeGateway, GATEWAY_URL } from "../support/gateway/fakeGateway.ts";
import { chat, clientOf, failureOf } from "../support/gateway/gatewayClient.ts";
import { listening } from "../support/gateway/httpGateway.ts";
import { shellEnvironment } from "../support/process.ts";
import { KEY, USER } from "../support/signedThings.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { scaled } from "../support/scale.ts";

const PROCESS = join(import.meta.dirname, "..", "support", "gateway", "payingProcess.ts");
const PLACE = { url: GATEWAY_URL, user: USER.address, key: KEY.address };

/** The one file of a name in a folder. */
function fileIn(folder: string, name: string): string {
  const [file, ...others] = globSync(`*/${name}`, { cwd: folder });
  expect(others).to.deep.equal([]);
  return join(folder, file!);
}

const linesIn = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n");

describe("A memory in a folder", () => {
  const root = temporaryFolder();
  let folder: string;
  let count = 0;

  beforeEach(() => {
    folder = join(root, (count++).toString());
  });

  it("lets a client go on where the last has stopped", async () => {
    const gateway = new FakeGateway();
    for (let round = 1n; round <= 3n; round++) {
      const client = clientOf(gateway, { memory: folderMemory(folder) });
      await chat(client);
      await client.close();
      expect(gateway.of(7).receipts).to.have.length(Number(round));
      expect(gateway.of(7).signed).to.deep.equal(gateway.of(7).truth);
    }
  });

  it("keeps every receipt and everything that was signed, to be shown later", async () => {
    const gateway = new FakeGateway();
    const client = clientOf(gateway, { memory: folderMemory(folder) });
    for (let round = 0; round < 3; round++) await chat(client);
    await client.close();
    const kinds = linesIn(fileIn(folder, "receipts.jsonl")).map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds.filter((kind) => kind === "receipt")).to.have.length(3);
    expect(kinds.filter((kind) => kind === "signed")).to.have.length(3);
    expect(kinds.slice(0, 4)).to.deep.equal(["place", "gateway", "prices", "prices"]);
  });

  it("is for one client at a time", async () => {
    const first = await folderMemory(folder).open(PLACE);
    const failure = await failureOf(folderMemory(folder).open(PLACE));
    expect(failure).to.be.instanceOf(FomoError).and.to.include({ code: "inUse" });
    expect(failure.message).to.match(new RegExp(`^The process ${process.pid.toString()} uses .*: give each client`));
    await folderMemory(folder).open({ ...PLACE, key: USER.address });
    await first.close();
    await folderMemory(folder).open(PLACE);
  });

  it("cuts off what a killed process had begun to write, and refuses what is broken", async () => {
    const opened = await folderMemory(folder).open(PLACE);
    await opened.append({ kind: "forgiven", modelId: 7 });
    await opened.close();
    const file = fileIn(folder, "memory.jsonl");
    appendFileSync(file, '{"kind":"forgiven","mod\u00e9');
    const again = await folderMemory(folder).open(PLACE);
    expect(again.entries).to.deep.equal([{ kind: "forgiven", modelId: 7 }]);
    await again.append({ kind: "forgiven", modelId: 9 });
    await again.close();
    expect(linesIn(file)).to.have.length(2);
    writeFileSync(file, "{]\n{}\n");
    const failure = await failureOf(folderMemory(folder).open(PLACE));
    expect(failure.message).to.match(/^Line 1 of .*memory\.jsonl cannot be read/);
    writeFileSync(file, "");
    await folderMemory(folder).open(PLACE); // nothing is locked by what has failed
  });

  it("loses nothing when its process is killed at any moment", async function () {
    this.timeout(300_000);
    const gateway = new FakeGateway({ patience: 3 });
    const { url, close } = await listening(gateway);
    try {
      for (let kill = 0; kill < scaled(4, 100); kill++) {
        const child = fork(PROCESS, [url, folder], { env: shellEnvironment(), silent: true });
        await once(child, "message");
        await sleep(100 + Math.random() * 700);
        child.kill("SIGKILL");
        await once(child, "exit");
      }
      const client = clientOf(gateway, {
        ...{ url, memory: folderMemory(folder), fetch },
        tolerance: { lostUsdc: 10n ** 15n },
      });
      await client.settleUp();
      await client.close();
      expect(gateway.series.size).to.equal(2);
      for (const { signed, truth, receipts } of gateway.series.values()) {
        expect(receipts.length).to.be.greaterThan(0);
        expect(signed).to.deep.equal(truth);
      }
    } finally {
      close();
    }
  });
});
