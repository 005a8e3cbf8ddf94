// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {PairMath} from "../../contracts/buyback/libraries/PairMath.sol";

/// @dev Properties of a pair's arithmetic for every reserve that a pair can hold and every fee up to 1%.
contract PairMathFuzzTest is Test {
    uint256 private constant BPS = 10_000;
    uint256 private constant MAX_FEE = 100;

    struct Pool {
        uint256 reserveIn;
        uint256 reserveOut;
        uint256 feeBps;
    }

    /// @dev The pair's own check passes for what is taken, and would fail for one wei more.
    function testFuzz_AmountOut_IsTheMostThatThePairLetsGo(Pool memory pool, uint256 amountIn) external pure {
        _bind(pool);
        amountIn = _bound(amountIn, 1, type(uint112).max - pool.reserveIn + 1);
        uint256 out = PairMath.amountOut(amountIn, pool.reserveIn, pool.reserveOut, pool.feeBps);
        uint256 product = pool.reserveIn * pool.reserveOut * BPS;
        uint256 balanceIn = (pool.reserveIn + amountIn) * BPS - amountIn * pool.feeBps;
        assertLt(out, pool.reserveOut);
        assertGe(balanceIn * (pool.reserveOut - out), product);
        assertLt(balanceIn * (pool.reserveOut - out - 1), product);
    }

    function testFuzz_AmountOut_GrowsWithTheInput(Pool memory pool, uint256 a, uint256 b) external pure {
        _bind(pool);
        a = _bound(a, 0, type(uint112).max);
        b = _bound(b, a, type(uint112).max);
        assertLe(_out(pool, a), _out(pool, b));
    }

    function testFuzz_AmountOut_TwoTradesNeverGiveMoreThanOne(Pool memory pool, uint256 a, uint256 b) external pure {
        _bind(pool);
        a = _bound(a, 0, type(uint112).max / 2);
        b = _bound(b, 0, type(uint112).max / 2);
        uint256 whole = _out(pool, a + b);
        uint256 first = _out(pool, a);
        pool.reserveIn += a;
        pool.reserveOut -= first;
        if (pool.reserveOut == 0) return;
        assertLe(first + _out(pool, b), whole);
    }

    /// @dev The inverse never gives more than was asked for, and one wei more of input would, before rounding.
    function testFuzz_AmountInFor_IsTheLargestInput(Pool memory pool, uint256 max) external pure {
        _bind(pool);
        max = _bound(max, 0, pool.reserveOut - 1);
        uint256 amountIn = PairMath.amountInFor(max, pool.reserveIn, pool.reserveOut, pool.feeBps);
        // Beyond what a pair can hold the products below would not fit; the buyback takes the smaller of this and a bucket.
        if (amountIn > type(uint112).max) return;
        assertLe(_out(pool, amountIn), max);
        uint256 afterFee = (amountIn + 1) * (BPS - pool.feeBps);
        assertGt(afterFee * pool.reserveOut, max * (pool.reserveIn * BPS + afterFee));
    }

    function testFuzz_AmountInFor_IsUnboundedIfThePairHoldsNoMore(Pool memory pool, uint256 max) external pure {
        _bind(pool);
        max = _bound(max, pool.reserveOut, type(uint256).max);
        assertEq(PairMath.amountInFor(max, pool.reserveIn, pool.reserveOut, pool.feeBps), type(uint256).max);
    }

    function _out(Pool memory pool, uint256 amountIn) private pure returns (uint256) {
        return PairMath.amountOut(amountIn, pool.reserveIn, pool.reserveOut, pool.feeBps);
    }

    function _bind(Pool memory pool) private pure {
        pool.reserveIn = _bound(pool.reserveIn, 1, type(uint112).max);
        pool.reserveOut = _bound(pool.reserveOut, 1, type(uint112).max);
        pool.feeBps = _bound(pool.feeBps, 0, MAX_FEE);
    }
}
