import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { after, before, describe, it } from "node:test";

import { ROOT } from "./support/fomo.ts";

const PLACES = ["http://127.0.0.1:8545", "http://127.0.0.1:8402/healthz", "http://127.0.0.1:9464/healthz"];

/** Starts `npm run up` as a shell does: in a group of its own, which Ctrl-C reaches as a whole. */
function up(): { child: ChildProcess; said: () => string; ended: Promise<number | null> } {
  const child = spawn("npm", ["run", "-s", "up"], { cwd: ROOT, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => (text += part));
  }
  return { child, said: () => text, ended: once(child, "exit").then(([code]) => code as number | null) };
}

const answers = async () =>
  await Promise.all(PLACES.map((place) => fetch(place, { method: "POST" }).then(() => true, () => false))); // prettier-ignore

describe("npm run up", () => {
  let run: ReturnType<typeof up> | undefined;
  const interrupt = () => process.kill(-run!.child.pid!, "SIGINT"); // it has started

  before(async () => {
    assert.deepEqual(await answers(), [false, false, false], "something listens where npm run up would: stop it");
  });
  after(() => {
    if (run?.child.exitCode === null && run.child.signalCode === null) interrupt();
  });

  it("refuses to start where somebody else would answer, in one sentence", async () => {
    const other = createServer().listen(8_402, "127.0.0.1");
    await once(other, "listening");
    const { said, ended } = up();
    assert.notEqual(await ended, 0);
    other.close();
    assert.match(said(), /Something listens at http:\/\/127\.0\.0\.1:8402 already, where apps\/gateway would be/);
  });

  it("starts all, and a user pays, is settled and gets a reward", async () => {
    run = up();
    const isOver = run.ended.then(() => true);
    while (!run.said().includes("Everything runs.")) {
      const ended = await Promise.race([isOver, new Promise<false>((resolve) => setTimeout(resolve, 200, false))]);
      assert.equal(ended, false, run.said());
    }
    const said = run.said();
    for (const place of ["http://127.0.0.1:8545", "http://127.0.0.1:8402", "http://127.0.0.1:9464/metrics"]) {
      assert.ok(said.includes(place), place);
    }
    assert.match(said, /2 receipts, [0-9.]+ USDC signed/);
    const [, reward] = /Bob has ([0-9,.]+) FLOCK now/.exec(said)!; // the story ends with it
    assert.ok(Number(reward!.replaceAll(",", "")) > 0);
    assert.deepEqual(await answers(), [true, true, true]);
  });

  it("stops all at Ctrl-C", async () => {
    interrupt();
    await run!.ended;
    assert.match(run!.said(), /Stopping/);
    assert.deepEqual(await answers(), [false, false, false]);
  });
});
