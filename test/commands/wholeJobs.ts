import { join } from "node:path";

import { expect } from "chai";

import { freshNodeBehindChaos } from "../support/behindChaos.ts";
import type { BehindChaos } from "../support/behindChaos.ts";
import type { Asked, ChaosNode, Misdeed } from "../support/chaosNode.ts";
import type { CommandLine } from "../support/commandLine.ts";
import { RAISE_EXAMPLES, USAGE_EXAMPLES } from "../support/examples.ts";
import type { Example } from "../support/examples.ts";
import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { START_TIMEOUT } from "../support/node.ts";
import type { Node } from "../support/node.ts";
import { Random } from "../support/random.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** What issuers, supporters, API users, the platform, keepers and the governor do, in an order in which it succeeds. */
const JOBS: Example[] = [
  ...RAISE_EXAMPLES.filter(({ line }) => !/^(node|verify|deploy) /.test(`${line} `)),
  { line: "propose --parameters deploy/parameters/local.json5 --from governor" },
  ...USAGE_EXAMPLES,
];

/** How requests fail on public nodes, so that the next one may be answered. */
const MISDEEDS: Misdeed[] = [
  "cut before",
  "cut after",
  { status: 502 },
  { status: 503, body: "" },
  { status: 429 },
  { status: 200 },
  { error: { code: -32_005, message: "rate limit exceeded" } },
  { error: { code: -32_603, message: "internal error" } },
];

/** One request in so many fails, and none more often than this in a row. */
const RARITY = 8n;
const MAX_FAILURES = 2;

/** How often a person follows the advice to run the same command again. */
const MAX_RUNS = 4;

/** Accounts of the local chain that have a role in the jobs. */
const ACCOUNTS = 12;

describe("every role's whole job", function () {
  this.timeout(60_000);

  const folder = temporaryFolder();
  let behind: BehindChaos;
  let node: Node;
  let chaos: ChaosNode;
  let cli: CommandLine;
  before(async function () {
    this.timeout(2 * START_TIMEOUT);
    behind = await freshNodeBehindChaos();
    ({ node, chaos, cli } = behind);
  });
  after(() => behind.close());

  /** A rule by which requests fail at random: reading ones, and those that send. Those that set the clock do not. */
  function unreliable(random: Random): (asked: Asked) => Misdeed {
    const failures = new Map<string, number>();
    return ({ method, params }) => {
      const request = JSON.stringify([method, params]);
      const failed = failures.get(request) ?? 0;
      if (!method.startsWith("eth_") || failed === MAX_FAILURES || random.uniform(1n, RARITY) !== 1n) return undefined;
      failures.set(request, failed + 1);
      return random.pick(MISDEEDS);
    };
  }

  /** Runs a command as its user would, who reads that it is to be run again, and says how often that was. */
  async function follow(line: string, args: string[], refused: RegExp | undefined): Promise<number> {
    for (let run = 1; ; run++) {
      const { code, stdout, stderr } = await cli.fomo(line, ...args, "--json");
      expect(stdout, stderr).to.match(/^\{[^]*\}\n$/);
      expect(stderr).not.to.match(/^\s+at /m);
      const last = stderr.trimEnd().split("\n").at(-1)!;
      if (code === 1 && run < MAX_RUNS && /run the same command again/.test(last)) continue;
      if (refused === undefined) expect(code, stderr).to.equal(0);
      else expect(last).to.match(refused);
      return run;
    }
  }

  const sent = async () =>
    await Promise.all(
      Array.from({ length: ACCOUNTS }, async (_, index) => {
        const { address } = await node.provider.getSigner(index);
        return await node.provider.getTransactionCount(address);
      }),
    );

  let expected: number[];

  /** Begins a job anew, where a model has graduated. */
  const begin = async () => {
    await node.rewind();
    await graduateModel(node.provider, node.addresses);
  };

  describe("against a node that behaves", () => {
    before(begin);
    for (const { line, file, refused } of JOBS) {
      it(line, async () => {
        const args = file === undefined ? [] : [join(folder, `behaved-${file}`)];
        expect(await follow(line, args, refused)).to.equal(1);
      });
    }
    after(async () => {
      expected = await sent();
    });
  });

  describe("through a node that fails at every eighth request", () => {
    before(begin);
    const random = new Random("wholeJobs");
    for (const { line, file, refused } of JOBS) {
      it(line, async () => {
        chaos.misbehave(unreliable(random));
        await follow(line, file === undefined ? [] : [join(folder, file)], refused);
      });
    }
    it("O2 sends what the other one got, and nothing twice", async () => {
      expect(await sent()).to.deep.equal(expected);
    });
  });
});
