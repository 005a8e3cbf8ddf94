import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { ArgumentType } from "hardhat/types/arguments";
import JSON5 from "json5";

import { readParameters, tierSchema } from "../../deploy/config/parameters.ts";
import type { Session } from "../../scripts/lib/chain/session.ts";
import { readJson5 } from "../../scripts/lib/command/textFile.ts";
import { planOf, readLaunchFile } from "../../scripts/lib/offering/launchFile.ts";
import { cardsIn, readCardFile } from "../../scripts/lib/usage/cardFile.ts";
import type { RowsRead } from "../../scripts/lib/usage/rows.ts";
import { authorizationOf, readSignedDeposit } from "../../scripts/lib/usage/signedDeposit.ts";
import { keyAuthorizationOf, readSignedKey } from "../../scripts/lib/usage/signedKey.ts";
import { readVoucherFile, vouchersIn } from "../../scripts/lib/usage/voucherFile.ts";
import { fomoTasks } from "../../scripts/tasks/index.ts";
import { graduateModel } from "../../scripts/lib/chain/liveModel.ts";
import { START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Node } from "../support/node.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

/** Numbers that no contract holds, and on which libraries have failed: one word and a digit, and far more. */
const LONG = ["9".repeat(81), "8".repeat(200), `${"7".repeat(5_000)}.5`];

const METER = `0x${"11".repeat(20)}`;
const USER = `0x${"22".repeat(20)}`;
const SESSION = {
  chainId: 1n,
  usdcDecimals: 6,
  networkName: "test",
  protocol: { addresses: { meter: METER } },
} as unknown as Session;

describe("O6 numbers that no contract can hold", function () {
  const folder = temporaryFolder();

  describe("in files", () => {
    const signature = `0x${"33".repeat(64)}1b`;
    const usage = { modelId: 1, units: "1", listUsdc: "1", paidUsdc: "1" };
    const signedHere = { chainId: 1, meter: METER, user: USER, signature };
    const document = (file: string) => JSON5.parse<object>(readFileSync(file, "utf8"));
    const launch = {
      ...document("deploy/launches/qwen-alice.json5"),
      metadata: { uri: "u", sha256: `0x${"44".repeat(32)}` },
      bundleFlock: "1",
      bundleMinimumMt: "1",
      saleDurationDays: 7,
    };
    const kinds: [what: string, good: object, read: (file: string) => unknown][] = [
      ["launch file", launch, (file) => planOf(readLaunchFile(file), 6)],
      [
        "parameter file",
        { ...document("deploy/parameters/local.json5"), route: [{ pair: USER, minReserveWei: "1" }] },
        readParameters,
      ],
      ["tier file", document("deploy/tiers/large.json5"), (file) => readJson5("tier file", file, tierSchema)],
      [
        "voucher file",
        { ...signedHere, ...usage, key: USER },
        (file) => requireAll(vouchersIn(SESSION, readVoucherFile(file))),
      ],
      ["card file", [{ id: "a", ...usage }], (file) => requireAll(cardsIn(SESSION, readCardFile(file)))],
      [
        "signed deposit",
        { ...signedHere, usdc: "1", validBefore: 1, nonce: `0x${"55".repeat(32)}` },
        (file) => authorizationOf(SESSION, file, readSignedDeposit(file)),
      ],
      [
        "signed authorisation",
        { ...signedHere, key: USER, capUsdc: "1", expiresAt: 1, nonce: "1", deadline: 1 },
        (file) => keyAuthorizationOf(SESSION, file, readSignedKey(file)),
      ],
    ];

    for (const [what, good, read] of kinds) {
      it(`are refused in every key of a ${what}, with the key`, () => {
        const file = join(folder, "file.json5");
        const reading = (content: string) => () => {
          writeFileSync(file, content);
          return read(file);
        };
        expect(reading(JSON5.stringify(good))).to.not.throw();
        for (const path of numbersIn(good)) {
          for (const long of LONG) {
            for (const value of [long, JSON.stringify(long)]) {
              const changed = JSON.stringify(replaced(good, path, "\0")).replace('"\\u0000"', value);
              const key = path.filter((part) => part !== "0" && part !== "route").join(".");
              expect(reading(changed), `${key}: ${value.slice(0, 9)}`)
                .to.throw(new RegExp(`\`(route\\.)?(0\\.)?${key}\` `))
                .with.property("message")
                .that.has.length.lessThan(600);
            }
          }
        }
      });
    }
  });

  describe("in options", function () {
    this.timeout(60_000);

    let node: Node;
    before(async function () {
      this.timeout(START_TIMEOUT);
      node = await freshNode();
      await graduateModel(node.provider, node.addresses);
      await node.json("launch --file deploy/launches/qwen-alice.json5 --from alice");
      const card = { modelId: 1, units: "1", listUsdc: "1", paidUsdc: "1" };
      writeFileSync(join(folder, "cards.json"), JSON.stringify([{ id: "a", ...card }]));
    });

    /** What else a command needs, by its name and, where it matters, the option. */
    const BASES: Record<string, string> = {
      launch: "--file deploy/launches/qwen-alice.json5",
      graduate: "--model 2",
      fail: "--model 2",
      sweep: "--model 1",
      fund: "--flock 1",
      settle: `--cards ${join(folder, "cards.json")}`,
      "settle minUsdc": "--store http://127.0.0.1:1 --from platform",
      "settle maxAgeHours": "--store http://127.0.0.1:1 --from platform",
      usage: "--store http://127.0.0.1:1",
      quote: "--model 2",
      "quote model": "--flock 1",
      buy: "--model 2 --flock 1",
      "buy flock": "--model 2",
      "buy mt": "--model 2",
      "buy maxFlock": "--model 2 --mt 1",
      fees: "--claim launch",
      release: "--model 1 --share issuer",
      stake: "--model 1 --claim",
      unstake: "--model 1",
      discount: "--model 1 --account bob",
      deposit: "--usdc 1",
      "deposit usdc": "",
      "withdraw usdc": "",
      withdraw: "--execute",
      authorize: "--key dave --cap-usdc 1 --expires-days 1",
      "authorize account": "--key dave --show",
      "endpoint model": "",
      endpoint: "--model 1 --api-id flock/qwen-alice",
      voucher: "--sign --file no.json --model 1 --units 1 --list-usdc 1",
      "seat tier": "--seat provider",
      "seat model": "--seat issuer",
      "seat from": "--seat treasury --accept",
      seat: "--seat treasury",
      credits: "--claim --seat treasury",
      "credits tier": "--seat provider",
      "credits model": "--seat issuer",
      buyback: "--model 1",
      keeper: "--eth-usd 3000 --store http://127.0.0.1:1",
      "keeper from": "--once",
      "keeper minUsdc": "--once --store http://127.0.0.1:1 --from platform",
      rewards: "--account bob",
      "collect model": "--issuer",
      "collect to": "--issuer --model 1",
      "propose tier": "--provider dave",
      "propose provider": "--tier 1",
      "propose holder": "--seat buyback-flock",
      "propose from": "--tier 1 --provider dave",
      "propose seat": "--holder dave",
      "propose model": "--seat buyback-model --holder dave",
      "operations from": "--execute",
      "handover-roles": "--guardian dave",
      "pause from": "--what buys",
      claim: "--model 1",
      refund: "--model 2",
    };
    /** Options that name a file or choose a word, of which any number is as wrong as any other. */
    const WORDS = [
      ...["file", "cards", "log", "store", "receipts", "folder", "parameters", "tierFile", "signTo", "signed"],
      ...["share", "step", "apiId", "safeFile", "gateway"],
    ];
    /** Options that a command looks at only after it has found something that is not here. */
    const LATE = ["receipts from"];

    for (const task of fomoTasks) {
      if (!("options" in task)) continue;
      const [, name] = task.id as [string, string];
      for (const option of Object.keys(task.options)) {
        if (WORDS.includes(option) || task.options[option]!.type === ArgumentType.FLAG) continue;
        if (LATE.includes(`${name} ${option}`)) continue;
        const dashed = `--${option.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
        it(`are refused in one sentence by ${name} ${dashed}`, async () => {
          const base = BASES[`${name} ${option}`] ?? BASES[name] ?? "";
          const words = base.split(" ").filter((word) => word !== "");
          const own = words.indexOf(dashed);
          if (own !== -1) words.splice(own, 2);
          const network = name === "deploy" ? "--network base" : "--network localhost";
          const sentence = await node.refusalUnsent([name, ...words, network, dashed, LONG[0]!].join(" "));
          expect(sentence).to.match(new RegExp(`^${dashed} is `));
        });
      }
    }
  });
});

/** The rows of a file; throws why one is left out. */
function requireAll({ rows, skipped }: RowsRead<unknown>): unknown[] {
  for (const { reason } of skipped) throw new Error(reason);
  return rows;
}

/** Where a document has a number, or a text that is one. */
function numbersIn(value: unknown): string[][] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, one]) => numbersIn(one).map((path) => [key, ...path]));
  }
  return typeof value === "number" || (typeof value === "string" && /^\d+(\.\d+)?$/.test(value)) ? [[]] : [];
}

/** A document with another value in one place. */
function replaced(value: unknown, [key, ...path]: string[], other: string): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value))
    return value.map((one: unknown, at) => (at.toString() === key ? replaced(one, path, other) : one));
  const document = value as Record<string, unknown>;
  return { ...document, [key]: replaced(document[key], path, other) };
}
