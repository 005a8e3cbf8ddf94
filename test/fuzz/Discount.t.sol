// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {BPS, MT_SUPPLY, WAD} from "../../contracts/shared/Units.sol";
import {Discount} from "../../contracts/staking/libraries/Discount.sol";

/// @dev Properties of the discount for every supply, stake and setting that can be.
contract DiscountFuzzTest is Test {
    /// @dev Section 4.7: 50,000 of 600,000 are 8.33%, twice that is 16.67%.
    function test_Rate_OfThePapersExample() external pure {
        uint256 rate = Discount.rateOf(50_000e18, 600_000e18, 2, 3_000);
        assertEq(rate, 166_666_666_666_666_666);
        assertEq((rate + 0.5e14) / 1e14, 1_667);
        assertEq((Discount.rateOf(50_000e18, 600_000e18, 1, 3_000) + 0.5e14) / 1e14, 833);
    }

    function test_Rate_IsZeroWithoutASupply() external pure {
        assertEq(Discount.rateOf(1, 0, 2, 3_000), 0);
    }

    /// @dev rate = min(cap, floor(stake · M / circulating)), checked by multiplication.
    function testFuzz_Rate_IsTheFormulaRoundedDown(
        uint256 stake,
        uint256 circulating,
        uint256 multiplier,
        uint256 capBps
    ) external pure {
        (stake, circulating, multiplier, capBps) = _boundAll(stake, circulating, multiplier, capBps);
        uint256 rate = Discount.rateOf(stake, circulating, multiplier, capBps);
        uint256 cap = capBps * (WAD / BPS);
        assertLe(rate, cap);
        assertLe(rate * circulating, stake * multiplier * WAD);
        if (rate < cap) assertGt((rate + 1) * circulating, stake * multiplier * WAD);
    }

    function testFuzz_Rate_RisesWithTheStakeAndFallsWithTheSupply(
        uint256 stake,
        uint256 more,
        uint256 circulating,
        uint256 vested
    ) external pure {
        (stake, circulating, , ) = _boundAll(stake, circulating, 1, 0);
        more = bound(more, 0, circulating - stake);
        vested = bound(vested, 0, MT_SUPPLY - circulating);
        uint256 rate = Discount.rateOf(stake, circulating, 2, 3_000);
        assertGe(Discount.rateOf(stake + more, circulating, 2, 3_000), rate);
        assertLe(Discount.rateOf(stake, circulating + vested, 2, 3_000), rate);
    }

    /// @dev Two accounts get at most what one gets with both stakes, and at most a wei each less below the cap.
    function testFuzz_Rate_IsNotRaisedByDividingAStake(uint256 a, uint256 b, uint256 circulating) external pure {
        (a, circulating, , ) = _boundAll(a, circulating, 1, 0);
        b = bound(b, 0, circulating - a);
        uint256 whole = Discount.rateOf(a + b, circulating, 2, 10_000);
        uint256 parts = Discount.rateOf(a, circulating, 2, 10_000) + Discount.rateOf(b, circulating, 2, 10_000);
        if (whole < WAD) {
            assertLe(parts, whole);
            assertLe(whole - parts, 1);
        }
    }

    function _boundAll(
        uint256 stake,
        uint256 circulating,
        uint256 multiplier,
        uint256 capBps
    ) private pure returns (uint256, uint256, uint256, uint256) {
        circulating = bound(circulating, 1, MT_SUPPLY);
        return (bound(stake, 0, circulating), circulating, bound(multiplier, 1, 10), bound(capBps, 0, 3_000));
    }
}
