import { fork } from "node:child_process";
import { once } from "node:events";

import type { ProtocolAddresses } from "../../deploy/config/deployed.ts";
import { collect, shellEnvironment, startHardhat } from "./process.ts";
import type { Child } from "./process.ts";

/** What a deploying process is asked for. */
interface Order {
  url: string;
  /** The folder of the deployment. */
  folder: string;
}

/** How a deployment ended, unless its process was killed. */
export type Outcome = { addresses: ProtocolAddresses } | { error: string };

/** A process that has loaded everything and deploys the local parameters when it is told to. */
export interface Deployer {
  /** Begins to deploy; the promise is fulfilled when the process has ended: with nothing if it was killed. */
  begin(order: Order): Promise<Outcome | undefined>;
  kill: () => void;
}

/**
 * Starts a process that does what `fomo deploy` does when everything is checked and compiled. It does not keep this one
 * from ending.
 */
export function startDeployer(): Deployer {
  const child = fork(import.meta.filename, {
    env: shellEnvironment(),
    execArgv: ["--import", import.meta.resolve("tsx/esm")],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ready = once(child, "message");
  const ended = once(child, "exit");
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  void ended.then(() => process.off("exit", kill));
  return {
    begin: async (order) => {
      await ready;
      let outcome: Outcome | undefined;
      child.once("message", (message: Outcome) => (outcome = message));
      child.send(order);
      await ended;
      return outcome;
    },
    kill,
  };
}

/** The command itself as a process, with a file of parameters; it compiles first, and its folder is that of its chain. */
export function startDeployCommand(parameters: string): Deployer {
  let child: Child | undefined;
  return {
    begin: async ({ url }) => {
      const line = "fomo deploy --network localhost --json --parameters";
      child = startHardhat([...line.split(" "), parameters], { FOMO_LOCALHOST_URL: url });
      const printed = collect(child);
      await once(child, "close");
      if (child.signalCode !== null) return undefined;
      return child.exitCode === 0 ? (JSON.parse(printed.stdout) as Outcome) : { error: printed.stderr };
    },
    kill: () => child?.kill("SIGKILL"),
  };
}

async function serve(): Promise<void> {
  const { default: hre } = await import("hardhat");
  const { deployProtocol } = await import("../../scripts/lib/deployment/deployment.ts");
  const { localParameters } = await import("../../scripts/lib/deployment/parameterFiles.ts");
  await Promise.all([
    import("../../scripts/lib/deployment/journal/journaled.ts"),
    import("../../deploy/modules/Fomo.ts"),
    import("../../deploy/modules/LocalChain.ts"),
  ]);
  process.once("message", ({ url, folder }: Order) => {
    const deploy = async (): Promise<Outcome> => {
      try {
        const connection = await hre.network.create({ network: "localhost", override: { url } });
        const journal = { folder, artifacts: hre.artifacts };
        return { addresses: await deployProtocol(connection, localParameters(), undefined, journal) };
      } catch (error) {
        return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
      }
    };
    void deploy().then((outcome) => process.send!(outcome, () => process.exit()));
  });
  process.send!("ready");
}

// Mocha loads every file of this folder; a deployer is only who is started as one.
if (process.argv[1] === import.meta.filename) await serve();
