import { join } from "node:path";

import { expect } from "chai";

import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { START_TIMEOUT, freshNode } from "./node.ts";
import type { Node } from "./node.ts";
import { temporaryFolder } from "./temporaryFolder.ts";

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
  { line: "roles" },
  { line: "handover-roles --parameters deploy/parameters/local.json5 --dry-run" },
  { line: "pause" },
  { line: "seat --seat treasury" },
  { line: "status" },
  { line: "check" },
  { line: "verify", refused: /^localhost is a local chain, which no explorer shows/ },
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
  {
    line: "settle --log no/such.jsonl --from platform",
    refused: /^(There is no file "no\/such\.jsonl"|Logs and stores)/,
  },
  { line: "settle --store no-store --from platform", refused: /^(The store must be a postgres|Logs and stores)/ },
  { line: "usage --model 1 --user bob" },
  { line: "receipts --folder deploy", refused: /^There are no receipts in deploy: name the folder/ },
  { line: "credits" },
  { line: "poke" },
  { line: "buyback --watch --once" },
  { line: "keeper --once --max-usd-per-day 1000 --eth-usd 3000 --from keeper" },
  { line: "fund --flock 1 --from keeper" },
  { line: "emissions" },
  { line: "rewards --account bob" },
  { line: "roll" },
  { line: "collect --from bob", refused: /^Emission_NothingToClaim/ },
  { line: "sweep --model 1", refused: /^Emission_NotSweepable/ },
];

/** Commands that play on a chain inside them; each takes longer than all of the others, and other tests play them. */
export const EMBEDDED = ["demo", "bench"];

/**
 * Runs each example as a process on a chain on which a model has graduated: what it prints, and how it ends.
 * @returns The chain's node, to be asked for in a test.
 */
export function playAsProcesses(examples: Example[]): () => Node {
  const folder = temporaryFolder();
  let node: Node;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
    await graduateModel(node.provider, node.addresses);
  });
  for (const { line, file, refused } of examples) {
    const args = file === undefined ? [] : [join(folder, file)];
    if (refused === undefined) {
      it(`prints one document and exits with 0: ${line}`, async () => {
        await node.processes.json(line, ...args);
      });
    } else {
      it(`says one sentence, without a stack, and exits with 1: ${line}`, async () => {
        expect(await node.processes.refusal(line, ...args)).to.match(refused);
      });
    }
  }
  return () => node;
}
