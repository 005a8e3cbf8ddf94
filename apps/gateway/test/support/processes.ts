import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { Environment } from "../../src/gateway.ts";

const MAIN = join(import.meta.dirname, "..", "..", "src", "main.ts");

/** A gateway that is a process of its own, so that it can be killed. */
export class GatewayProcess {
  readonly url: string;
  readonly #config: string;
  readonly #environment: Environment;
  #child: ChildProcess | undefined;
  said = "";

  constructor(folder: string, name: string, port: number, config: object, environment: Environment) {
    this.url = `http://127.0.0.1:${port.toString()}`;
    this.#config = join(folder, `${name}.json`);
    this.#environment = environment;
    writeFileSync(this.#config, JSON.stringify({ ...config, listen: { port } }));
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, [MAIN, "--config", this.#config], {
      ...{ env: { ...process.env, ...this.#environment }, stdio: ["ignore", "pipe", "pipe"] as const },
      cwd: join(MAIN, "..", ".."),
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (this.said += text));
    }
    for (;;) {
      if (child.exitCode !== null) throw new Error(`The gateway has ended: ${this.said}`);
      const answered = await fetch(`${this.url}/healthz`).catch(() => undefined);
      if (answered?.ok === true) return;
      await sleep(50);
    }
  }

  async kill(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    if (this.#child === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    await ended;
  }
}
