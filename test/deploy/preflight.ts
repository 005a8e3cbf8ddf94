import { join } from "node:path";

import { expect } from "chai";
import { artifacts, network } from "hardhat";

import { connectAs, interfaceAs } from "../../sdk/src/ethers/connect.ts";
import type { Parameters } from "../../deploy/config/parameters.ts";
import type { Check } from "../../scripts/lib/deployment/preflight/check.ts";
import { deployLocalChain } from "../../scripts/lib/deployment/deployment.ts";
import { localParameters } from "../../scripts/lib/deployment/parameterFiles.ts";
import { preflight, requirePassed } from "../../scripts/lib/deployment/preflight/preflight.ts";
import { createPool } from "../support/buyback.ts";
import { connection, ethers, firstSigners, networkHelpers } from "../support/fixtures.ts";
import { deployMock, standIn } from "../support/scenes.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { tokens } from "../support/units.ts";

/** Chains for the checks: a local one, and Base. The contracts are those of the embedded chain in any case. */
const LOCAL_CHAIN = 31_337n;
const BASE = 8_453n;

/** What is offered for gas. */
const fees = { maxFeePerGas: 3_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n };

/** Nobody's account: no test account, and without code. */
const fresh = () => ethers.Wallet.createRandom().address;

/** A chain with FLOCK, USDC, a DEX and a pair, and parameters that name them and fit. */
async function publicWorld() {
  const [deployer] = await firstSigners();
  const chain = await deployLocalChain(connection);
  const pair = await connectAs("dexFactory", chain.dexFactory, deployer).getPair(chain.usdc, chain.flock);
  const [administrator, governor, guardian, platform, treasury, provider] = Array.from({ length: 6 }, fresh);
  const local = localParameters();
  const good: Parameters = {
    ...local,
    flock: chain.flock,
    usdc: chain.usdc,
    dexFactory: chain.dexFactory,
    route: [{ pair, minReserveWei: "1000000000" }],
    administrator: administrator!,
    governor: governor!,
    guardian: guardian!,
    platform: platform!,
    treasury: treasury!,
    firstTier: { ...local.firstTier, provider: provider! },
  };
  const payer = fresh();
  await networkHelpers.setBalance(payer, tokens(100));
  return { chain, pair, good, payer, deployer };
}

describe("Deployment: preflight", () => {
  const folder = join(temporaryFolder(), "none");
  let w: Awaited<ReturnType<typeof publicWorld>>;
  beforeEach(async () => {
    w = await networkHelpers.loadFixture(publicWorld);
  });

  const checksOf = (changes: Partial<Parameters>, chainId = BASE, deployer = w.payer): Promise<Check[]> =>
    preflight({ connection, chainId, parameters: { ...w.good, ...changes }, deployer, fees, folder }, artifacts);
  const problemsOf = async (...args: Changed) =>
    (await checksOf(...args)).flatMap(({ problem }) => (problem === undefined ? [] : [problem]));
  const notesOf = async (...args: Changed) =>
    (await checksOf(...args)).flatMap(({ note }) => (note === undefined ? [] : [note]));
  type Changed = [Partial<Parameters>, bigint?, string?];

  it("passes parameters that fit their chain, and notes an administrator with a single key", async () => {
    const checks = await checksOf({});
    expect(() => {
      requirePassed(checks);
    }).to.not.throw();
    expect(await notesOf({})).to.deep.equal([
      `\`administrator\` is a single key, ${w.good.administrator}: whoever gets it gets everything.`,
    ]);
    expect(await notesOf({}, LOCAL_CHAIN)).to.deep.equal([]);
  });

  it("passes the parameters of the local chain before anything is there", async () => {
    const [deployer] = await firstSigners();
    const planned = { connection, chainId: LOCAL_CHAIN, parameters: localParameters(), deployer: deployer.address };
    expect((await preflight({ ...planned, fees, folder }, artifacts)).filter(({ problem }) => problem)).to.deep.equal(
      [],
    );
  });

  it("tells all problems at once, a line for each", async () => {
    const checks = await checksOf({ flock: fresh(), guardian: w.good.governor, route: [] });
    expect(() => {
      requirePassed(checks);
    }).to.throw(/^`guardian` and `governor` are one account.*\n`flock` names .*$/);
  });

  describe("contracts of the chain", () => {
    for (const key of ["flock", "usdc", "dexFactory"] as const) {
      it(`refuses \`${key}\` where there is no contract`, async () => {
        const address = fresh();
        expect(await problemsOf({ [key]: address, route: [] })).to.deep.equal([
          `\`${key}\` names ${address}, where this chain has no contract: correct the address.`,
        ]);
      });
    }

    it("refuses a FLOCK that has other than 18 decimals, or is USDC", async () => {
      expect(await problemsOf({ flock: w.chain.usdc, flockBurns: false, route: [] })).to.deep.equal([
        "`flock` has 6 decimals, but the curve needs 18: correct the address.",
        `\`usdc\` and \`flock\` name the same token, ${w.chain.usdc}: correct one of the addresses.`,
      ]);
    });

    it("refuses tokens that are none, and a USDC with more than 18 decimals", async () => {
      const { dexFactory } = w.chain;
      expect(await problemsOf({ flock: dexFactory, usdc: dexFactory, route: [] })).to.include.members([
        `\`flock\` names ${dexFactory}, which is no ERC-20 token: correct the address.`,
        `\`usdc\` names ${dexFactory}, which is no ERC-20 token: correct the address.`,
      ]);
      const fine = await deployMock("PlainToken", ["FINE", 24, 1n]);
      expect(await problemsOf({ usdc: await fine.getAddress(), route: [] })).to.deep.equal([
        "`usdc` has 24 decimals, but at most 18 can be counted with: correct the address.",
      ]);
    });

    it("refuses a DEX that is no factory, or whose pairs are none of Uniswap v2", async () => {
      const abi = interfaceAs("dexFactory");
      const strange = await standIn(abi, { allPairsLength: [1n], allPairs: [w.chain.flock] });
      for (const dexFactory of [w.chain.flock, await strange.getAddress()]) {
        expect(await problemsOf({ dexFactory })).to.deep.equal([
          `\`dexFactory\` names ${dexFactory}, which is no Uniswap v2 factory: correct the address.`,
        ]);
      }
    });

    it("refuses `flockBurns` for a token without burn, or one that takes whatever it is called with", async () => {
      const plain = await (await deployMock("PlainToken", ["PLAIN", 18, 1n])).getAddress();
      // Ether that is wrapped takes every call for a deposit.
      const router = new ethers.Contract(w.chain.router, ["function WETH() view returns (address)"], ethers.provider);
      const weth = (await router.getFunction("WETH").staticCall()) as string;
      for (const flock of [plain, weth]) {
        expect(await problemsOf({ flock, route: [] })).to.deep.equal([
          `\`flockBurns\` is true, but ${flock} has no function burn(uint256) that everybody may call: write false, so that FLOCK goes to the dead address instead.`,
        ]);
        expect(await problemsOf({ flock, route: [], flockBurns: false })).to.deep.equal([]);
      }
      expect((await notesOf({ flockBurns: false }))[1]).to.match(/^`flockBurns` is false although FLOCK has a burn/);
    });
  });

  describe("route", () => {
    const hop = (pair: string, minReserveWei = "1") => ({ pair, minReserveWei });
    const abi = interfaceAs("pair");

    it("refuses what is no pair, and a pair of other tokens", async () => {
      const nothing = fresh();
      expect(await problemsOf({ route: [hop(nothing)] })).to.deep.equal([
        `\`route[0].pair\` names ${nothing}, where this chain has no contract: correct the address.`,
      ]);
      expect(await problemsOf({ route: [hop(w.chain.flock)] })).to.deep.equal([
        `\`route[0].pair\` names ${w.chain.flock}, which is no pair of Uniswap v2: correct the address.`,
      ]);
      expect((await problemsOf({ route: [hop(w.pair), hop(w.pair)] }))[0]).to.match(/ends at the token/);
    });

    it("refuses a route that ends elsewhere than at FLOCK, or takes a wrong turn", async () => {
      const middle = await (await deployMock("PlainToken", ["MID", 18, tokens(10_000)])).getAddress();
      const factory = connectAs("dexFactory", w.chain.dexFactory, w.deployer);
      const first = await createPool(factory, w.deployer, [
        { token: w.chain.usdc, amount: 1_000_000n },
        { token: middle, amount: tokens(1) },
      ]);
      expect(await problemsOf({ route: [hop(first)] })).to.deep.equal([
        `\`route\` ends at the token ${middle}, not at FLOCK (${w.chain.flock}): add the pair that is missing.`,
      ]);
      expect((await problemsOf({ route: [hop(first), hop(w.pair)] }))[0]).to.equal(
        `\`route[1].pair\` names ${w.pair}, which does not trade ${middle}: the first pair takes USDC, and each other one what the one before it gives.`,
      );
      const second = await createPool(factory, w.deployer, [
        { token: middle, amount: tokens(1) },
        { token: w.chain.flock, amount: tokens(1) },
      ]);
      expect(await problemsOf({ route: [hop(first), hop(second)] })).to.deep.equal([]);
    });

    it("refuses pairs that are less deep than they must be, or need not be deep", async () => {
      const [problem] = await problemsOf({ route: [hop(w.pair, "2000000000001")] });
      expect(problem).to.equal(
        "`route[0]` has a reserve of 2000000000000 wei of the token that it takes, less than its minReserveWei of 2000000000001: name a deeper pair, or a smaller reserve.",
      );
      expect((await problemsOf({ route: [hop(w.pair, "0")] }))[0]).to.match(/^`route\[0\]\.minReserveWei` is 0/);
    });

    it("notes an empty route, and a pair of another factory", async () => {
      expect((await notesOf({ route: [] }))[1]).to.match(/^`route` is empty: USDC for buybacks waits/);
      const other = await standIn(abi, {
        token0: [w.chain.usdc],
        token1: [w.chain.flock],
        getReserves: [1_000n, 1_000n, 0n],
        factory: [w.good.treasury],
      });
      const route = [hop(await other.getAddress())];
      expect(await problemsOf({ route })).to.deep.equal([]);
      expect((await notesOf({ route }))[1]).to.match(/^`route\[0\]` is a pair of another factory, 0x/);
    });
  });

  describe("funds and gas", () => {
    it("refuses a deployer that cannot pay for the whole, and says how much it lacks", async () => {
      const poor = fresh();
      await networkHelpers.setBalance(poor, 10n ** 15n);
      const [problem] = await problemsOf({}, BASE, poor);
      expect(problem).to.match(
        /^The deployer 0x\w{40} has 0\.001 ETH, but the deployment may need [\d.]+ ETH: send it/,
      );
      expect((await problemsOf({}, 56n, poor))[0]).to.match(/has 0\.001 BNB/);
    });

    it("refuses a chain whose blocks are too small for the largest transaction", async () => {
      const small = await network.create({ override: { blockGasLimit: 5_000_000n } });
      const [deployer] = await small.ethers.getSigners();
      const planned = { connection: small, chainId: LOCAL_CHAIN, parameters: localParameters(), folder };
      const checks = await preflight({ ...planned, fees, deployer: deployer!.address }, artifacts);
      expect(() => {
        requirePassed(checks);
      }).to.throw(/^A transaction of the deployment needs [\d,]+ gas, but this chain takes at most 5,000,000 for one/);
      await small.close();
    });
  });
});
