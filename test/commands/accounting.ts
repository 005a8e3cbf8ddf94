import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { formatEther, parseEther } from "ethers";
import JSON5 from "json5";

import { sharesTable } from "../../scripts/lib/offering/sharesTable.ts";
import { MT_SUPPLY, soldAt, virtualFlock } from "../../sdk/src/raise/curve.ts";
import { grossFor } from "../../sdk/src/raise/fees.ts";
import { sharesAt, sumOf } from "../../sdk/src/raise/shares.ts";
import type { ShareTerms } from "../../sdk/src/raise/shares.ts";
import { rateOfBps } from "../../sdk/src/units/numbers.ts";
import { START_TIMEOUT, freshNode } from "../support/node.ts";
import type { Document, Node } from "../support/node.ts";
import { Random } from "../support/random.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const BASE_FEE_BPS = 125n;
const BASE_RATE = rateOfBps(BASE_FEE_BPS);

/** Where the parts stand in the documents of `launch` and of `graduate`. */
const PARTS = ["claimableMt", "poolMt", "treasuryMt", "incentiveReserveMt", "burnedMt", "poolFlock", "stakingFundFlock", "protocolFlock"]; // prettier-ignore

describe("what becomes of a raise", () => {
  it("accounts for 1,000,000 MT and for the whole raise to the wei, on every curve", () => {
    const random = new Random("accounting");
    for (let i = 0; i < 500; ++i) {
      const target = random.magnitude(10n ** 18n, 5n * 10n ** 26n);
      const x0 = virtualFlock({ target, startPriceWad: (target * random.uniform(500n, 990n)) / 400_000n / 1_000n });
      const raised = random.uniform(target / 4n, target);
      const bundleNet = random.uniform(0n, raised / 20n);
      const terms: ShareTerms = {
        ...{ target, virtualFlock: x0, bundleNet, bundleMt: soldAt(target, x0, bundleNet) },
        ...{ openingMode: random.pick(["averagePrice", "curvePrice"] as const) },
        ...{ creatorFeeBps: 30n, baseFeeBps: BASE_FEE_BPS, launchFee: parseEther("1000") },
      };
      const { mt, flock, fees } = sharesAt(terms, raised);
      expect(sumOf(mt)).to.equal(MT_SUPPLY);
      expect(sumOf(flock)).to.equal(raised);
      for (const part of [...Object.values(mt), ...Object.values(flock), ...Object.values(fees)]) {
        expect(part >= 0n).to.equal(true);
      }
      const net = (gross: bigint) => gross - (gross * BASE_FEE_BPS + 9_999n) / 10_000n;
      const gross = grossFor(raised, BASE_RATE);
      expect(net(gross) >= raised && net(gross - 1n) < raised).to.equal(true);
    }
  });

  it("shows its sums", () => {
    const target = parseEther("50000");
    const x0 = virtualFlock({ target, startPriceWad: parseEther("0.1") });
    const terms = { target, virtualFlock: x0, openingMode: "averagePrice" as const, bundleNet: 0n, bundleMt: 0n };
    const fees = { creatorFeeBps: 30n, baseFeeBps: BASE_FEE_BPS, launchFee: parseEther("1000") };
    const shares = sharesAt({ ...terms, ...fees }, target);
    const table = sharesTable([{ title: "at the target", shares }]);
    expect(table).to.match(/all MT +│ +1,000,000 │/);
    expect(table).to.match(/the raise +│ +50,000 │/);
    expect(table).to.match(/all that is paid +│ +51,632\.9113 │/);
  });
});

describe("what fomo launch says will become of a raise", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  let node: Node;
  before(async function () {
    this.timeout(START_TIMEOUT);
    node = await freshNode();
  });

  for (const [modelId, openingMode, end, bundleFlock] of [
    [1, "averagePrice", "target", "0"],
    [2, "curvePrice", "minimum", "1000"],
    [3, "averagePrice", "minimum", "500.123456789123456789"],
    [4, "curvePrice", "target", "1"],
  ] as const) {
    it(`is what graduation does, at the ${end} with ${openingMode} and a bundle of ${bundleFlock} FLOCK`, async () => {
      const file = join(folder, "launch.json5");
      const example = JSON5.parse<object>(readFileSync("deploy/launches/qwen-alice.json5", "utf8"));
      const metadata = { uri: "https://example.org/m.json", sha256: `0x${"11".repeat(32)}` };
      writeFileSync(
        file,
        JSON.stringify({ ...example, symbol: `Q${modelId.toString()}`, metadata, openingMode, bundleFlock }),
      );
      const launched = await node.json("launch --from alice --file", file);
      const outcomes = launched.outcomes as Document[];
      const expected = outcomes[end === "minimum" ? 0 : 1]!;
      await node.warp(7_200);
      const { raisedFlockWei } = await node.json(`status --model ${modelId.toString()}`);
      const missing = BigInt(expected.raisedFlockWei as string) - BigInt(raisedFlockWei as string);
      const payment = formatEther(grossFor(missing, BASE_RATE));
      await node.json(`buy --model ${modelId.toString()} --flock ${payment} --from bob`);
      if (end === "minimum") await node.warp(8 * 86_400);
      const fees = await node.json(`fees --model ${modelId.toString()}`);
      const graduated = await node.json(`graduate --model ${modelId.toString()}`);
      for (const part of PARTS) expect(graduated[`${part}Wei`], part).to.equal(expected[`${part}Wei`]);
      const issuer = BigInt(expected.issuerMtWei as string) + BigInt(expected.bundleMtWei as string);
      expect(graduated.issuerMtWei).to.equal(issuer.toString());
      // The contract rounds the fee of each purchase up, and so the sum of two.
      for (const [stated, found] of [
        ["creatorFeesFlockWei", fees.creatorFeesFlockWei],
        ["protocolFeesFlockWei", fees.protocolFeesFlockWei],
      ] as const) {
        const difference = BigInt(found as string) - BigInt(expected[stated] as string);
        expect(difference >= -2n && difference <= 2n, stated).to.equal(true);
      }
    });
  }
});
