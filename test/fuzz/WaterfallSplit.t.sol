// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {Test} from "forge-std/Test.sol";

import {WaterfallParts, WaterfallSplit} from "../../contracts/revenue/libraries/WaterfallSplit.sol";
import {PRICED_UNITS} from "../../contracts/shared/Units.sol";

/// @dev Properties of the waterfall for every payment and every debt that can be.
contract WaterfallSplitFuzzTest is Test {
    /// @dev More than all USDC there is, with 18 decimals.
    uint256 private constant MAX_PAID = type(uint96).max;
    uint256 private constant MAX_UNITS = type(uint64).max;
    /// @dev 1,000 USDC of 18 decimals for a million units.
    uint256 private constant MAX_COST = 1_000e18;

    /// @dev Section 4.3: 10,000 net divide into 3,000 / 3,000 / 3,000 / 1,000.
    function test_Divide_ThePapersExample() external pure {
        (WaterfallParts memory parts, uint256 owed) = WaterfallSplit.divide(12_000e6, 10_000e6 * 200_000);
        assertEq(parts.opex, 2_000e6);
        assertEq(parts.flockBuyback, 3_000e6);
        assertEq(parts.treasury, 3_000e6);
        assertEq(parts.issuer, 1_000e6);
        assertEq(parts.mtBuyback, 3_000e6);
        assertEq(owed, 0);
    }

    function testFuzz_Divide_PartsAddUpToTheWhole(uint256 paid, uint256 owed) external pure {
        (paid, owed) = _bounded(paid, owed);
        (WaterfallParts memory parts, ) = WaterfallSplit.divide(paid, owed);
        assertEq(_sum(parts), paid);
    }

    function testFuzz_Divide_DebtIsPaidFirstAndNothingOfItIsLost(uint256 paid, uint256 owed) external pure {
        (paid, owed) = _bounded(paid, owed);
        (WaterfallParts memory parts, uint256 stillOwed) = WaterfallSplit.divide(paid, owed);
        assertEq(parts.opex * PRICED_UNITS + stillOwed, owed);
        if (parts.opex < paid) assertLt(stillOwed, PRICED_UNITS);
    }

    /// @dev 30 / 30 / 10 round down, so the MT buyback gets 30% and at most 3 units more.
    function testFuzz_Divide_SharesAreThoseOfThePaper(uint256 paid, uint256 owed) external pure {
        (paid, owed) = _bounded(paid, owed);
        (WaterfallParts memory parts, ) = WaterfallSplit.divide(paid, owed);
        uint256 net = paid - parts.opex;
        assertEq(parts.flockBuyback, (net * 3) / 10);
        assertEq(parts.treasury, (net * 3) / 10);
        assertEq(parts.issuer, net / 10);
        assertGe(parts.mtBuyback, (net * 3) / 10);
        assertLe(parts.mtBuyback, (net * 3) / 10 + 3);
    }

    /// @dev Two settlements that cover their cost pay the provider exactly what one settlement of both does, and the net
    /// revenue is the same; only the floors of the shares can differ, by a unit each, in favour of the remainder.
    function testFuzz_Divide_BatchingChangesNoTotalOnceNothingIsOwed(
        uint256[2] memory paid,
        uint256[2] memory units,
        uint256 cost
    ) external pure {
        cost = bound(cost, 1, MAX_COST);
        for (uint256 i = 0; i < 2; ++i) {
            units[i] = bound(units[i], 0, MAX_UNITS);
            uint256 covered = (units[i] * cost) / PRICED_UNITS + 1;
            vm.assume(covered <= MAX_PAID);
            paid[i] = bound(paid[i], covered, MAX_PAID);
        }
        (WaterfallParts memory first, uint256 owed) = WaterfallSplit.divide(paid[0], units[0] * cost);
        WaterfallParts memory second;
        (second, owed) = WaterfallSplit.divide(paid[1], owed + units[1] * cost);
        (WaterfallParts memory both, uint256 owedOfBoth) = WaterfallSplit.divide(
            paid[0] + paid[1],
            (units[0] + units[1]) * cost
        );
        assertEq(first.opex + second.opex, both.opex);
        assertEq(owed, owedOfBoth);
        assertEq(_sum(first) + _sum(second), _sum(both));
        assertLe(both.flockBuyback - first.flockBuyback - second.flockBuyback, 1);
        assertLe(both.treasury - first.treasury - second.treasury, 1);
        assertLe(both.issuer - first.issuer - second.issuer, 1);
    }

    function _bounded(uint256 paid, uint256 owed) private pure returns (uint256, uint256) {
        return (bound(paid, 0, MAX_PAID), bound(owed, 0, MAX_UNITS * MAX_COST));
    }

    function _sum(WaterfallParts memory parts) private pure returns (uint256) {
        return parts.opex + parts.flockBuyback + parts.treasury + parts.issuer + parts.mtBuyback;
    }
}
