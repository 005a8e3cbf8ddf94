import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { artifacts } from "hardhat";

import type { Parameters } from "../../deploy/config/parameters.ts";
import { chainJournalOf } from "../../scripts/lib/deployment/place.ts";
import { CommandError } from "../../scripts/lib/command/commandError.ts";
import {
  hashOfCode,
  keepBeginning,
  requireSameBeginning,
  requireSameChain,
} from "../../scripts/lib/deployment/journal/beginning.ts";
import { journalFileOf } from "../../scripts/lib/deployment/journal/journal.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { connection } from "../support/fixtures.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const DEPLOYER = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const SOMEBODY = "0xBcd4042DE499D14e55001CcbB24a551F3b954096";
const FILE = "deploy/parameters/base.json5";

/** A line of a journal for a contract that is created, one for a transaction that is sent, and one for its end. */
const BEGUN = { type: "DEPLOYMENT_EXECUTION_STATE_INITIALIZE", futureId: "A#B", contractName: "B", from: DEPLOYER };
const REQUEST = {
  type: "NETWORK_INTERACTION_REQUEST",
  futureId: "A#B",
  networkInteraction: { id: 1, type: "ONCHAIN_INTERACTION" },
};
const PREPARED = { type: "TRANSACTION_PREPARE_SEND", futureId: "A#B", networkInteractionId: 1, nonce: 0 };
const DONE = {
  type: "DEPLOYMENT_EXECUTION_STATE_COMPLETE",
  futureId: "A#B",
  result: { type: "SUCCESS", address: SOMEBODY },
};

describe("Deployment: what it was begun with", () => {
  const base = temporaryFolder();
  let folder: string;
  let count = 0;
  const good: Parameters = { ...localParameters(), route: [{ pair: DEPLOYER, minReserveWei: "5" }] };
  const now = { deployer: DEPLOYER, code: "0x01", parameters: good };

  beforeEach(() => {
    folder = join(base, (++count).toString());
  });

  /** Begins a deployment, and sends a transaction unless it is told not to. */
  const begin = (lines: object[] = [BEGUN, REQUEST, PREPARED], where = folder) => {
    keepBeginning(folder, now, FILE);
    mkdirSync(where, { recursive: true });
    for (const line of lines) appendFileSync(journalFileOf(where), `\n${JSON.stringify(line)}`);
  };
  const refusal = (other: object) => {
    const changed = { ...now, ...other };
    let sentence: string | undefined;
    for (const look of [requireSameBeginning, keepBeginning]) {
      try {
        look(folder, changed, FILE);
      } catch (error) {
        expect(error).to.be.instanceOf(CommandError);
        sentence = (error as Error).message;
      }
    }
    return sentence;
  };
  const written = () => JSON.parse(readFileSync(join(folder, "beginning.json"), "utf8")) as typeof now;

  it("is kept, and found the same again", () => {
    begin();
    expect(written()).to.deep.equal(now);
    expect(refusal({})).to.equal(undefined);
  });

  /** Each key of a parameter file with another value: text, number, flag, list, and what lies inside. */
  const CHANGES: [string, Partial<Parameters>, string][] = [
    ["creatorFeeBps", { creatorFeeBps: 31 }, "`creatorFeeBps` was 30 and is 31"],
    ["treasury", { treasury: SOMEBODY }, `\`treasury\` was "${good.treasury}" and is "${SOMEBODY}"`],
    ["flockBurns", { flockBurns: false }, "`flockBurns` was true and is false"],
    ["launchFeeFlock", { launchFeeFlock: "2" }, '`launchFeeFlock` was "1000" and is "2"'],
    [
      "firstTier.provider",
      { firstTier: { ...good.firstTier, provider: SOMEBODY } },
      `\`firstTier.provider\` was "${good.firstTier.provider}" and is "${SOMEBODY}"`,
    ],
    [
      "a pair of the route",
      { route: [{ pair: DEPLOYER, minReserveWei: "6" }] },
      '`route[0].minReserveWei` was "5" and is "6"',
    ],
    [
      "the length of the route",
      { route: [] },
      `\`route[0].pair\` was "${DEPLOYER}" and is not there; \`route[0].minReserveWei\` was "5" and is not there; \`route\` was not there and is []`,
    ],
  ];
  for (const [what, change, words] of CHANGES) {
    it(`names the key, its former and its new value: ${what}`, () => {
      begin();
      const sentence = refusal({ parameters: { ...good, ...change } });
      expect(sentence).to.match(/^deploy\/parameters\/base\.json5 has changed since the deployment in .* began: /);
      expect(sentence).to.include(`began: ${words}. Put back what was there`);
      expect(written()).to.deep.equal(now);
    });
  }

  it("names all keys that have changed", () => {
    begin();
    const sentence = refusal({ parameters: { ...good, creatorFeeBps: 31, bandBps: 9_900 } });
    expect(sentence).to.include("`creatorFeeBps` was 30 and is 31; `bandBps` was 9800 and is 9900.");
  });

  it("may change as long as nothing was sent", () => {
    begin([BEGUN]);
    const parameters = { ...good, creatorFeeBps: 31 };
    expect(refusal({ parameters })).to.equal(undefined);
    expect(written().parameters).to.deep.equal(parameters);
    // What Ignition had worked out from the former parameters is forgotten.
    expect(existsSync(journalFileOf(folder))).to.equal(false);
  });

  it("names who has begun if somebody else goes on, also if only stand-ins are there", () => {
    begin();
    expect(refusal({ deployer: SOMEBODY })).to.match(
      new RegExp(
        `was begun by ${DEPLOYER}, but ${SOMEBODY} signs now: sign with the same key, or move that folder away`,
      ),
    );
    folder = join(base, "stand-ins");
    begin([BEGUN, REQUEST, PREPARED], chainJournalOf(folder));
    expect(refusal({ deployer: SOMEBODY })).to.match(/was begun by/);
  });

  it("does not go on with other contracts", async () => {
    begin();
    expect(refusal({ code: "0x02" })).to.match(/^The contracts have changed since .* check out the version of then/);
    expect(await hashOfCode(artifacts)).to.match(/^0x[0-9a-f]{64}$/);
  });

  it("says so if its file is damaged", () => {
    begin();
    writeFileSync(join(folder, "beginning.json"), '{ "deployer": 5 }');
    expect(refusal({})).to.match(/^The beginning of a deployment, .*beginning\.json needs a change: `deployer`/);
  });

  it("belongs to another chain if that has nothing where something was deployed", async () => {
    begin([BEGUN, REQUEST, PREPARED, DONE]);
    const planned = {
      connection,
      chainId: 31_337n,
      parameters: good,
      deployer: DEPLOYER,
      fees: { gasPrice: 1n },
      folder,
    };
    let sentence: string | undefined;
    try {
      await requireSameChain(planned);
    } catch (error) {
      sentence = (error as CommandError).message;
    }
    expect(sentence).to.match(
      new RegExp(`^The chain has no contract at ${SOMEBODY}, where the journal in .* has put one`),
    );
  });
});
