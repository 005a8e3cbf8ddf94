import { expect } from "chai";

import type { Parameters } from "../../deploy/config/parameters.ts";
import { checkHolders, checkPublic, holdersOf } from "../../scripts/lib/deployment/preflight/accounts.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { ethers, firstSigners } from "../support/fixtures.ts";

const fresh = () => ethers.Wallet.createRandom().address;

/** Who has a role or a seat, in the order of the parameter file. */
const HOLDERS = ["administrator", "governor", "guardian", "platform", "treasury", "firstTier.provider"] as const;
type Holder = (typeof HOLDERS)[number];

/** Two that may be one account; all other two may not. */
const TOGETHER = [
  ["administrator", "governor"],
  ["administrator", "treasury"],
  ["governor", "treasury"],
  ["treasury", "firstTier.provider"],
] as const;

/** Parameters in which everybody is somebody else, except for those who are named. */
function parametersOf(named: Partial<Record<Holder, string>>): Parameters {
  const local = localParameters();
  const all = Object.fromEntries(HOLDERS.map((holder) => [holder, named[holder] ?? fresh()])) as Record<Holder, string>;
  const { "firstTier.provider": provider, ...roles } = all;
  return { ...local, ...roles, firstTier: { ...local.firstTier, provider } };
}

const problems = (checks: { problem?: string }[]) =>
  checks.flatMap(({ problem }) => (problem === undefined ? [] : [problem]));

describe("Deployment: roles and seats of the parameters", () => {
  const deployer = fresh();

  it("are all looked at", () => {
    expect(Object.keys(holdersOf(localParameters()))).to.have.members(HOLDERS);
  });

  for (const [i, one] of HOLDERS.entries()) {
    for (const other of HOLDERS.slice(i + 1)) {
      const together = TOGETHER.some(([a, b]) => a === one && b === other);
      it(`${together ? "may" : "must not"} be one account: ${one} and ${other}`, () => {
        const account = fresh();
        const found = problems(checkHolders(parametersOf({ [one]: account, [other]: account }), deployer));
        expect(found).to.have.lengthOf(together ? 0 : 1);
        if (!together) {
          expect(found[0]).to.include(`\`${one}\``).and.include(`\`${other}\``);
          expect(found[0]).to.match(/are one account, 0x\w{40}: name two, because the \w+.*\.$/);
        }
      });
    }
  }

  for (const holder of HOLDERS) {
    it(`must not be the deployer: ${holder}`, () => {
      expect(problems(checkHolders(parametersOf({ [holder]: deployer }), deployer))).to.deep.equal([
        `\`${holder}\` is the deployer, which keeps nothing at the end: name another account.`,
      ]);
    });

    it(`must not be a contract of the chain: ${holder}`, () => {
      const flock = fresh();
      const pair = fresh();
      const route = [{ pair, minReserveWei: "1" }];
      for (const [name, address] of [
        ["flock", flock],
        ["route[0].pair", pair],
      ] as const) {
        const parameters = { ...parametersOf({ [holder]: address }), flock, route };
        expect(problems(checkHolders(parameters, deployer))).to.deep.equal([
          `\`${holder}\` is the contract of \`${name}\`, which can do nothing with it: name an account.`,
        ]);
      }
    });

    it(`must not be a test account on a public chain: ${holder}`, async () => {
      const signers = await ethers.getSigners();
      for (const signer of [signers[0]!, signers[19]!]) {
        const found = problems(checkPublic(parametersOf({ [holder]: signer.address }), deployer));
        expect(found).to.include(
          `\`${holder}\` is ${signer.address}, a test account whose key everybody has: name another account.`,
        );
      }
    });
  }

  it("must not be given away by a test account on a public chain", async () => {
    const [{ address }] = await firstSigners();
    expect(problems(checkPublic(parametersOf({}), address))).to.include(
      `The deployer is ${address}, a test account whose key everybody has: deploy with another key.`,
    );
  });

  it("come without stand-ins on a public chain", () => {
    const real = { flock: fresh(), usdc: fresh(), dexFactory: fresh(), route: [] };
    expect(problems(checkPublic({ ...parametersOf({}), ...real }, deployer))).to.deep.equal([]);
    for (const key of ["flock", "usdc", "dexFactory", "route"] as const) {
      const [problem, ...more] = problems(checkPublic({ ...parametersOf({}), ...real, [key]: "local" }, deployer));
      expect(problem).to.match(
        new RegExp(`^\`${key}\` is "local", a stand-in that only a local chain may have: name `),
      );
      expect(more).to.deep.equal([]);
    }
  });

  it("are fine in the file of the local chain", () => {
    expect(problems(checkHolders(localParameters(), deployer))).to.deep.equal([]);
  });
});
