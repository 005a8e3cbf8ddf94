import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import type { JsonRpcProvider } from "ethers";
import JSON5 from "json5";

import { localParameters } from "../../scripts/lib/chain/protocol.ts";
import type { ProtocolAddresses } from "../../deploy/config/deployed.ts";
import { START_TIMEOUT, startNode, stop } from "../support/commandLine.ts";
import { graduateModel } from "../support/liveModel.ts";

/** A local chain that nobody else uses. */
const CHAIN_ID = "31394";
const DAY = 86_400;
type Document = Record<string, unknown>;

/** What governance and the guardian do, each command as a process of its own, in the order in which people use them. */
describe("fomo commands of governance", function () {
  this.timeout(120_000);

  let node: Awaited<ReturnType<typeof startNode>>;
  let provider: JsonRpcProvider;
  const folder = mkdtempSync(join(tmpdir(), "fomo-"));

  /** The parameters of the local chain with changes. */
  const parameterFile = (changes: object) => {
    const file = join(folder, `parameters-${Math.random().toString(36).slice(2)}.json5`);
    writeFileSync(file, JSON5.stringify({ ...localParameters(), ...changes }));
    return file;
  };
  const valuesOf = (proposed: unknown) => (proposed as { values: Document[] }[]).flatMap(({ values }) => values);
  const callsOf = (operations: unknown) => (operations as { call: string }[]).map(({ call }) => call);
  const warp = async (seconds: number) => {
    await provider.send("evm_increaseTime", [seconds]);
    await provider.send("evm_mine", []);
  };

  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await startNode(CHAIN_ID);
    provider = await graduateModel(node.url, CHAIN_ID, node.addresses as unknown as ProtocolAddresses);
  });
  after(async () => {
    provider.destroy();
    await stop(node.child, "SIGTERM");
    rmSync(folder, { recursive: true });
  });

  describe("settings", () => {
    const changes = { launchFeeFlock: "2000", bucketBps: 12, bandBps: 9_850, dailyEmissionFlock: "30000", route: [] };

    it("proposes nothing if the chain agrees with the file", async () => {
      const document = await node.json(
        "propose",
        "--parameters",
        "deploy/parameters/local.json5",
        "--from",
        "governor",
      );
      expect(document).to.deep.equal({ dryRun: false, proposed: [], unchanged: [], transactions: [] });
    });

    it("names what differs and is changed in another way, and refuses the file of another chain", async () => {
      const { firstTier } = localParameters();
      const dearer = { ...firstTier, computeCostUsdcPerMillionUnits: "0.30" };
      const stranger = "0xBcd4042DE499D14e55001CcbB24a551F3b954096";
      const file = parameterFile({ guardian: stranger, treasury: stranger, firstTier: dearer });
      const { unchanged, proposed } = await node.json("propose", "--parameters", file, "--dry-run");
      expect(proposed).to.deep.equal([]);
      expect(unchanged).to.deep.equal([
        "`guardian` (the administrator grants roles)",
        "`treasury` (its holder offers it with `fomo seat`)",
        "`firstTier.computeCostUsdcPerMillionUnits` (propose --tier 1 with --tier-file)",
      ]);
      const foreign = parameterFile({ chainId: 8453 });
      expect(await node.refusal("propose", "--parameters", foreign)).to.match(/^The parameter file is for chain 8453/);
    });

    it("shows what would change, and the calls for a multisig", async () => {
      const { proposed } = await node.json("propose", "--parameters", parameterFile(changes), "--dry-run");
      expect(
        valuesOf(proposed).map(({ key, from, to }) => (key === "route" ? [key, to] : [key, from, to])),
      ).to.deep.equal([
        ["launchFeeFlock", "1000", "2000"],
        ["bucketBps", "15", "12"],
        ["bandBps", "9800", "9850"],
        ["route", "[]"],
        ["dailyEmissionFlock", "20000", "30000"],
      ]);
      const [{ schedule }] = proposed as [{ schedule: { to: string; data: string } }];
      expect(schedule.to).to.equal(node.addresses.accessManager);
      expect(schedule.data).to.match(/^0xf801a698/); // schedule(address,bytes,uint48)
      expect(await node.json("operations")).to.deep.include({ waiting: [] });
    });

    it("schedules every change as the governor alone", async () => {
      const propose = ["propose", "--parameters", parameterFile(changes), "--from"];
      expect(await node.refusal(...propose, "bob")).to.match(/^AccessManagerUnauthorizedCall: 0x976E.* has no role/);
      const { proposed, transactions } = await node.json(...propose, "governor");
      expect(transactions).to.have.length(4);
      expect(proposed).to.have.length(4);
      expect(await node.refusal(...propose, "governor")).to.match(/^AccessManagerAlreadyScheduled/);
    });

    it("lists what waits, decoded, with its times", async () => {
      const { waiting } = (await node.json("operations")) as { waiting: Document[] };
      expect(callsOf(waiting)).to.have.members([
        "offering.setOfferingSettings(settings = { launchFee = 2000000000000000000000, creatorFeeBps = 30, protocolFeeBps = 95, antiSnipeStartBps = 9900, antiSnipeWindow = 5880, bundleCapBps = 2500 })",
        "buyback.setBuybackSettings(settings = { bucketBps = 12, bandBps = 9850, modelMinReserve = 250000000000000000000 })",
        "buyback.setRoute(route = [])",
        "emissions.setEmissionSettings(dailyRate = 30000000000000000000000, maxFlockPerUsdc = 100)",
      ]);
      const { executableAt, lapsesAt } = waiting[0] as { executableAt: string; lapsesAt: string };
      expect(Date.parse(lapsesAt) - Date.parse(executableAt)).to.equal(7 * DAY * 1_000);
      const { stdout } = await node.fomo("operations");
      expect(stdout).to.contain("buyback.setRoute(route = [])").and.to.contain("executable");
    });

    it("cancels as the guardian", async () => {
      const { waiting } = (await node.json("operations")) as { waiting: { operation: string; call: string }[] };
      const { operation } = waiting.find(({ call }) => call.startsWith("offering."))!;
      const cancel = ["operations", "--cancel", "--operation", operation, "--from"];
      expect(await node.refusal(...cancel, "bob")).to.match(/^AccessManagerUnauthorizedCancel: 0x976E/);
      const { cancelled, waiting: left } = await node.json(...cancel, "guardian");
      expect(cancelled).to.have.length(1);
      expect(left).to.have.length(3);
      expect(await node.refusal(...cancel, "guardian")).to.match(
        /^No operation 0x\w+ is waiting: it was executed, cancelled/,
      );
    });

    it("executes nothing before its time, nor for others", async () => {
      const { waiting } = (await node.json("operations")) as { waiting: { operation: string }[] };
      const execute = ["operations", "--execute", "--from"];
      expect(await node.json(...execute, "governor")).to.deep.include({ executed: [], transactions: [] });
      const named = ["--operation", waiting[0]!.operation];
      expect(await node.refusal(...execute, "governor", ...named)).to.match(/^AccessManagerNotReady/);
      await warp(2 * DAY);
      expect(await node.json(...execute, "bob")).to.deep.include({ executed: [], transactions: [] });
      expect(await node.refusal(...execute, "bob", ...named)).to.match(/^AccessManagerUnauthorizedCall/);
    });

    it("executes all that is due", async () => {
      const { executed, waiting } = await node.json("operations", "--execute", "--from", "governor");
      expect(executed).to.have.length(3);
      expect(waiting).to.deep.equal([]);
      const held = parameterFile({ ...changes, launchFeeFlock: "1000" });
      const { proposed } = await node.json("propose", "--parameters", held, "--dry-run");
      expect(proposed).to.deep.equal([]);
      expect(await node.json("emissions")).to.deep.nested.include({ "next.dailyRateFlock": "30000" });
      const { liveSettings } = await node.json("status");
      expect(liveSettings).to.deep.include({ bucketBps: 12, bandBps: 9_850, route: [], minimumStakeMt: "1" });
    });
  });

  describe("tiers and seats", () => {
    const TIER = "deploy/tiers/large.json5";
    const propose = (...args: string[]) => node.json("propose", ...args, "--from", "governor");

    it("opens a tier, names a provider and a holder of a buyback's seat", async () => {
      const large = await propose("--tier-file", TIER, "--provider", "dave");
      expect(valuesOf(large.proposed)).to.deep.include({ key: "minMinimumRaiseFlock", from: null, to: "10000" });
      const named = await propose("--tier", "1", "--provider", "carol");
      expect(valuesOf(named.proposed)).to.have.length(1);
      const held = await propose("--seat", "buyback-flock", "--holder", "carol");
      expect(valuesOf(held.proposed)[0]).to.include({ key: "holder", from: node.addresses.buyback });
      await warp(2 * DAY);
      expect((await node.json("operations", "--execute", "--from", "governor")).executed).to.have.length(3);

      const { tiers } = (await node.json("status")) as { tiers: Document[] };
      expect(tiers[1]).to.include({ tierId: 2, computeCostUsdc: "0.8", maxTargetFlock: "50000000", open: true });
      const carol = "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955";
      expect(await node.json("seat", "--seat", "provider", "--tier", "1")).to.include({ holder: carol });
      expect(await node.json("seat", "--seat", "buyback-flock")).to.include({ holder: carol });
    });

    it("changes the terms of a tier", async () => {
      const { proposed } = await node.json("propose", "--tier-file", TIER, "--tier", "1", "--dry-run");
      expect(valuesOf(proposed)).to.deep.include({ key: "computeCostUsdcPerMillionUnits", from: "0.2", to: "0.80" });
    });

    it("refuses what is not one clear change", async () => {
      const cases: [string[], RegExp][] = [
        [[], /^Say one thing to change: --parameters, --tier-file, --tier with --provider, or --seat with --holder\.$/],
        [["--parameters", "none.json5"], /^none\.json5 cannot be read/],
        [["--tier-file", TIER], /^A new tier needs its first compute provider/],
        [["--tier-file", TIER, "--tier", "1", "--provider", "bob"], /^Name another provider in a proposal of its own/],
        [["--provider", "bob"], /^Say for which tier with --tier/],
        [["--tier", "9", "--provider", "bob"], /^Registry_UnknownTier: there is no hosting tier 9/],
        [
          ["--seat", "issuer", "--model", "1", "--holder", "bob"],
          /^Governance names no holder for the issuer's seat of model 1/,
        ],
        [["--seat", "buyback-model", "--model", "9", "--holder", "bob"], /^Registry_UnknownModel: there is no model 9/],
        [["--seat", "buyback-flock", "--holder", "carol"], /^0x14dC\w+ holds the FLOCK buyback's seat already/],
      ];
      for (const [args, sentence] of cases) {
        expect(await node.refusal("propose", ...args, "--from", "governor"), args.join(" ")).to.match(sentence);
      }
      expect(await node.refusal("operations", "--cancel")).to.match(/^Say which operation to cancel/);
      expect(await node.refusal("operations", "--execute", "--operation", "7")).to.match(/^--operation is "7"/);
    });
  });

  describe("pauses", () => {
    it("pauses what comes in, as the guardian alone, and lifts it", async () => {
      const pause = ["pause", "--what", "deposits"];
      expect(await node.refusal(...pause, "--from", "bob")).to.match(/^AccessManagedUnauthorized: 0x976E/);
      const { pausedUntil } = (await node.json(...pause, "--from", "guardian")) as { pausedUntil: Document };
      expect(pausedUntil).to.include({ launches: null, buys: null, buybacks: null });
      expect(pausedUntil.deposits).to.match(/^20\d\d-/);
      expect(await node.refusal("deposit", "--usdc", "1", "--from", "bob")).to.match(/^Meter_DepositsPaused/);
      const lifted = await node.json(...pause, "--lift", "--from", "guardian");
      expect(lifted.pausedUntil).to.include({ deposits: null });
      expect(await node.refusal(...pause, "--from", "guardian")).to.match(
        /^Pause_TooSoon: a pause cannot begin before/,
      );
    });

    it("knows each switch, and shows them without sending anything", async () => {
      for (const what of ["launches", "buys", "buybacks"]) {
        const { pausedUntil } = await node.json("pause", "--what", what, "--from", "guardian");
        expect((pausedUntil as Document)[what], what).to.match(/^20\d\d-/);
      }
      const { stdout } = await node.fomo("pause");
      expect(stdout).to.match(
        /launches +paused until .*\n +buys +paused until .*\n +deposits +open\n +buybacks +paused/,
      );
      expect(await node.refusal("pause", "--what", "exits")).to.match(/^--what is "exits": name launches, buys/);
      expect(await node.refusal("pause", "--lift")).to.match(/^Say which pause to lift/);
    });
  });

  it("sweeps reserves that nobody earned, after their time", async () => {
    expect(await node.refusal("sweep", "--model", "1")).to.match(/^Emission_NotSweepable: .* can be swept from/);
    await warp(540 * DAY);
    const swept = await node.json("sweep", "--model", "1", "--from", "keeper");
    expect(swept).to.include({ sweptFlock: "12500", burnedMt: "200000" });
    expect(await node.refusal("sweep", "--model", "1")).to.match(/^Emission_NotSweepable/);
  });
});
