import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "chai";
import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { startDeployCommand, startDeployer } from "../support/deployer.ts";
import type { Deployer } from "../support/deployer.ts";
import { startChaosNode } from "../support/chaosNode.ts";
import type { Asked, ChaosNode, Misdeed } from "../support/chaosNode.ts";
import { Random } from "../support/random.ts";
import { forgetChain } from "../support/records.ts";
import { isDeep, scaled } from "../support/scale.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { expectWhole, sentBy, sentUndisturbed } from "../support/wholeDeployment.ts";

/** A local chain that nobody else uses. */
const CHAIN_ID = 31_397n;

/** How often a deployment is killed in a row, and how many deployments are. */
const KILLS = 20;
const DEPLOYMENTS = scaled(1, 20);

/** Transactions that one run sends at most before it is killed: all runs together must not finish. */
const MAX_SENT = 3n;
/** Further requests until the kill, and the time after the last of them [ms]. */
const MAX_REQUESTS = 12n;
const MAX_DELAY = 8n;

/** Blocks come by themselves, and in some runs only so: transactions hang [ms]. */
const BLOCK_INTERVAL = 60;

const SENDING = "eth_sendTransaction";

describe("Deployment: killed", function () {
  this.timeout(isDeep ? 3_600_000 : 600_000);

  const folder = temporaryFolder();
  let server: Awaited<ReturnType<typeof network.createServer>>;
  let chaos: ChaosNode;
  let chain: NetworkConnection;
  /** Transactions of an undisturbed deployment. */
  let whole: number;

  before(async () => {
    whole = await sentUndisturbed();
  });

  beforeEach(async () => {
    server = await network.createServer({ network: "default", override: { chainId: Number(CHAIN_ID) } }, "127.0.0.1");
    const { address, port } = await server.listen();
    const url = `http://${address}:${port.toString()}`;
    chaos = await startChaosNode(url);
    chain = await network.create({ network: "localhost", override: { url } });
    await chain.provider.request({ method: "evm_setIntervalMining", params: [BLOCK_INTERVAL] });
  });

  afterEach(async () => {
    chaos.close();
    await chain.close();
    await server.close();
  });

  /** Kills a run at a random request: among others before a transaction arrives, and after, before its hash is known. */
  const killAtRandom = (random: Random, kill: () => void) => {
    let sends = random.uniform(0n, MAX_SENT);
    let requests = random.uniform(0n, MAX_REQUESTS);
    const delay = Number(random.uniform(0n, MAX_DELAY));
    const fateOfLast = random.pick<Misdeed>([undefined, "swallow", "hang"]);
    const isLast = ({ method }: Asked) => {
      if (sends === 0n) return requests-- <= 0n || method === SENDING;
      if (method === SENDING) sends--;
      return false;
    };
    const reached = chaos.stopAt(isLast, fateOfLast);
    void reached.then(() => sleep(delay)).then(kill);
  };

  /** Kills a deployment twenty times in a row, lets it come to its end, and looks at what there is. */
  const killAndFinish = async (random: Random, folderOfRun: string, start: () => Deployer) => {
    const order = { url: chaos.url, folder: folderOfRun };
    let next = start();
    const done: number[] = [];
    for (let killed = 1; killed <= KILLS; killed++) {
      const deployer = next;
      next = start(); // loads while the other one works
      await chain.provider.request({ method: "evm_setAutomine", params: [random.pick([true, false])] });
      killAtRandom(random, deployer.kill);
      expect(await deployer.begin(order), `run ${killed.toString()} was killed`).to.equal(undefined);
      done.push(await sentBy(chain));
    }
    chaos.behave();
    const outcome = await next.begin(order);
    if (outcome === undefined || !("addresses" in outcome)) throw new Error(outcome?.error ?? "it was killed");
    // The kills were spread over the deployment.
    expect(new Set(done).size).to.be.greaterThan(KILLS / 2);

    await expectWhole(chain, outcome.addresses);
    expect(await sentBy(chain)).to.equal(whole);
  };

  for (let deployment = 1; deployment <= DEPLOYMENTS; deployment++) {
    it(`is whole and did nothing twice after ${KILLS.toString()} kills in a row (${deployment.toString()})`, async () => {
      const random = new Random(`kills/${deployment.toString()}`);
      await killAndFinish(random, join(folder, deployment.toString()), startDeployer);
    });
  }

  if (isDeep) {
    it(`is whole and did nothing twice after ${KILLS.toString()} kills of the command itself`, async () => {
      const parameters = join(folder, "parameters.json5");
      writeFileSync(parameters, JSON.stringify({ ...localParameters(), chainId: Number(CHAIN_ID) }));
      forgetChain(CHAIN_ID.toString());
      try {
        await killAndFinish(new Random("kills/command"), "", () => startDeployCommand(parameters));
      } finally {
        forgetChain(CHAIN_ID.toString());
      }
    });
  }
});
