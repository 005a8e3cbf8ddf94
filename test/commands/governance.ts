import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import JSON5 from "json5";

import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { ADDRESS, START_TIMEOUT, freshNode, valuesOf } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const DAY = 86_400;

/** How governance changes settings: proposed, waited for, cancelled, executed, in the order in which people do it. */
describe("fomo commands: settings that governance changes", function () {
  this.timeout(60_000);

  const folder = temporaryFolder();
  let node: Node;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
    await graduateModel(node.provider, node.addresses);
  });

  /** The parameters of the local chain with changes. */
  const parameterFile = (changes: object) => {
    const file = join(folder, "parameters.json5");
    writeFileSync(file, JSON5.stringify({ ...localParameters(), ...changes }));
    return file;
  };
  const callsOf = (operations: unknown) => (operations as { call: string }[]).map(({ call }) => call);
  const waitingOperations = async () => {
    const { waiting } = await node.json("operations");
    return waiting as { operation: string; call: string; executableAt: string; lapsesAt: string }[];
  };

  describe("propose", () => {
    const changes = {
      launchFeeFlock: "2000",
      bucketBps: 12,
      bandBps: 9_850,
      modelRefillSeconds: 21_600,
      dailyEmissionFlock: "30000",
      route: [],
    };
    const propose = (from: string) => [`propose --from ${from} --parameters`, parameterFile(changes)] as const;

    it("proposes nothing if the chain agrees with the file", async () => {
      const document = await node.json("propose --parameters deploy/parameters/local.json5 --from governor");
      expect(document).to.deep.equal({ dryRun: false, proposed: [], unchanged: [], transactions: [] });
    });

    it("names what differs and is changed in another way", async () => {
      const { firstTier } = localParameters();
      const dearer = { ...firstTier, computeCostUsdcPerMillionUnits: "0.30" };
      const file = parameterFile({ guardian: ADDRESS.stranger, treasury: ADDRESS.stranger, firstTier: dearer });
      const { unchanged, proposed } = await node.json("propose --dry-run --parameters", file);
      expect(proposed).to.deep.equal([]);
      expect(unchanged).to.deep.equal([
        "`guardian` (the administrator grants roles)",
        "`treasury` (its holder offers it with `fomo seat`)",
        "`firstTier.computeCostUsdcPerMillionUnits` (propose --tier 1 with --tier-file)",
      ]);
    });

    it("refuses the file of another chain", async () => {
      const sentence = await node.refusal("propose --parameters", parameterFile({ chainId: 8453 }));
      expect(sentence).to.match(/^The parameter file is for chain 8453/);
    });

    it("shows what would change, and the calls for a multisig", async () => {
      const { proposed, transactions } = await node.json("propose --dry-run --parameters", parameterFile(changes));
      const shown = valuesOf(proposed).map(({ key, from, to }) => (key === "route" ? [key, to] : [key, from, to]));
      expect(shown).to.deep.equal([
        ["launchFeeFlock", "1000", "2000"],
        ["bucketBps", "15", "12"],
        ["bandBps", "9800", "9850"],
        ["modelRefillSeconds", "18000", "21600"],
        ["route", "[]"],
        ["dailyEmissionFlock", "20000", "30000"],
      ]);
      const [{ schedule }] = proposed as [{ schedule: { to: string; data: string } }];
      expect(schedule.to).to.equal(node.addresses.accessManager);
      expect(schedule.data).to.match(/^0xf801a698/); // schedule(address,bytes,uint48)
      const planned = transactions as { what: string; data: string; gasLimit: number }[];
      expect(planned.map(({ what }) => what)).to.deep.equal(
        (proposed as { title: string }[]).map(({ title }) => `Schedule: ${title}`),
      );
      expect(planned[0]!.data).to.equal(schedule.data);
      expect(planned.every(({ gasLimit }) => gasLimit > 21_000)).to.equal(true);
      expect(await waitingOperations()).to.deep.equal([]);
    });

    it("refuses everybody but the governor", async () => {
      expect(await node.refusal(...propose("bob"))).to.match(/^AccessManagerUnauthorizedCall: 0x976E.* has no role/);
    });

    it("schedules every change as the governor", async () => {
      const { proposed, transactions } = await node.json(...propose("governor"));
      expect(transactions).to.have.length(4);
      expect(proposed).to.have.length(4);
    });

    it("refuses to schedule a change twice", async () => {
      expect(await node.refusal(...propose("governor"))).to.match(/^AccessManagerAlreadyScheduled/);
    });
  });

  describe("operations", () => {
    it("lists what waits, decoded, with its times", async () => {
      const waiting = await waitingOperations();
      expect(callsOf(waiting)).to.have.members([
        "offering.setOfferingSettings(settings = { launchFee = 2000000000000000000000, creatorFeeBps = 30, protocolFeeBps = 95, antiSnipeStartBps = 9900, antiSnipeWindow = 5880, bundleCapBps = 2500 })",
        "buyback.setBuybackSettings(settings = { bucketBps = 12, bandBps = 9850, modelMinReserve = 250000000000000000000, routeRefillDuration = 300, modelRefillDuration = 21600 })",
        "buyback.setRoute(route = [])",
        "emissions.setEmissionSettings(dailyRate = 30000000000000000000000, maxFlockPerUsdc = 200000000000000000000, maxRewardBps = 0)",
      ]);
      const { executableAt, lapsesAt } = waiting[0]!;
      expect(Date.parse(lapsesAt) - Date.parse(executableAt)).to.equal(7 * DAY * 1_000);
      const { stdout } = await node.fomo("operations");
      expect(stdout).to.contain("buyback.setRoute(route = [])").and.to.contain("executable");
    });

    it("warns of nothing while governance changes settings alone", async () => {
      const { waiting } = await node.json("operations");
      for (const { warnings } of waiting as { warnings: string[] }[]) expect(warnings).to.deep.equal([]);
      expect((await node.fomo("operations")).stdout).not.to.contain("WARNING");
    });

    describe("--cancel", () => {
      let cancel: string;
      before(async () => {
        const { operation } = (await waitingOperations()).find(({ call }) => call.startsWith("offering."))!;
        cancel = `operations --cancel --operation ${operation}`;
      });

      it("refuses who is neither guardian nor governor", async () => {
        expect(await node.refusal(`${cancel} --from bob`)).to.match(/^AccessManagerUnauthorizedCancel: 0x976E/);
      });

      it("cancels as the guardian", async () => {
        const { cancelled, waiting } = await node.json(`${cancel} --from guardian`);
        expect(cancelled).to.have.length(1);
        expect(waiting).to.have.length(3);
      });

      it("refuses what does not wait any more", async () => {
        const sentence = await node.refusal(`${cancel} --from guardian`);
        expect(sentence).to.match(/^No operation 0x\w+ is waiting: it was executed, cancelled/);
      });

      it("refuses to cancel nothing in particular", async () => {
        expect(await node.refusal("operations --cancel")).to.match(/^Say which operation to cancel/);
      });
    });

    describe("--execute", () => {
      const nothing = { executed: [], transactions: [] };
      let named: string;
      before(async () => {
        named = `operations --execute --operation ${(await waitingOperations())[0]!.operation}`;
      });

      it("finds nothing before its time", async () => {
        expect(await node.json("operations --execute --from governor")).to.deep.include(nothing);
      });

      it("refuses an operation before its time", async () => {
        expect(await node.refusal(`${named} --from governor`)).to.match(/^AccessManagerNotReady/);
      });

      it("finds nothing for others", async () => {
        await node.warp(2 * DAY);
        expect(await node.json("operations --execute --from bob")).to.deep.include(nothing);
      });

      it("refuses others", async () => {
        expect(await node.refusal(`${named} --from bob`)).to.match(/^AccessManagerUnauthorizedCall/);
      });

      it("refuses what is no operation", async () => {
        const sentence = await node.refusal("operations --execute --operation 7");
        expect(sentence).to.match(/^--operation is "7"/);
      });

      it("executes all that is due", async () => {
        const { executed, waiting } = await node.json("operations --execute --from governor");
        expect(executed).to.have.length(3);
        expect(waiting).to.deep.equal([]);
      });

      it("leaves what the other commands show", async () => {
        const held = parameterFile({
          bucketBps: 12,
          bandBps: 9_850,
          modelRefillSeconds: 21_600,
          dailyEmissionFlock: "30000",
          route: [],
        });
        const { proposed } = await node.json("propose --dry-run --parameters", held);
        expect(proposed).to.deep.equal([]);
        expect(await node.json("emissions")).to.deep.nested.include({ "next.dailyRateFlock": "30000" });
        const { liveSettings } = (await node.json("status")) as { liveSettings: Document };
        expect(liveSettings).to.deep.include({
          bucketBps: 12,
          bandBps: 9_850,
          modelRefillSeconds: 21_600,
          route: [],
          minimumStakeMt: "1",
        });
      });
    });
  });
});
