import { expect } from "chai";

import type { ProtocolAddresses } from "../../deploy/config/deployed.ts";
import { checkPairFees } from "../../scripts/lib/deployment/preflight/pairFee.ts";
import { interfaceAs } from "../../sdk/src/ethers/connect.ts";
import { connection, firstSigners, networkHelpers } from "../support/fixtures.ts";
import { deployMock, standIn } from "../support/scenes.ts";
import { tokens } from "../support/units.ts";

/** Fees of the two pairs of a route [bps]. */
const FIRST = 25n;
const SECOND = 20n;

/** A route of two pairs whose fees differ, and a buyback that names it. */
async function routeScene() {
  const make = async (symbol: string, decimals: number) => {
    const token = await deployMock("PlainToken", [symbol, decimals, tokens(1_000_000)]);
    return { token, address: await token.getAddress() };
  };
  const [usdc, middle, flock] = [await make("USDC", 6), await make("MID", 18), await make("FLOCK", 18)];
  const pairOf = async (a: typeof usdc, b: typeof usdc, fee: bigint, amounts: [bigint, bigint]) => {
    const pair = await deployMock("FeePair", [a.address, b.address, fee]);
    await a.token.getFunction("transfer").send(pair, amounts[0]);
    await b.token.getFunction("transfer").send(pair, amounts[1]);
    await pair.getFunction("sync").send();
    return await pair.getAddress();
  };
  const first = await pairOf(usdc, middle, FIRST, [2_000_000_000_000n, tokens(700)]);
  const second = await pairOf(middle, flock, SECOND, [tokens(3_000), tokens(90_000)]);
  const route = [
    [first, 1n],
    [second, 1n],
  ];
  const buyback = await (await standIn(interfaceAs("buyback"), { routePairs: [route] })).getAddress();
  return { addresses: { usdc: usdc.address, buyback } as ProtocolAddresses, first, second };
}

describe("Deployment: fees of the route's pairs", () => {
  const checksAt = async (fee: bigint) => {
    const { addresses, first, second } = await networkHelpers.loadFixture(routeScene);
    const trader = (await firstSigners())[9].address;
    const checks = await checkPairFees(connection, addresses, trader, fee);
    const named = (text: string | undefined) => text?.replace(first, "FIRST").replace(second, "SECOND");
    return checks.map(({ problem, note }) => named(problem) ?? named(note));
  };

  it("must not be above that of the parameters, in either pair", async () => {
    const tooMuch = (fee: bigint, pair: string) =>
      `\`pairFeeBps\` is ${fee.toString()}, but the pair ${pair} takes more, so that FLOCK could never be bought: write the fee of the DEX.`;
    expect(await checksAt(19n)).to.deep.equal([tooMuch(19n, "FIRST"), tooMuch(19n, "SECOND")]);
    expect(await checksAt(20n)).to.deep.equal([tooMuch(20n, "FIRST"), undefined]);
    expect((await checksAt(24n))[0]).to.equal(tooMuch(24n, "FIRST"));
  });

  it("are noted where they are below it", async () => {
    const less = (fee: bigint, pair: string) =>
      `\`pairFeeBps\` is ${fee.toString()}, but the pair ${pair} takes less: buybacks leave it the difference.`;
    expect(await checksAt(25n)).to.deep.equal([undefined, less(25n, "SECOND")]);
    expect(await checksAt(26n)).to.deep.equal([less(26n, "FIRST"), less(26n, "SECOND")]);
  });
});
