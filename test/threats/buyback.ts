import { expect } from "chai";
import { ZeroAddress } from "ethers";

import {
  FLOCK_SEAT,
  WAIT,
  createPool,
  decide,
  earn,
  earningFixture,
  graduateModel,
  modelSeat,
  observe,
  pokeAll,
  poolOf,
} from "../support/buyback.ts";
import type { MarketScene } from "../support/buyback.ts";
import { at, now } from "../support/clock.ts";
import { ethers, networkHelpers } from "../support/fixtures.ts";
import { afterTrade, amountOut, reversed } from "../support/model/constantProduct.ts";
import type { Pool } from "../support/model/constantProduct.ts";
import { bestPush, largestPush, sandwich } from "../support/model/sandwich.ts";
import { attackerWith, canBuy, gainOver, lotCall, sandwichCalls } from "../support/sandwiches.ts";
import { DAY, HOUR, MINUTE, NO_DEADLINE, OBSERVATION_AGE, REFILL } from "../support/time.ts";
import { deployRunner, trade } from "../support/trades.ts";
import { connectAs, interfaceAs } from "../../sdk/src/ethers/connect.ts";
import { BPS, tokens, usdc } from "../support/units.ts";

const LOT = usdc(3_000);

/** Bounds of a lot [bps of its worth at the average]: in a block in which the pair was touched, and in any other. */
const TOUCHED_BAND = 9_940n;
const BAND = 9_800n;

describe("Threats: buyback", () => {
  let f: MarketScene;
  let pool: Pool;
  beforeEach(async () => {
    f = await networkHelpers.loadFixture(earningFixture);
    pool = await poolOf(f.routePair, f.addresses.usdc);
  });

  const outMin = (band: bigint, lot = LOT) => (((lot * pool.reserveOut) / pool.reserveIn) * band) / BPS;
  const buy = (modelId = 0n) => f.buyback.buyFlock(modelId, 0n, NO_DEADLINE);
  const syncCall = () => ({
    target: f.routePair,
    data: interfaceAs("pair").encodeFunctionData("sync"),
  });

  describe("B1 a minimum output from the pool's own price in the same transaction", () => {
    it("has no place: the bound comes from the average, whatever the price was made a moment before", async () => {
      const attacker = await attackerWith(f, 0n);
      const push = usdc(50_000);
      await expect(attacker.run([...attacker.buys(push, amountOut(pool, push)), lotCall(f)]))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
        .withArgs(WAIT.PriceOff, f.routePair);
      const before = (await f.buyback.nextFlockLot(0n)).amountOutMin;
      await trade(f.deployer, f.routePair, f.addresses.usdc, push);
      const after = (await f.buyback.nextFlockLot(0n)).amountOutMin;
      // Half an hour's average, of which the new price has stood for two seconds.
      expect(after).to.be.closeTo((before * TOUCHED_BAND) / BAND, before / 100n);
    });

    it("lets the caller's own minimum tighten it, never loosen it", async () => {
      await trade(f.deployer, f.routePair, f.addresses.usdc, usdc(50_000));
      await networkHelpers.mine();
      await expect(f.buyback.buyFlock(0n, 0n, NO_DEADLINE)).to.be.revertedWithCustomError(f.buyback, "Buyback_Wait");
    });
  });

  describe("B2 a sandwich around one lot, measured on the real pair", () => {
    for (const shareBps of [0n, 2_500n, 5_000n]) {
      describe(`by somebody with ${shareBps / 100n}% of the liquidity`, () => {
        const attackOf = () => ({ pool, lots: [LOT], shareBps });

        it("loses in one transaction, at every size that the bound of a touched block lets through", async () => {
          const attacker = await attackerWith(f, shareBps);
          const maxPush = largestPush(attackOf(), outMin(TOUCHED_BAND));
          expect(maxPush > usdc(1_000)).to.equal(true);
          for (const push of [maxPush, maxPush / 2n, maxPush / 10n, usdc(10)]) {
            const calls = sandwichCalls(attacker, pool, push, [LOT], [lotCall(f)]);
            const gain = await gainOver(
              attacker,
              () => attacker.run(calls),
              () => attacker.run([lotCall(f)]),
            );
            expect(gain < 0n, `with ${push}`).to.equal(true);
            // The chain and the search below speak of the same attack.
            expect(gain).to.be.closeTo(sandwich(attackOf(), push).profit, 4n * BPS);
          }
          const tooMuch = sandwichCalls(attacker, pool, maxPush + usdc(1), [LOT], [lotCall(f)]);
          await expect(attacker.run(tooMuch)).to.be.revertedWithCustomError(f.buyback, "Buyback_Wait");
        });

        it("loses over three blocks too, where the bound is 98%", async () => {
          const attacker = await attackerWith(f, shareBps);
          const maxPush = largestPush(attackOf(), outMin(BAND + 10n));
          const bought = amountOut(pool, maxPush);
          const bid = reversed(afterTrade(afterTrade(pool, maxPush), LOT));
          const gain = await gainOver(
            attacker,
            async () => {
              await attacker.run(attacker.buys(maxPush, bought));
              await buy();
              await attacker.run(attacker.sells(bought, amountOut(bid, bought)));
            },
            () => buy(),
          );
          expect(gain < 0n).to.equal(true);
          expect(gain).to.be.closeTo(sandwich(attackOf(), maxPush).profit, 4n * BPS);
        });

        it("loses at every size: the best of a search over all of them is to do nothing", () => {
          for (const band of [TOUCHED_BAND, BAND]) {
            const best = bestPush(attackOf(), largestPush(attackOf(), outMin(band)));
            expect(best.profit < 0n).to.equal(true);
          }
          // Nor would it pay if there were no bound at all.
          expect(bestPush(attackOf(), pool.reserveIn).profit < 0n).to.equal(true);
        });

        it("would pay around a lot ten times as large", async () => {
          const lots = [10n * LOT];
          const attack = { pool, lots, shareBps };
          const push = largestPush(attack, outMin(BAND, 10n * LOT));
          const attacker = await attackerWith(f, shareBps);
          const buyer = await attackerWith(f, 0n);
          // No setting lets such a lot through, so somebody else buys it between the attacker's trades.
          const out = amountOut(afterTrade(pool, push), 10n * LOT);
          const calls = buyer.buys(10n * LOT, out);
          const data = f.usdc.interface.encodeFunctionData("approve", [attacker.address, 10n * LOT]);
          await buyer.run([{ target: f.addresses.usdc, data }]);
          const pay = f.usdc.interface.encodeFunctionData("transferFrom", [buyer.address, f.routePair, 10n * LOT]);
          const between = [{ target: f.addresses.usdc, data: pay }, calls[1]!];
          const quiet = buyer.buys(10n * LOT, amountOut(pool, 10n * LOT));
          const gain = await gainOver(
            attacker,
            () => attacker.run(sandwichCalls(attacker, pool, push, lots, between)),
            () => buyer.run(quiet),
          );
          expect(gain > 0n).to.equal(true);
          // More than 0.15% of what is bought goes to the attacker.
          expect(gain * 1_000n > 10n * LOT * BPS).to.equal(true);
        });
      });
    }

    it("would pay from 0.30%, 0.23% and 0.15% of the reserve on, for 0%, 25% and 50% of the liquidity", () => {
      const tenths = (shareBps: bigint) => {
        for (let lot = 100n; ; ++lot) {
          const attack = { pool, lots: [(pool.reserveIn * lot) / 100_000n], shareBps };
          if (bestPush(attack, pool.reserveIn / 10n).profit > BPS) return lot;
        }
      };
      expect([0n, 2_500n, 5_000n].map(tenths)).to.deep.equal([302n, 227n, 151n]);
    });

    it("takes at most what the bound leaves: 2% of a lot, also from somebody with nearly all of the liquidity", () => {
      const attack = { pool, lots: [LOT], shareBps: 9_900n };
      const { profit } = bestPush(attack, largestPush(attack, outMin(BAND)));
      expect(profit > 0n).to.equal(true);
      expect(profit < (LOT * BPS * 2n) / 100n).to.equal(true);
    });

    /** A known limit: whoever buys ahead of several lots and holds speculates on a demand that everybody can see. */
    describe("holding a pushed price over three lots, ten minutes long", () => {
      async function hold(meanwhile: () => Promise<unknown>) {
        await earn(f, usdc(90_000));
        // So much that the third lot is still within its bound: the lots themselves raise the price too.
        const push = usdc(6_000);
        const attacker = await attackerWith(f, 0n);
        const bought = amountOut(pool, push);
        const gain = await gainOver(
          attacker,
          async () => {
            await attacker.run(attacker.buys(push, bought));
            await buy();
            await meanwhile();
            for (let i = 0; i < 2; ++i) {
              await networkHelpers.time.increase(REFILL);
              await buy();
            }
            const bid = reversed(await poolOf(f.routePair, f.addresses.usdc));
            await attacker.run(attacker.sells(bought, amountOut(bid, bought)));
          },
          () => networkHelpers.mine(),
        );
        return gain;
      }

      it("gains less than 2% of a lot in a market in which nobody else trades", async () => {
        const gain = await hold(() => Promise.resolve());
        expect(gain > 0n).to.equal(true);
        expect(gain < (LOT * BPS * 2n) / 100n).to.equal(true);
      });

      it("loses as soon as one holder sells into it", async () => {
        const gain = await hold(() => trade(f.deployer, f.routePair, f.addresses.flock, tokens(6_000)));
        expect(gain < 0n).to.equal(true);
      });
    });
  });

  describe("B3 a price from one moment, or from long ago", () => {
    it("has no place: an average spans half an hour at least, however often somebody pokes", async () => {
      for (let i = 0; i < 40; ++i) {
        await networkHelpers.time.increase(97n);
        await f.buyback.connect(f.stranger).pokeRoute();
        const [, averageSince] = await f.buyback.observationOf(f.routePair, f.addresses.usdc);
        expect((await now()) - averageSince >= OBSERVATION_AGE).to.equal(true);
      }
    });

    it("cannot be moved by a price that stands for one block", async () => {
      const before = (await f.buyback.nextFlockLot(0n)).amountOutMin;
      const bought = await trade(f.deployer, f.routePair, f.addresses.usdc, usdc(400_000));
      await networkHelpers.time.increase(12n);
      await f.buyback.pokeRoute();
      await trade(f.deployer, f.routePair, f.addresses.flock, bought);
      await networkHelpers.mine();
      const after = (await f.buyback.nextFlockLot(0n)).amountOutMin;
      expect(after).to.be.closeTo(before, before / 200n);
    });

    it("goes stale, and is repaired by two pokes of anybody", async () => {
      await networkHelpers.time.increase(30n * DAY);
      expect((await f.buyback.nextFlockLot(0n)).wait).to.equal(WAIT.NoObservation);
      await f.buyback.connect(f.stranger).pokeRoute();
      await networkHelpers.time.increase(OBSERVATION_AGE);
      await f.buyback.connect(f.stranger).pokeRoute();
      await buy();
    });
  });

  it("B8 a tip or refund that is not deducted: nobody is paid, and what goes in is what is spent", async () => {
    const holders = [f.waterfall, f.routePair, f.buyback, f.stranger];
    const tx = f.buyback.connect(f.stranger).buyFlock(f.modelId, 0n, NO_DEADLINE);
    await expect(tx).to.changeTokenBalances(ethers, f.usdc, holders, [-LOT, LOT, 0n, 0n]);
    const out = amountOut(pool, LOT);
    await expect(tx).to.changeTokenBalances(ethers, f.flock, holders, [0n, -out, out, 0n]);
  });

  describe("B9 liquidity for one transaction", () => {
    const pairInterface = interfaceAs("pair");

    for (const times of [1n, 9n, 99n]) {
      it(`does not make the lot larger nor the sandwich pay: ${times} times the pool is added`, async () => {
        await earn(f, usdc(900_000));
        const attacker = await attackerWith(f, 0n);
        const pair = connectAs("pair", f.routePair, f.deployer);
        const supply = await pair.totalSupply();
        const send = (token: "usdc" | "flock", amount: bigint) => ({
          target: f.addresses[token],
          data: f[token].interface.encodeFunctionData("transfer", [f.routePair, amount]),
        });
        if (times > 9n) {
          await f.usdc.transfer(attacker.address, times * pool.reserveIn);
          await f.flock.transfer(attacker.address, times * pool.reserveOut);
        }
        const add = [
          send("usdc", times * pool.reserveIn),
          send("flock", times * pool.reserveOut),
          { target: f.routePair, data: pairInterface.encodeFunctionData("mint", [attacker.address]) },
        ];
        const remove = [
          { target: f.routePair, data: pairInterface.encodeFunctionData("transfer", [f.routePair, times * supply]) },
          { target: f.routePair, data: pairInterface.encodeFunctionData("burn", [attacker.address]) },
        ];
        const deep = { ...pool, reserveIn: (times + 1n) * pool.reserveIn, reserveOut: (times + 1n) * pool.reserveOut };
        const attack = { pool: deep, lots: [LOT], shareBps: (times * BPS) / (times + 1n) };
        const maxPush = largestPush(attack, outMin(TOUCHED_BAND));
        for (const push of [maxPush, maxPush / 3n, maxPush / 30n]) {
          const calls = [...add, ...sandwichCalls(attacker, deep, push, [LOT], [lotCall(f)]), ...remove];
          const gain = await gainOver(
            attacker,
            async () => {
              const tx = await attacker.run(calls);
              const [event] = await f.buyback.queryFilter(f.buyback.filters.FlockBought(), tx.blockNumber ?? -1);
              expect(event!.args.usdcIn).to.equal(LOT);
              expect(event!.args.flockOut >= outMin(TOUCHED_BAND)).to.equal(true);
            },
            () => attacker.run([...add, lotCall(f), ...remove]),
          );
          expect(gain < 0n, `with ${push}`).to.equal(true);
        }
        // Less than a unit of USDC, which is what rounding moves.
        expect(bestPush(attack, maxPush).profit < BPS).to.equal(true);
      });
    }

    it("is not noted: neither by the first observation nor by a later one", async () => {
      const runner = await deployRunner();
      await f.usdc.transfer(runner.address, usdc(4_000_000));
      await networkHelpers.time.increase(OBSERVATION_AGE);
      const data = f.usdc.interface.encodeFunctionData("transfer", [f.routePair, usdc(4_000_000)]);
      const poke = { target: f.addresses.buyback, data: f.buyback.interface.encodeFunctionData("pokeRoute") };
      await runner.run([{ target: f.addresses.usdc, data }, syncCall(), poke]);
      const [observedAt, , noted] = await f.buyback.observationOf(f.routePair, f.addresses.usdc);
      expect([observedAt, noted]).to.deep.equal([await now(), usdc(2_000_000)]);
    });
  });

  describe("touching the pair in the same block", () => {
    it("cannot stop the buyback at the average price", async () => {
      const runner = await deployRunner();
      await runner.run([syncCall(), lotCall(f)]);
      expect(await f.waterfall.creditOf(FLOCK_SEAT)).to.equal(0n);
    });

    it("cannot stop a second lot in the block of the first", async () => {
      const runner = await deployRunner();
      await earn(f, usdc(5_000));
      await f.buyback.buyFlock(f.modelId, 0n, NO_DEADLINE);
      await networkHelpers.time.increase(REFILL);
      await networkHelpers.time.increase(OBSERVATION_AGE);
      await pokeAll(f);
      const both = [f.modelId, 0n].map((modelId) => ({
        target: f.addresses.buyback,
        data: f.buyback.interface.encodeFunctionData("buyFlock", [modelId, 0n, NO_DEADLINE]),
      }));
      // 1,500 USDC of the model's credit, then as much of the FLOCK seat's as the bucket still holds.
      await runner.run(both);
      expect(await f.waterfall.creditOf(FLOCK_SEAT)).to.be.closeTo(usdc(3_000), usdc(10));
    });

    it("delays it while the price stands above the average by more than 0.15%: then the next untouched block", async () => {
      await trade(f.deployer, f.routePair, f.addresses.usdc, usdc(5_000));
      const runner = await deployRunner();
      await expect(runner.run([syncCall(), lotCall(f)]))
        .to.be.revertedWithCustomError(f.buyback, "Buyback_Wait")
        .withArgs(WAIT.PriceOff, f.routePair);
      await runner.run([lotCall(f)]);
    });
  });

  describe("B10 clocks of pools that several share", () => {
    it("no clock per model: models and burning together get one bucket", async () => {
      const other = await graduateModel(f);
      await earn(f, usdc(90_000));
      await earn(f, usdc(90_000), other);
      await observe(f);
      const from = await f.usdc.balanceOf(f.routePair);
      const firstAt = await now();
      for (let i = 0; i < 12; ++i) {
        await networkHelpers.time.increase(20n);
        for (const modelId of [0n, f.modelId, other])
          if ((await f.buyback.nextFlockLot(modelId)).amountIn > 0n) await buy(modelId);
      }
      const elapsed = (await now()) - firstAt;
      const passed = (await f.usdc.balanceOf(f.routePair)) - from;
      expect(passed <= LOT + (LOT * elapsed) / REFILL + LOT / 100n).to.equal(true);
      expect(passed > LOT).to.equal(true);
    });

    it("no shared clock either: lots of dust, second by second, leave a whole lot to everybody else", async () => {
      const other = await graduateModel(f);
      await observe(f);
      for (let i = 0; i < 30; ++i) {
        await earn(f, 10n, other);
        await f.buyback.connect(f.stranger).buyFlock(other, 0n, NO_DEADLINE);
      }
      const lot = await f.buyback.nextFlockLot(0n);
      expect(lot.amountIn >= LOT - 90n).to.equal(true);
      await buy();
    });

    it("dust does not keep a bucket from emptying", async () => {
      await earn(f, usdc(900_000));
      await buy();
      const boughtAt = await now();
      let dust = 0n;
      for (let i = 1n; i <= 30n; ++i) {
        await at(boughtAt + 10n * i);
        await f.buyback.connect(f.stranger).buyFlock(f.modelId, 0n, NO_DEADLINE);
        dust += LOT / 30n;
      }
      // What was bought in pieces is what one lot at the end would have been.
      const credit = await f.waterfall.creditOf(FLOCK_SEAT);
      expect(credit).to.equal(usdc(3_000) + usdc(270_000) - LOT);
      const spent = await f.usdc.balanceOf(f.routePair);
      expect(spent - usdc(2_000_000) - LOT).to.be.closeTo(dust, 60n);
    });
  });

  describe("B11 an observation that anyone can replace", () => {
    it("stands for half an hour: poking in every block changes nothing", async () => {
      const [observedAt, averageSince] = await f.buyback.observationOf(f.routePair, f.addresses.usdc);
      for (let i = 0; i < 50; ++i) await f.buyback.connect(f.stranger).pokeRoute();
      expect((await f.buyback.observationOf(f.routePair, f.addresses.usdc)).slice(0, 2)).to.deep.equal([
        observedAt,
        averageSince,
      ]);
    });

    it("leaves an average at every moment while a keeper comes every 45 minutes and somebody pokes when it hurts", async () => {
      let keeperAt = (await now()) + 45n * MINUTE;
      for (let i = 0; i < 12; ++i) {
        // A second less than half an hour before the keeper, so that the keeper comes too early.
        await at(keeperAt - OBSERVATION_AGE + 1n);
        await f.buyback.connect(f.stranger).pokeRoute();
        await at(keeperAt);
        await networkHelpers.mine();
        expect(await canBuy(f)).to.equal(true);
        await f.buyback.pokeRoute();
        keeperAt += 45n * MINUTE;
      }
    });
  });

  describe("B12 a route that is missing, shallow or made by an attacker", () => {
    it("a pair that somebody makes is not used: the route is a list of governance's own", async () => {
      const fake = await (await ethers.deployContract("PlainToken", ["WETH", 18, tokens(1_000)])).getAddress();
      const before = await f.buyback.routePairs();
      await createPool(f.dexFactory, f.deployer, [
        { token: fake, amount: tokens(1) },
        { token: f.addresses.flock, amount: tokens(1) },
      ]);
      await buy();
      expect(await f.buyback.routePairs()).to.deep.equal(before);
    });

    it("a drained pool lets the money wait; governance names another way and it is spent there", async () => {
      const pair = connectAs("pair", f.routePair, f.deployer);
      await pair.transfer(f.routePair, await pair.balanceOf(f.deployer));
      await pair.burn(f.deployer);
      const lot = await f.buyback.nextFlockLot(0n);
      expect([lot.wait, lot.pair, lot.credit]).to.deep.equal([WAIT.ShallowPool, f.routePair, usdc(3_000)]);

      const weth = await (await ethers.deployContract("PlainToken", ["WETH", 18, tokens(10_000)])).getAddress();
      const route = [
        await createPool(f.dexFactory, f.deployer, [
          { token: f.addresses.usdc, amount: usdc(2_000_000) },
          { token: weth, amount: tokens(800) },
        ]),
        await createPool(f.dexFactory, f.deployer, [
          { token: weth, amount: tokens(800) },
          { token: f.addresses.flock, amount: tokens(2_000_000) },
        ]),
      ].map((address) => ({ pair: address, minReserve: 1n }));
      await decide(f, f.buyback, f.buyback.interface.encodeFunctionData("setRoute", [route]));
      await observe(f);
      const { amountIn } = await f.buyback.nextFlockLot(0n);
      await buy();
      expect(amountIn > usdc(2_900)).to.equal(true);
      expect(await f.waterfall.creditOf(FLOCK_SEAT)).to.equal(usdc(3_000) - amountIn);
    });

    it("an idle hour with the keepers away delays and loses nothing", async () => {
      await networkHelpers.time.increase(5n * HOUR);
      expect(await f.waterfall.creditOf(FLOCK_SEAT)).to.equal(usdc(3_000));
      expect((await f.buyback.nextFlockLot(0n)).pair).not.to.equal(ZeroAddress);
    });
  });

  describe("B14 two steps that share the bucket of the route", () => {
    it("gives more to whom is called more often, and loses nothing: both are through when one bucket lets both", async () => {
      await earn(f, usdc(20_000));
      const seats = [FLOCK_SEAT, modelSeat(f.modelId)];
      const credits = () => Promise.all(seats.map((seat) => f.waterfall.creditOf(seat)));
      expect(await credits()).to.deep.equal([usdc(9_000), usdc(9_000)]);
      const from = await f.usdc.balanceOf(f.routePair);
      const firstAt = await now();

      // Somebody buys for the model every 30 seconds. The other step gets what is left, a second later, every 5 minutes.
      for (let turn = 0; (await credits())[1]! > 0n; ++turn) {
        await f.buyback.connect(f.stranger).buyFlock(f.modelId, 0n, NO_DEADLINE);
        if (turn % 10 === 9) await buy();
        await networkHelpers.time.increase(turn % 10 === 9 ? 28n : 29n);
      }
      const [burning] = await credits();
      const burned = usdc(9_000) - burning!;
      expect(burned > 0n && burned < usdc(9_000) / 100n).to.equal(true);

      // Then there is nobody else, and the starved step gets the bucket for itself.
      while ((await credits())[0]! > 0n) {
        await buy();
        await networkHelpers.time.increase(REFILL - 1n);
      }
      expect((await f.usdc.balanceOf(f.routePair)) - from).to.equal(usdc(18_000));
      // One whole bucket at first, and what leaks out: no more time than one step alone would need for both.
      const elapsed = (await now()) - firstAt;
      expect(elapsed <= ((usdc(18_000) - LOT) * REFILL) / LOT + 2n * REFILL).to.equal(true);
    });
  });

  it("A3 a target and calldata from the caller: no function of buyback or waterfall takes bytes", () => {
    for (const room of [f.buyback.interface, f.waterfall.interface]) {
      room.forEachFunction(({ name, inputs, payable }) => {
        expect(payable, name).to.equal(false);
        expect(inputs.filter(({ type }) => type === "bytes" || type === "bytes[]")).to.deep.equal([]);
      });
    }
  });
});
