import { mock } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { expect } from "chai";

import { DeploymentProgress, transactionsOfDeployment } from "../../scripts/lib/chain/deploymentProgress.ts";
import { Output } from "../../scripts/lib/command/output.ts";
import { START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";

describe("progress", () => {
  describe("without a terminal", () => {
    let said: string[];
    let finish: () => void;
    let waiting: Promise<void>;
    /** Begins to wait for work that ends with `finish`. */
    const wait = (what: string | (() => string)) => {
      const work = new Promise<void>((resolve) => (finish = resolve));
      waiting = new Output(true).during(what, work);
    };
    const pass = (seconds: number) => {
      mock.timers.tick(seconds * 1_000);
    };

    beforeEach(() => {
      said = [];
      mock.timers.enable({ apis: ["setInterval"] });
      mock.method(process.stderr, "write", (text: string) => said.push(text));
    });
    afterEach(async () => {
      finish();
      await waiting;
      mock.restoreAll();
      mock.timers.reset();
    });

    it("is not told of what is done at once", () => {
      wait("Compiling");
      pass(2.9);
      expect(said).to.deep.equal([]);
    });

    it("is told once of what takes longer than three seconds", () => {
      wait("Compiling");
      pass(3);
      expect(said).to.deep.equal(["Compiling …\n"]);
      pass(60);
      expect(said).to.have.length(1);
    });

    it("is told again when it has changed", () => {
      let done = 12;
      wait(() => `Deploying: ${done.toString()} of 45`);
      pass(3);
      done = 20;
      pass(1);
      done = 30;
      pass(2);
      expect(said).to.deep.equal(["Deploying: 12 of 45 …\n", "Deploying: 30 of 45 …\n"]);
    });

    it("ends with the work", async () => {
      let done = 1;
      wait(() => `Deploying: ${done.toString()}`);
      finish();
      await waiting;
      done = 2;
      pass(60);
      expect(said).to.deep.equal([]);
    });
  });

  describe("of the deployment on a local chain", function () {
    this.timeout(60_000);

    let node: Node;
    before(async function () {
      this.timeout(START_TIMEOUT);
      node = await freshNode();
    });

    it("counts every transaction of Ignition", async () => {
      const [total, blocks] = [await transactionsOfDeployment(), Number(await node.blocks())];
      // After them the accounts are funded.
      expect(blocks).to.be.within(total, total + 20);
    });

    it("says how many of them are done", async () => {
      const progress = new DeploymentProgress(node.url);
      const silent = new DeploymentProgress("http://127.0.0.1:1"); // where nothing answers
      expect(progress.describe()).to.equal("Deploying the protocol");
      while (!progress.describe().includes(" of ")) await sleep(50);
      const total = (await transactionsOfDeployment()).toString();
      expect(progress.describe()).to.equal(`Deploying the protocol: ${total} of ${total} transactions`);
      expect(silent.describe()).to.equal("Deploying the protocol");
      progress.stop();
      silent.stop();
    });
  });
});
