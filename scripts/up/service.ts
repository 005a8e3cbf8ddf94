import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** What is started. */
export interface ServiceTerms {
  /** What it is, in a word or two. */
  name: string;
  command: string;
  args: readonly string[];
  folder: string;
  environment?: Record<string, string>;
  /** Whether it is ready: asked again and again. */
  isReady: () => Promise<boolean>;
  /** How long it may take until then [s]. */
  patience: number;
}

/** Refuses to start what somebody else would answer for. @throws Error if anybody listens at an address. */
export async function requireFree(name: string, url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const probe = connect(Number(port), hostname);
  const isTaken = await once(probe, "connect").then(
    () => true,
    () => false, // nobody takes the connection
  );
  probe.destroy();
  if (isTaken) throw new Error(`Something listens at ${url} already, where ${name} would be: stop it first.`);
}

/** How long a service may take to stop, until it is killed [ms]. */
const STOPPING = 20_000;

/** How often it is asked whether it is ready [ms]. */
const ASKING = 250;

/** How much of what a service says is kept [characters]. */
const KEPT = 4_000;

/** A process that serves until it is stopped. */
export class Service {
  readonly name: string;
  readonly #child: ChildProcess;
  #said = "";

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.#said = (this.#said + text).slice(-KEPT)));
    }
  }

  /** Starts a service and waits until it is ready. @throws Error with what it said last, if it ends or takes too long. */
  static async start({ name, command, args, folder, environment, isReady, patience }: ServiceTerms): Promise<Service> {
    // A group of its own, so that Ctrl-C reaches this process alone, which stops the others in their order.
    const child = spawn(command, args, {
      ...{ cwd: folder, detached: true, stdio: ["ignore", "pipe", "pipe"] as const },
      env: { ...process.env, ...environment },
    });
    const service = new Service(name, child);
    const failed = once(child, "error").then(([error]) => error as Error);
    const until = Date.now() + patience * 1_000;
    try {
      while (!(await isReady().catch(() => false))) {
        const error = await Promise.race([failed, sleep(ASKING)]);
        if (error instanceof Error) throw error;
        if (service.hasEnded)
          throw new Error(`${name} has ended before it was ready. It said: ${service.#said.trim()}`);
        if (Date.now() > until)
          throw new Error(
            `${name} is not ready after ${patience.toString()} seconds. It said: ${service.#said.trim()}`,
          );
      }
    } catch (error) {
      await service.stop();
      throw error;
    }
    return service;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Waits until it ends by itself. */
  async ended(): Promise<string> {
    if (!this.hasEnded) await once(this.#child, "exit");
    return `${this.name} has ended. It said: ${this.#said.trim()}`;
  }

  /** Stops it. */
  async stop(): Promise<void> {
    if (this.hasEnded || this.#child.pid === undefined) return;
    const ended = once(this.#child, "exit");
    const signal = (name: NodeJS.Signals) => {
      try {
        process.kill(-this.#child.pid!, name); // it has started: see above
      } catch {
        // it has just ended
      }
    };
    signal("SIGINT");
    const timer = setTimeout(() => {
      signal("SIGKILL");
    }, STOPPING);
    await ended;
    clearTimeout(timer);
  }
}
