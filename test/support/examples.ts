import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import type { ProtocolAddresses } from "../../deploy/config/deployed.ts";
import { commandLine } from "./commandLine.ts";
import type { CommandLine, Running } from "./commandLine.ts";
import { graduateModel } from "./liveModel.ts";
import { START_TIMEOUT } from "./node.ts";
import { freePort } from "./process.ts";

/** A command line that succeeds, or is refused with a sentence. */
export interface Example {
  line: string;
  /** A file of the test's own that the line ends with. */
  file?: string;
  refused?: RegExp;
}

/** Commands of a raise and of governance, in an order in which they succeed: model 1 has graduated, 2 is on sale. */
export const RAISE_EXAMPLES: Example[] = [
  { line: "launch --file deploy/launches/qwen-alice.json5 --from alice" },
  { line: "quote --model 2 --flock 1" },
  { line: "buy --model 2 --flock 1 --accept-high-fee --from carol" },
  { line: "warp --days 1" },
  { line: "claim --model 1 --account carol" },
  { line: "release --model 1 --share issuer" },
  { line: "fees --model 1" },
  { line: "graduate --model 2", refused: /^Offering_NotGraduatable/ },
  { line: "fail --model 2", refused: /^Offering_NotFailable/ },
  { line: "refund --model 2 --from carol", refused: /^Offering_NotFailable/ },
  { line: "propose --parameters deploy/parameters/local.json5 --dry-run" },
  { line: "operations" },
  { line: "pause" },
  { line: "seat --seat treasury" },
  { line: "status" },
  { line: "deploy --network base", refused: /`administrator` is not known/ },
  { line: "node --chain-id 1", refused: /^--chain-id is 1: write a whole number from 31337/ },
];

/** Commands of usage, revenue and rewards, in an order in which they succeed: Bob has a position of model 1. */
export const USAGE_EXAMPLES: Example[] = [
  { line: "stake --model 1 --claim --from bob" },
  { line: "unstake --model 1 --from bob" },
  { line: "discount --model 1 --account bob" },
  { line: "deposit --usdc 10 --from bob" },
  { line: "withdraw --usdc 1 --from bob" },
  { line: "authorize --key dave --cap-usdc 1 --expires-days 1 --from bob" },
  { line: "endpoint --model 1 --api-id flock/qwen-alice --from platform" },
  { line: "voucher --sign --model 1 --units 1000000 --list-usdc 2 --from bob --file", file: "vouchers.json" },
  { line: "settle --from platform --file", file: "vouchers.json" },
  { line: "credits" },
  { line: "poke" },
  { line: "buyback --watch --once" },
  { line: "fund --flock 1 --from keeper" },
  { line: "emissions" },
  { line: "rewards --account bob" },
  { line: "roll" },
  { line: "collect --from bob", refused: /^Emission_NothingToClaim/ },
  { line: "sweep --model 1", refused: /^Emission_NotSweepable/ },
];

/** Commands that play on a chain inside them; each takes longer than all of the others, and other tests play them. */
export const EMBEDDED = ["demo", "bench"];

/** A `fomo node` that runs as a process, with a command line. */
export interface NodeProcess {
  cli: CommandLine;
  running: Running;
  port: string;
}

/** Gives the tests of a suite a node of its own as a process, on which a model has graduated; asked for in a test. */
export function withNodeProcess(chainId: string): () => NodeProcess {
  let node: NodeProcess;
  before(async function () {
    this.timeout(START_TIMEOUT);
    const port = (await freePort()).toString();
    const url = `http://127.0.0.1:${port}`;
    const cli = commandLine(url);
    const running = cli.start(`node --json --port ${port} --chain-id ${chainId}`);
    node = { cli, running, port };
    await running.printed(/\n\}\n$/); // the end of its document
    const { addresses } = await cli.json("status");
    (await graduateModel(url, chainId, addresses as ProtocolAddresses)).destroy();
  });
  after(async () => {
    await Promise.all([node.running.stop(), node.cli.close()]);
  });
  return () => node;
}

/** Runs each example as a process: what it prints, how it ends, and that it ends by itself. */
export function playAsProcesses(examples: Example[], node: () => NodeProcess): void {
  const folder = mkdtempSync(join(tmpdir(), "fomo-"));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  for (const { line, file, refused } of examples) {
    const args = file === undefined ? [] : [join(folder, file)];
    if (refused === undefined) {
      it(`prints one document and exits with 0: ${line}`, async () => {
        await node().cli.processes.json(line, ...args);
      });
    } else {
      it(`says one sentence, without a stack, and exits with 1: ${line}`, async () => {
        expect(await node().cli.processes.refusal(line, ...args)).to.match(refused);
      });
    }
  }
}
