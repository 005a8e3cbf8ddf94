// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {BondingCurve} from "../../contracts/offering/libraries/BondingCurve.sol";
import {CurveFill, Fill, Sale} from "../../contracts/offering/libraries/CurveFill.sol";
import {FeeSchedule} from "../../contracts/offering/libraries/FeeSchedule.sol";
import {SALE_SUPPLY, WAD} from "../../contracts/shared/Units.sol";
import {CurveBounds} from "../support/solidity/CurveBounds.sol";

/// @dev Properties of a purchase anywhere on any curve, at any fee.
contract CurveFillFuzzTest is CurveBounds {
    function testFuzz_ExactIn_NeverTakesMoreThanOfferedNorPassesTheTarget(
        Sale memory sale,
        uint256 flockIn
    ) external pure {
        _boundSale(sale);
        flockIn = _boundMagnitude(flockIn, 1, type(uint128).max);
        Fill memory fill = CurveFill.exactIn(sale, flockIn);
        assertLe(fill.flockIn, flockIn);
        assertLe(sale.raised + fill.flockNet, sale.target);
        assertLe(BondingCurve.soldAt(sale.target, sale.virtualFlock, sale.raised) + fill.mtOut, SALE_SUPPLY);
        if (fill.flockIn < flockIn) assertEq(sale.raised + fill.flockNet, sale.target);
    }

    /// @dev The fee of a fill is exactly the fee on what it takes, clamped or not.
    function testFuzz_EveryFill_PaysTheFeeOnWhatItTakes(Sale memory sale, uint256 amount, bool isInput) external pure {
        _boundSale(sale);
        amount = _boundMagnitude(amount, 1, isInput ? type(uint128).max : SALE_SUPPLY);
        Fill memory fill = isInput ? CurveFill.exactIn(sale, amount) : CurveFill.exactOut(sale, amount);
        assertEq(fill.flockIn - fill.flockNet, FeeSchedule.feeOn(fill.flockIn, sale.feeRate));
    }

    /// @dev C1: what is missing can always be bought, and then exactly S is sold.
    function testFuzz_LastFill_AlwaysCompletes(Sale memory sale, uint256 excess) external pure {
        _boundSale(sale);
        excess = _bound(excess, 0, type(uint128).max);
        uint256 max = FeeSchedule.grossFor(sale.target - sale.raised, sale.feeRate);
        Fill memory fill = CurveFill.exactIn(sale, max + excess);
        assertGt(fill.mtOut, 0);
        assertEq(sale.raised + fill.flockNet, sale.target);
        assertEq(BondingCurve.soldAt(sale.target, sale.virtualFlock, sale.raised) + fill.mtOut, SALE_SUPPLY);
    }

    /// @dev C4: the last fill costs the same exact-in, exact-out or clamped either way.
    function testFuzz_LastFill_CostsTheSameByEveryWay(Sale memory sale, uint256 excess) external pure {
        _boundSale(sale);
        excess = _bound(excess, 0, type(uint128).max);
        uint256 left = SALE_SUPPLY - BondingCurve.soldAt(sale.target, sale.virtualFlock, sale.raised);
        Fill memory byOutput = CurveFill.exactOut(sale, left);
        _assertSame(byOutput, CurveFill.exactOut(sale, left + excess));
        _assertSame(byOutput, CurveFill.exactIn(sale, byOutput.flockIn));
        _assertSame(byOutput, CurveFill.exactIn(sale, byOutput.flockIn + excess));
    }

    /// @dev C4: the price of an exact output, paid as an exact input, buys exactly the same fill.
    function testFuzz_ExactOut_CostsTheSameAsExactIn(Sale memory sale, uint256 mtOut) external pure {
        _boundSale(sale);
        Fill memory byOutput = CurveFill.exactOut(sale, _boundMagnitude(mtOut, 1, SALE_SUPPLY));
        _assertSame(byOutput, CurveFill.exactIn(sale, byOutput.flockIn));
    }

    /// @dev C4 the other way: what an exact input buys is never dearer as an exact output, and cheaper by no more than
    /// roundings are worth: what one wei of MT costs and two wei of net, before the fee.
    function testFuzz_ExactIn_CanNotBeBoughtForMoreByOutput(Sale memory sale, uint256 flockIn) external pure {
        _boundSale(sale);
        Fill memory byInput = CurveFill.exactIn(sale, _boundMagnitude(flockIn, 1, type(uint128).max));
        vm.assume(byInput.mtOut != 0);
        Fill memory byOutput = CurveFill.exactOut(sale, byInput.mtOut);
        assertEq(byOutput.mtOut, byInput.mtOut);
        assertLe(byOutput.flockIn, byInput.flockIn);
        assertLe(byOutput.flockNet, byInput.flockNet);
        uint256 lastPrice = BondingCurve.priceAt(sale.target, sale.virtualFlock, sale.raised + byInput.flockNet) / WAD;
        assertLe(byInput.flockIn - byOutput.flockIn, FeeSchedule.grossFor(lastPrice + 3, sale.feeRate));
    }

    function testFuzz_ExactOut_YieldsTheRequestOrAllThatIsLeft(Sale memory sale, uint256 mtOut) external pure {
        _boundSale(sale);
        mtOut = _boundMagnitude(mtOut, 1, 2 * SALE_SUPPLY);
        uint256 left = SALE_SUPPLY - BondingCurve.soldAt(sale.target, sale.virtualFlock, sale.raised);
        Fill memory fill = CurveFill.exactOut(sale, mtOut);
        if (mtOut >= left) assertEq(fill.mtOut, left);
        else assertGe(fill.mtOut, mtOut);
        assertGt(fill.flockNet, 0); // C2: nothing is free
        // One wei less on the curve would not have been enough.
        if (mtOut < left) {
            uint256 soldBefore = SALE_SUPPLY - left;
            uint256 oneLess = BondingCurve.soldAt(sale.target, sale.virtualFlock, sale.raised + fill.flockNet - 1);
            assertLt(oneLess, soldBefore + mtOut);
        }
    }

    /// @dev Cutting a payment into two never yields more.
    function testFuzz_SplittingAPayment_NeverGains(Sale memory sale, uint256 flockIn, uint256 part) external pure {
        _boundSale(sale);
        flockIn = _boundMagnitude(flockIn, 1, type(uint128).max);
        part = _bound(part, 0, flockIn);
        Fill memory whole = CurveFill.exactIn(sale, flockIn);
        Fill memory first = CurveFill.exactIn(sale, part);
        sale.raised += first.flockNet;
        if (sale.raised == sale.target) return;
        Fill memory second = CurveFill.exactIn(sale, flockIn - first.flockIn);
        assertLe(first.mtOut + second.mtOut, whole.mtOut);
        assertLe(first.flockNet + second.flockNet, whole.flockNet);
    }

    /// @dev Cutting an order for tokens into two never costs less.
    function testFuzz_SplittingAnOrder_NeverSaves(Sale memory sale, uint256 mtOut, uint256 part) external pure {
        _boundSale(sale);
        mtOut = _boundMagnitude(mtOut, 2, SALE_SUPPLY);
        part = _bound(part, 1, mtOut - 1);
        Fill memory whole = CurveFill.exactOut(sale, mtOut);
        Fill memory first = CurveFill.exactOut(sale, part);
        sale.raised += first.flockNet;
        if (sale.raised == sale.target) return;
        Fill memory second = CurveFill.exactOut(sale, mtOut - part);
        assertGe(first.flockIn + second.flockIn, whole.flockIn);
        assertGe(first.mtOut + second.mtOut, whole.mtOut);
    }

    /// @dev C2: an input that does not reach the curve, or not a wei of MT, yields nothing rather than something free.
    function testFuzz_ExactIn_ThatBringsNothingYieldsNothing(Sale memory sale, uint256 flockIn) external pure {
        _boundSale(sale);
        Fill memory fill = CurveFill.exactIn(sale, _bound(flockIn, 0, 200));
        if (fill.flockNet == 0) assertEq(fill.mtOut, 0);
    }

    function _boundSale(Sale memory sale) private pure {
        (sale.target, sale.virtualFlock) = _boundCurve(sale.target, sale.virtualFlock);
        // Half of the cases are near the target, where the last fills are.
        uint256 missing = _boundMagnitude(sale.raised, 1, sale.target);
        sale.raised = sale.target - missing;
        sale.feeRate = _bound(sale.feeRate, 0, MAX_RATE);
    }

    function _assertSame(Fill memory a, Fill memory b) private pure {
        assertEq(a.flockIn, b.flockIn);
        assertEq(a.flockNet, b.flockNet);
        assertEq(a.mtOut, b.mtOut);
    }
}
