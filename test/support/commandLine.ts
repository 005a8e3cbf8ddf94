import { fork } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";
import { join } from "node:path";

import type { ProtocolAddresses } from "../../deploy/config/deployed.ts";
import type { Answer, Ended, Question } from "./commandServer.ts";
import { checkDocument } from "./documents.ts";
import { collect, runHardhat, shellEnvironment, startHardhat, stop, until } from "./process.ts";
import type { Finished } from "./process.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const SERVER = join(import.meta.dirname, "commandServer.ts");

/** A process that runs until it is stopped. */
export interface Running {
  /** Waits until it has printed something. */
  printed(pattern: RegExp): Promise<void>;
  /** Waits until it has ended by itself. */
  ended(): Promise<Finished>;
  /** Interrupts it as Ctrl-C does and waits for its end. */
  stop(): Promise<Finished>;
}

/**
 * Ways to run `hardhat fomo …` to its end. What is typed is `line`, word by word, and then `args`, each as it stands: what
 * may contain spaces, such as paths.
 */
export interface Commands {
  /** Runs `hardhat fomo …`. */
  fomo(line: string, ...args: string[]): Promise<Finished>;
  /** Runs `hardhat fomo … --json`, expects success and parses the one document. */
  json(line: string, ...args: string[]): Promise<Record<string, unknown>>;
  /** The same for a command that leaves out a part of what was asked for. */
  partial(line: string, ...args: string[]): Promise<Record<string, unknown>>;
  /** The same for a command that finds nothing to do of what was asked for. */
  nothing(line: string, ...args: string[]): Promise<Record<string, unknown>>;
  /** Runs `hardhat fomo … --json`, expects failure and gives the one sentence. */
  refusal(line: string, ...args: string[]): Promise<string>;
}

/** A command line whose `--network localhost` is one node. It runs commands in one process of their own, one by one. */
export interface CommandLine extends Commands {
  /** The same commands, each as a process of its own, as a shell runs them. */
  processes: Commands;
  /** Starts `hardhat fomo …` as a process and leaves it running. */
  start(line: string): Running;
  /** Starts a local node in the process that runs the commands, at the port of the command line. */
  becomeNode(chainId: number): Promise<ProtocolAddresses>;
  /** Ends the process that runs the commands. */
  close: () => Promise<void>;
}

/** A command line against the node at `url`. */
export function commandLine(url: string): CommandLine {
  // In CI Hardhat prints the stack of whatever is thrown. So it does here, to show that commands say one sentence.
  const environment = { CI: "true", FOMO_LOCALHOST_URL: url };
  const server = startServer(environment);
  const run = async (args: string[]): Promise<Finished> => {
    const { listening, ...finished } = (await server.ask({ run: args })) as Ended;
    checkDocument(args, finished);
    if (listening.length !== 0) throw new Error(`${args.join(" ")} still listens to ${listening.join(" and ")}`);
    return finished;
  };
  return {
    ...commandsBy(run),
    processes: commandsBy((args) => runHardhat(args, environment)),
    start(line) {
      const args = ["fomo", ...line.split(" ")];
      const child = startHardhat(args, environment);
      const output = collect(child);
      const finished = () => {
        checkDocument(args, { code: child.exitCode, ...output });
        return { code: child.exitCode, ...output };
      };
      return {
        printed: (pattern) => until(child, () => pattern.test(output.stdout) || pattern.test(output.stderr)),
        async stop() {
          await stop(child, "SIGINT");
          return finished();
        },
        async ended() {
          if (child.exitCode === null && child.signalCode === null) await once(child, "close");
          return finished();
        },
      };
    },
    async becomeNode(chainId) {
      return (await server.ask({ node: { port: Number(new URL(url).port), chainId } })) as ProtocolAddresses;
    },
    close: server.close,
  };
}

function commandsBy(run: (args: string[]) => Promise<Finished>): Commands {
  const fomo = (line: string, ...args: string[]) => run(["fomo", ...line.split(" "), ...args]);
  const endingWith =
    (expected: number) =>
    async (line: string, ...args: string[]) => {
      const { code, stdout, stderr } = await fomo(line, ...args, "--json");
      if (code !== expected) throw new Error(`fomo ${line} ended with ${String(code)}: ${stderr}`);
      return JSON.parse(stdout) as Record<string, unknown>;
    };
  return {
    fomo,
    json: endingWith(0),
    partial: endingWith(2),
    nothing: endingWith(1),
    async refusal(line, ...args) {
      const { code, stdout, stderr } = await fomo(line, ...args, "--json");
      if (code !== 1) throw new Error(`fomo ${line} ended with ${String(code)}: ${stdout}${stderr}`);
      const { error } = JSON.parse(stdout) as { error: { message: string } };
      if (!stderr.endsWith(`${error.message}\n`) || /^\s+at /m.test(stderr)) {
        throw new Error(`fomo ${line} said more than one sentence: ${stderr}`);
      }
      return error.message;
    },
  };
}

/**
 * Starts the process of `commandServer.ts`, which answers one question after the other. It ends with this process, if not
 * before, and does not keep it from ending.
 */
function startServer(environment: Record<string, string>) {
  const child = fork(SERVER, {
    cwd: ROOT,
    env: shellEnvironment(environment),
    execArgv: ["--import", import.meta.resolve("tsx/esm")],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  child.stderr!.pipe(process.stderr); // not inherited: commands must not take it for a terminal
  child.unref();
  child.channel!.unref();
  (child.stderr as Socket).unref();
  const open: { answer: (answer: Answer) => void; fail: (reason: Error) => void }[] = [];
  child.on("message", (answer: Answer) => {
    open.shift()!.answer(answer);
  });
  child.once("exit", (code) => {
    for (const { fail } of open) fail(new Error(`The process of the commands has ended with ${String(code)}`));
  });
  return {
    ask: (question: Question) =>
      new Promise<Answer>((answer, fail) => {
        open.push({ answer, fail });
        child.send(question);
      }),
    close: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}
