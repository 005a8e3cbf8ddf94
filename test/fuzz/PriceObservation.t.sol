// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IUniswapV2Pair} from "@uniswap/v2-core/contracts/interfaces/IUniswapV2Pair.sol";
import {Test} from "forge-std/Test.sol";

import {Observations, PairReading, PriceObservation} from "../../contracts/buyback/libraries/PriceObservation.sol";
import {ScriptedPair} from "../support/mocks/ScriptedPair.sol";

/// @dev Properties of the observations for every history of prices and pokes, wherever the pair's clock and cumulative
/// prices stand when it begins.
contract PriceObservationFuzzTest is Test {
    using PriceObservation for Observations;

    uint256 private constant MIN_AGE = 30 minutes;
    uint256 private constant MAX_SPAN = 2 hours;
    /// @dev The longest regular interval that nobody can disturb: 30 minutes and twice this make two hours.
    uint256 private constant KEEPER_INTERVAL = 45 minutes;
    uint256 private constant STEPS = 40;

    ScriptedPair private _pair;
    Observations private _observations;
    uint256 private _time;
    uint256 private _seed;

    function setUp() external {
        _pair = new ScriptedPair();
    }

    /// @dev The average lies between the lowest and the highest price since the older observation, also across the wrap
    /// of the pair's time and of its cumulative prices.
    function testFuzz_Worth_LiesBetweenTheLowestAndTheHighestPrice(
        uint256 seed,
        bool inIsFirst,
        bool nearWrap
    ) external {
        _begin(seed, nearWrap);
        _poke(inIsFirst);
        (uint256 lowest, uint256 highest) = (type(uint256).max, 0);
        uint256 amountIn = _draw(1, 1e30);
        for (uint256 i = 0; i < 6; ++i) {
            uint256 spot = _spotOf(inIsFirst, amountIn);
            (lowest, highest) = (spot < lowest ? spot : lowest, spot > highest ? spot : highest);
            _advance(_draw(5 minutes, 19 minutes));
            if (i == 5) break;
            _move();
        }
        assertTrue(_poke(inIsFirst));
        assertTrue(_observations.isUsable());
        uint256 worth = _observations.worth(PriceObservation.read(IUniswapV2Pair(address(_pair)), inIsFirst), amountIn);
        // A price is floored in UQ112.112, which is less than `amountIn` / 2^112 wei.
        assertLe(worth, highest + 1);
        assertGe(worth + amountIn / 2 ** 112 + 2, lowest);
    }

    /// @dev Between pokes nothing depends on who pokes how often: an observation stands for half an hour.
    function testFuzz_Record_OnlyOnceInHalfAnHour(uint256 seed) external {
        _begin(seed, false);
        assertTrue(_poke(true));
        uint256 recordedAt = _time;
        for (uint256 i = 0; i < STEPS; ++i) {
            _advance(_draw(0, 15 minutes));
            bool isDue = _time >= recordedAt + MIN_AGE;
            assertEq(_observations.dueAt(), recordedAt + MIN_AGE);
            uint256 before = recordedAt;
            assertEq(_poke(true), isDue);
            if (!isDue) continue;
            recordedAt = _time;
            assertEq(_observations.olderAt, before);
            assertEq(_observations.newerAt, recordedAt);
        }
    }

    /// @dev A keeper pokes every 45 minutes and anybody else whenever it likes: from the second observation on there is
    /// an average at every moment, of at least half an hour and at most two.
    function testFuzz_Usable_NobodyCanKeepAKeeperFromAnAverage(uint256 seed) external {
        _begin(seed, false);
        _poke(true);
        _advance(KEEPER_INTERVAL);
        _poke(true);
        uint256 keeperAt = _time + KEEPER_INTERVAL;
        for (uint256 i = 0; i < STEPS; ++i) {
            // Attempts cluster around the moments at which they matter: just when one is due, or just late enough that
            // the keeper's next one is not.
            uint256 next = _time + _draw(1, 50 minutes);
            if (_draw(0, 2) == 0) next = keeperAt - _draw(0, MIN_AGE - 1);
            if (_draw(0, 2) == 0) next = _observations.dueAt();
            if (next <= _time) next = _time + 1;
            if (next >= keeperAt) {
                next = keeperAt;
                keeperAt += KEEPER_INTERVAL;
            }
            _advance(next - _time);
            assertTrue(_observations.isUsable());
            if (_draw(0, 1) == 0) _move();
            _poke(true);
            assertTrue(_observations.isUsable());
            assertGe(_time - _observations.olderAt, MIN_AGE);
        }
    }

    /// @dev Once in an hour is not enough against somebody who pokes 31 minutes after the keeper, so that the keeper's
    /// next poke comes a minute too early: for half an hour there is no average. The next poke of anybody restores it.
    function test_Usable_AnHourlyKeeperCanBeMadeToWaitForAPoke() external {
        _begin(1, false);
        assertTrue(_poke(true));
        _advance(31 minutes);
        assertTrue(_poke(true));
        _advance(29 minutes);
        assertFalse(_poke(true));
        _advance(1 hours);
        assertTrue(_poke(true));
        _advance(31 minutes + 1);
        assertFalse(_observations.isUsable());
        assertTrue(_poke(true));
        assertTrue(_observations.isUsable());
    }

    function testFuzz_Usable_UntilTwoHoursAfterTheOlderOne(uint256 seed, uint256 elapsed) external {
        elapsed = _bound(elapsed, 0, 4 hours);
        _begin(seed, false);
        assertFalse(_observations.isUsable());
        _poke(true);
        assertFalse(_observations.isUsable());
        uint256 olderAt = _time;
        _advance(_draw(MIN_AGE, 3 hours));
        _poke(true);
        _advance(elapsed);
        assertEq(_observations.isUsable(), _time <= olderAt + MAX_SPAN);
    }

    /// @dev For a bound there is an average from half an hour after the first observation on, for good: since the last
    /// observation that is so old, whether it is fresh enough to buy at or not.
    function testFuzz_WorthForBound_SinceTheLastObservationOfHalfAnHour(
        uint256 seed,
        bool inIsFirst,
        bool pokedAgain,
        uint256 silence
    ) external {
        silence = _bound(silence, MIN_AGE, 400 days);
        _begin(seed, false);
        uint256 amountIn = _draw(1, 1e30);
        assertEq(_worthForBound(inIsFirst, amountIn), 0);
        _poke(inIsFirst);
        _advance(MIN_AGE - 1);
        assertEq(_worthForBound(inIsFirst, amountIn), 0);
        _advance(silence);
        if (pokedAgain) {
            // For the next half hour the older one counts, and from then on this one.
            assertTrue(_poke(inIsFirst));
            _advance(_draw(0, MIN_AGE - 1));
            PairReading memory reading = PriceObservation.read(IUniswapV2Pair(address(_pair)), inIsFirst);
            assertEq(_worthForBound(inIsFirst, amountIn), _observations.worth(reading, amountIn));
            _advance(_observations.newerAt + MIN_AGE - _time);
        }
        uint256 spot = _spotOf(inIsFirst, amountIn);
        assertApproxEqAbs(_worthForBound(inIsFirst, amountIn), spot, amountIn / 2 ** 112 + 2);
    }

    /// @dev No price of a pair and no time makes the worth of 128 bits revert: settlements ask for it.
    function testFuzz_WorthForBound_NeverReverts(
        uint112 in_,
        uint112 out,
        uint256 cumulative,
        uint256 elapsed
    ) external {
        vm.assume(in_ != 0 && out != 0);
        _time = 1_800_000_000;
        vm.warp(_time);
        _pair.set(in_, out, uint32(_time), cumulative, cumulative);
        _poke(true);
        _advance(_bound(elapsed, 0, 400 days));
        _worthForBound(true, type(uint128).max);
    }

    /// @dev In a touched block the noted reserve can only fall; in any other it is what the pair holds.
    function testFuzz_Record_NotesNoMoreInATouchedBlock(uint256 seed, bool touched) external {
        _begin(seed, false);
        _poke(true);
        uint256 notedBefore = _observations.notedReserve;
        _advance(MIN_AGE);
        if (touched) _move();
        (uint256 reserve, , ) = _pair.getReserves();
        _poke(true);
        uint256 max = touched && notedBefore < reserve ? notedBefore : reserve;
        assertEq(_observations.notedReserve, max);
    }

    /// @dev In a touched block the first observation notes no more than is known of the pair.
    function testFuzz_Record_FirstOneNotesNoMoreThanIsKnown(uint256 seed, uint256 elapsed, uint256 known) external {
        _begin(seed, false);
        elapsed = _bound(elapsed, 0, 3);
        _advance(elapsed);
        PairReading memory reading = PriceObservation.read(IUniswapV2Pair(address(_pair)), true);
        assertTrue(_observations.record(reading, known));
        bool cut = elapsed == 0 && known < reading.reserveIn;
        assertEq(_observations.notedReserve, cut ? known : reading.reserveIn);
    }

    /// @dev An empty pool is not observed.
    function testFuzz_Record_NothingWhileAPoolIsEmpty(uint112 reserve, bool emptyFirst) external {
        _pair.move(emptyFirst ? 0 : reserve, emptyFirst ? reserve : 0);
        assertFalse(_poke(true));
        assertFalse(_poke(false));
        assertEq(_observations.newerAt, 0);
    }

    /// @dev Begins in 2027, or minutes before the pair's clock of 32 bits and its cumulative prices wrap.
    function _begin(uint256 seed, bool nearWrap) private {
        _seed = seed;
        _time = nearWrap ? 2 ** 32 - _draw(1, 2 hours) : 1_800_000_000;
        vm.warp(_time);
        uint256 cumulative = nearWrap ? type(uint256).max - _draw(0, 2 ** 130) : _draw(0, 2 ** 200);
        _pair.set(0, 0, uint32(_time), cumulative, cumulative);
        _move();
    }

    /// @dev Prices from 1e-10 to 1e10.
    function _move() private {
        _pair.move(uint112(_draw(1e15, 1e25)), uint112(_draw(1e15, 1e25)));
    }

    function _poke(bool inIsFirst) private returns (bool) {
        PairReading memory reading = PriceObservation.read(IUniswapV2Pair(address(_pair)), inIsFirst);
        return _observations.record(reading, type(uint256).max);
    }

    function _worthForBound(bool inIsFirst, uint256 amountIn) private view returns (uint256) {
        PairReading memory reading = PriceObservation.read(IUniswapV2Pair(address(_pair)), inIsFirst);
        return _observations.worthForBound(reading, amountIn);
    }

    function _spotOf(bool inIsFirst, uint256 amountIn) private view returns (uint256) {
        (uint256 reserve0, uint256 reserve1, ) = _pair.getReserves();
        return inIsFirst ? (amountIn * reserve1) / reserve0 : (amountIn * reserve0) / reserve1;
    }

    function _advance(uint256 duration) private {
        _time += duration;
        vm.warp(_time);
    }

    function _draw(uint256 min, uint256 max) private returns (uint256) {
        _seed = uint256(keccak256(abi.encode(_seed)));
        return _bound(_seed, min, max);
    }
}
