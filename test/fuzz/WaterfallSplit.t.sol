// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {NetParts, WaterfallSplit} from "../../contracts/revenue/libraries/WaterfallSplit.sol";
import {PRICED_UNITS} from "../../contracts/shared/Units.sol";

/// @dev Properties of the waterfall for every payment, all units and every compute cost that can be.
contract WaterfallSplitFuzzTest is Test {
    /// @dev More than all USDC there is, with 18 decimals.
    uint256 private constant MAX_PAID = type(uint96).max;
    uint256 private constant MAX_UNITS = type(uint64).max;
    /// @dev 1,000 USDC of 18 decimals for a million units.
    uint256 private constant MAX_COST = 1_000e18;

    /// @dev Section 4.3: 12,000 for 10,000 million units at 0.20 leave 10,000, which are 3,000 / 3,000 / 3,000 / 1,000.
    function test_ThePapersExample() external pure {
        uint256 opex = WaterfallSplit.computeCost(12_000e6, 10_000e6, 200_000);
        assertEq(opex, 2_000e6);
        NetParts memory parts = WaterfallSplit.divide(12_000e6 - opex);
        assertEq(parts.flockBuyback, 3_000e6);
        assertEq(parts.treasury, 3_000e6);
        assertEq(parts.issuer, 1_000e6);
        assertEq(parts.mtBuyback, 3_000e6);
    }

    function testFuzz_Divide_PartsAddUpToTheWhole(uint256 net) external pure {
        net = bound(net, 0, MAX_PAID);
        NetParts memory parts = WaterfallSplit.divide(net);
        assertEq(parts.flockBuyback + parts.treasury + parts.issuer + parts.mtBuyback, net);
    }

    /// @dev 30 / 30 / 10 round down, so the MT buyback gets 30% and at most 3 units more.
    function testFuzz_Divide_SharesAreThoseOfThePaper(uint256 net) external pure {
        net = bound(net, 0, MAX_PAID);
        NetParts memory parts = WaterfallSplit.divide(net);
        assertEq(parts.flockBuyback, (net * 3) / 10);
        assertEq(parts.treasury, (net * 3) / 10);
        assertEq(parts.issuer, net / 10);
        assertGe(parts.mtBuyback, (net * 3) / 10);
        assertLe(parts.mtBuyback, (net * 3) / 10 + 3);
    }

    /// @dev What the units cost, checked by multiplication, as long as the payment covers 1.1 times that.
    function testFuzz_ComputeCost_IsWhatTheUnitsCost(uint256 paid, uint256 units, uint256 cost) external pure {
        (paid, units, cost) = _bounded(paid, units, cost);
        uint256 opex = WaterfallSplit.computeCost(paid, units, cost);
        assertLe(opex * PRICED_UNITS, units * cost);
        if (units * cost <= ((paid * 10) / 11) * PRICED_UNITS) assertGt((opex + 1) * PRICED_UNITS, units * cost);
    }

    /// @dev However dear compute is, an eleventh of the payment is left, so no payment is without net revenue.
    function testFuzz_ComputeCost_LeavesAnEleventh(uint256 paid, uint256 units, uint256 cost) external pure {
        (paid, units, cost) = _bounded(paid, units, cost);
        uint256 opex = WaterfallSplit.computeCost(paid, units, cost);
        assertLe(opex * 11, paid * 10);
        if (paid != 0) assertGt(paid - opex, 0);
    }

    /// @dev A row that is divided in two pays the provider the same, to a unit, whatever the parts are in proportion.
    function testFuzz_ComputeCost_OfTwoRowsIsThatOfOne(uint256 paid, uint256 units, uint256 cost) external pure {
        (paid, units, cost) = _bounded(paid / 2, units / 2, cost);
        uint256 one = WaterfallSplit.computeCost(paid, units, cost);
        uint256 both = WaterfallSplit.computeCost(2 * paid, 2 * units, cost);
        assertGe(both, 2 * one);
        assertLe(both, 2 * one + 1);
    }

    function _bounded(uint256 paid, uint256 units, uint256 cost) private pure returns (uint256, uint256, uint256) {
        return (bound(paid, 0, MAX_PAID), bound(units, 0, MAX_UNITS), bound(cost, 1, MAX_COST));
    }
}
