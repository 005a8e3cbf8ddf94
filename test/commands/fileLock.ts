import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "chai";

import { withLock } from "../../scripts/lib/command/fileLock.ts";
import { shellEnvironment } from "../support/process.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const USER = join(import.meta.dirname, "..", "support", "lockUser.ts");

/** A number that no process has. */
const DEAD = "4194999";

describe("a lock that a file is", () => {
  const folder = temporaryFolder();
  const lock = join(folder, "lock");
  const busy = (pid: number) => `busy: ${pid.toString()}`;
  const take = (work: () => Promise<unknown> = () => Promise.resolve(), patience = 0) =>
    withLock(lock, { patience, busy }, work);
  const sentenceOf = async (taking: Promise<unknown>) =>
    await taking.then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );

  it("is there while somebody works, says who, and is gone afterwards", async () => {
    await take(() => {
      expect(readFileSync(lock, "utf8")).to.equal(process.pid.toString());
      return Promise.resolve();
    });
    expect(existsSync(lock)).to.equal(false);
  });

  it("is gone after work that failed", async () => {
    expect(await sentenceOf(take(() => Promise.reject(new Error("no"))))).to.equal("no");
    expect(existsSync(lock)).to.equal(false);
  });

  it("keeps out everybody else, and names who holds it", async () => {
    writeFileSync(lock, process.ppid.toString());
    expect(await sentenceOf(take())).to.equal(`busy: ${process.ppid.toString()}`);
    expect(readFileSync(lock, "utf8")).to.equal(process.ppid.toString());
    writeFileSync(lock, DEAD);
    await take();
  });

  it("keeps out a second work of the same process, too", async () => {
    const first = take(() => sleep(50));
    expect(await sentenceOf(take())).to.equal(`busy: ${process.pid.toString()}`);
    expect(readFileSync(lock, "utf8")).to.equal(process.pid.toString());
    await first;
  });

  it("lets in who waits", async () => {
    const first = take(() => sleep(50));
    await take(undefined, 5_000);
    await first;
  });

  for (const [what, text, old] of [
    ["of a process that is dead", DEAD, false],
    ["of a former process with the same number", process.pid.toString(), false],
    ["into which nothing was ever written", "", true],
  ] as const) {
    it(`is taken over at once: one ${what}`, async () => {
      writeFileSync(lock, text);
      if (old) utimesSync(lock, new Date(0), new Date(0));
      await take();
      expect(existsSync(lock)).to.equal(false);
    });
  }

  it("is not taken over while its holder may be writing it", async () => {
    writeFileSync(lock, "");
    expect(await sentenceOf(take(undefined, 300))).to.match(/^busy/);
    utimesSync(lock, new Date(0), new Date(0));
    await take(undefined, 1_000);
  });

  it("is taken over though a process was killed while it removed it", async () => {
    writeFileSync(lock, DEAD);
    writeFileSync(`${lock}.dead`, "");
    expect(await sentenceOf(take(undefined, 300))).to.match(/^busy/);
    utimesSync(`${lock}.dead`, new Date(0), new Date(0));
    await take(undefined, 2_000);
    expect(existsSync(`${lock}.dead`)).to.equal(false);
  });

  it("is taken over by one process at a time, if several find it dead at once", async function () {
    this.timeout(60_000);
    const execArgv = ["--import", import.meta.resolve("tsx/esm")];
    const users = Array.from({ length: 4 }, () => fork(USER, { env: shellEnvironment(), execArgv }));
    await Promise.all(users.map((user) => once(user, "message")));
    const log = join(folder, "log");
    writeFileSync(log, "");
    const rounds = 8;
    for (let round = 0; round < rounds; round++) {
      writeFileSync(lock, DEAD);
      const done = users.map((user) => once(user, "message"));
      for (const user of users) user.send({ lock, log });
      await Promise.all(done);
    }
    for (const user of users) user.disconnect();
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    expect(lines).to.have.length(2 * rounds * users.length);
    for (let index = 0; index < lines.length; index += 2) {
      expect(lines[index + 1]).to.equal(lines[index]!.replace("in", "out"));
    }
  });
});
